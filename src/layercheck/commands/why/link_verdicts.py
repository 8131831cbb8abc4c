"""What the rules say of single imports: which of them judge it, and which of them it breaks."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from layercheck.commands.rules_about_imports import list_rules_about_imports, run_rules_about_imports
from layercheck.model.finding import Finding
from layercheck.model.imports import ImportKind
from layercheck.project.roles import ASIDE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layercheck.commands.why.import_routes import Link
    from layercheck.engine.project_target import ProjectTarget
    from layercheck.model.failure import Failure
    from layercheck.project.project import Project
    from layercheck.rule.rule import ProjectRule


class RuleWord(msgspec.Struct, frozen=True):
    """A rule, as a report names it."""

    code: str
    name: str


class LinkVerdict(msgspec.Struct, frozen=True):
    """What the rules say of one import."""

    broken: tuple[Finding, ...]
    """What is found at it, whether a comment or the baseline accepts it or not."""
    allowed_by: tuple[RuleWord, ...]
    """The rules that judge it and find nothing."""
    unjudged: str
    """Why no rule judges it; empty where one does."""


class RouteVerdicts(NamedTuple):
    """What the rules say of the imports of one route."""

    links: list[LinkVerdict]
    failures: list[Failure]
    """The rules that raised."""


def judge_route(project: Project, target: ProjectTarget, route: Sequence[Link]) -> RouteVerdicts:
    """Let the rules about imports look at a chain, and at nothing else of the project."""
    outcome = run_rules_about_imports(project.narrow([link.suspect for link in route]), target)
    failed = {failure.code for failure in outcome.failures}
    judging = [rule for rule in list_rules_about_imports(target) if rule.code not in failed]
    return RouteVerdicts([_judge(project, judging, link, outcome.findings) for link in route], outcome.failures)


def _judge(project: Project, rules: Sequence[ProjectRule], link: Link, findings: Sequence[Finding]) -> LinkVerdict:
    broken = tuple(each for each in findings if _is_about(each, link))
    codes = {each.code for each in broken}
    judging = [rule for rule in rules if rule.judges(project, link.suspect) and _counts(rule, link)]
    allowed = tuple(RuleWord(rule.code, rule.name) for rule in judging if rule.code not in codes)
    unjudged = "" if broken or allowed else _why_unjudged(link)
    return LinkVerdict(broken, allowed, unjudged)


def _is_about(finding: Finding, link: Link) -> bool:
    is_pair = (finding.importer, finding.imported) == (link.importer.name, link.imported.name)
    return is_pair and finding.location.path == link.importer.path


def _counts(rule: ProjectRule, link: Link) -> bool:
    """Tell whether one of the places is of a kind that the rule counts."""
    kinds = getattr(rule.options, "imports", None)
    return kinds is None or any(place.kind in kinds for place in link.places)


def _why_unjudged(link: Link) -> str:
    """Say, as the end of `not judged: …`, why no rule judges it."""
    importer, imported = link.importer, link.imported
    for module in (importer, imported):
        if module.role in ASIDE:
            return f"{module.name} is `{module.role}`"
    without = [module.name for module in (importer, imported) if module.layer is None]
    if without:
        return "neither module has a layer" if len(without) == 2 else f"{without[0]} has no layer"
    if importer.application != imported.application:
        return "the modules are of different applications"
    if importer.layer == imported.layer:
        return f"both modules are `{importer.layer}`"
    kinds = sorted({place.kind for place in link.places} - {ImportKind.RUNTIME})
    how = f" ({', '.join(kinds)})" if kinds else ""
    return f"no rule restricts what `{importer.layer}` imports from `{imported.layer}`{how}"
