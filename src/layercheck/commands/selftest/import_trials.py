"""Trials of rules and contracts that hold imports to an order: imports between the user's own modules."""

from __future__ import annotations

from itertools import islice, permutations
from typing import TYPE_CHECKING, NamedTuple

from layercheck.commands.selftest.trial import Injected, TrialResult, make_trial
from layercheck.errors import LayercheckError
from layercheck.project.roles import ASIDE
from layercheck.project.suspect import Suspect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from layercheck.commands.selftest.skeleton import Skeleton
    from layercheck.commands.selftest.trial import Trial
    from layercheck.model.finding import Finding
    from layercheck.model.module import Module
    from layercheck.rule.rule import ProjectRule


class Line(NamedTuple):
    """An import that is written at the end of a module."""

    importer: Module
    imported: str
    """The full name of the module or library."""


Imports = tuple[Line, ...]
"""Imports that are injected together."""
_MOST_TRIED = 40
"""Of the imports that a rule judges, and of the chains."""
_MOST_EXPLAINED = 12
_ALIAS = "_layercheck_selftest"


def try_rule(rule: ProjectRule, skeleton: Skeleton) -> Trial:
    """Inject imports between layers, until one is reported and one is not."""
    modules = [module for module in skeleton.modules if module.role not in ASIDE]
    pairs = [Suspect(*pair) for pair in permutations(modules, 2)]
    judged = [pair for pair in pairs if rule.judges(skeleton.project, pair)]
    if not judged:
        reason = "no import between two modules of the project is judged by it"
        return make_trial(rule, TrialResult.UNTESTABLE, reason=reason)
    ranks = skeleton.project.layers.rank
    lowest = len(ranks)
    # What leads up is forbidden more often than not.
    judged.sort(key=lambda pair: -ranks.get(pair.importer.layer or "", lowest))
    chains = _chains(skeleton, judged) if rule.follows_chains else ()
    others = [pair for pair in pairs if not rule.judges(skeleton.project, pair)]
    return try_imports(
        rule,
        skeleton,
        [*((write_line(pair),) for pair in judged[:_MOST_TRIED]), *islice(chains, _MOST_TRIED)],
        [(write_line(pair),) for pair in [*reversed(judged), *others]],
    )


def write_line(pair: Suspect) -> Line:
    """Write an import of one module by another."""
    return Line(pair.importer, pair.imported.name)


def _chains(skeleton: Skeleton, links: Sequence[Suspect]) -> Iterator[Imports]:
    """Lengthen single imports by a module of a lower layer that imports the importer."""
    layers = skeleton.project.layers
    for link in links:
        for module in skeleton.modules:
            if layers.is_above(link.imported.layer or link.imported.within, module.layer):
                yield write_line(Suspect(module, link.importer)), write_line(link)


def try_imports(
    rule: ProjectRule,
    skeleton: Skeleton,
    forbidden: Sequence[Imports],
    allowed: Sequence[Imports],
    *,
    contract: str = "",
    is_meant: Callable[[Finding], bool] = lambda _: True,
) -> Trial:
    """Inject the first of some imports that are reported, and the first of others that are not.

    `is_meant` tells the findings of a contract from those of another one.
    """

    def fires(imports: Imports) -> bool:
        return any(is_meant(each) for each in check_imports(rule, skeleton, imports))

    try:
        broken = next(filter(fires, forbidden), None)
        if broken is None:
            return _explain_silence(rule, skeleton, forbidden, contract, is_meant)
        silent = next((each for each in allowed if not fires(each)), None)
    except LayercheckError as error:
        return make_trial(rule, TrialResult.SILENT, "", f"it cannot be checked: {error}", contract=contract)
    if silent is None and allowed:
        reason = f"it reports every import that was tried, also that {describe(allowed[0])}"
        return make_trial(rule, TrialResult.NOISY, describe(broken), reason, contract=contract)
    return make_trial(rule, TrialResult.FIRES, describe(broken), contract=contract)


def _explain_silence(
    rule: ProjectRule,
    skeleton: Skeleton,
    forbidden: Sequence[Imports],
    contract: str,
    is_meant: Callable[[Finding], bool],
) -> Trial:
    """Look for a key of the configuration without which one of the imports would be reported."""
    for imports in forbidden[:_MOST_EXPLAINED]:
        cause = skeleton.find_cause(
            [rule.code], _inject(skeleton, imports), fires=lambda found: any(map(is_meant, found))
        )
        if cause:
            return make_trial(rule, TrialResult.SILENT, describe(imports), cause, contract=contract)
    reason = "this import is not reported" if len(forbidden) == 1 else f"none of {len(forbidden)} imports is reported"
    return make_trial(rule, TrialResult.SILENT, describe(forbidden[0]), reason, contract=contract)


def check_imports(rule: ProjectRule, skeleton: Skeleton, imports: Imports) -> list[Finding]:
    """Find what a rule says of imports that are injected."""
    injected = _inject(skeleton, imports)
    first_lines = {path: skeleton.read(path).rstrip().count(b"\n") + 2 for path in injected.texts}
    return [each for each in skeleton.check([rule.code], injected) if _touches(each, first_lines)]


def _inject(skeleton: Skeleton, imports: Imports) -> Injected:
    """Write imports at the end of their files."""
    lines: dict[str, list[str]] = {}
    for importer, imported in imports:
        lines.setdefault(importer.path, []).append(f"import {imported} as {_ALIAS}")
    return Injected(
        {
            path: skeleton.read(path).rstrip() + b"\n" + "\n".join(added).encode() + b"\n"
            for path, added in lines.items()
        }
    )


def describe(imports: Imports) -> str:
    """Say which imports are injected."""
    return " and ".join(f"{importer.name} imports {imported}" for importer, imported in imports)


def _touches(finding: Finding, first_lines: dict[str, int]) -> bool:
    places = [finding.location, *(hop.location for hop in finding.chain), *(each.location for each in finding.related)]
    return any(
        place.span is not None and place.path in first_lines and place.span.start.line >= first_lines[place.path]
        for place in places
    )
