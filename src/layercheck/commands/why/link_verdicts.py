"""What the rules say of single imports: which of them judge it, and which of them it breaks."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from layercheck.commands.rules_about_imports import list_rules_about_imports, run_rules_about_imports
from layercheck.engine.rule_runner import Outcome, RuleRunner, run_project_rules
from layercheck.model.finding import Finding
from layercheck.model.imports import ImportKind
from layercheck.project.roles import ASIDE
from layercheck.rule.contract_rule import ContractRule

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
    contract: str = ""
    """The contract by which it judges; empty for a rule that needs none."""


class BrokenRule(msgspec.Struct, frozen=True):
    """A rule that an import breaks."""

    finding: Finding
    contract: str
    """The contract that is broken; empty for a rule that needs none."""


class LinkVerdict(msgspec.Struct, frozen=True):
    """What the rules say of one import."""

    broken: tuple[BrokenRule, ...]
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


class RouteJudge:
    """Lets the rules about imports look at chains."""

    def __init__(self, project: Project, target: ProjectTarget) -> None:
        self._project = project
        self._target = target
        self._rules = list_rules_about_imports(target)
        self._on_whole_project: dict[str, Outcome] = {}
        """What rules find in the whole project, by code."""

    def judge(self, route: Sequence[Link]) -> RouteVerdicts:
        """Judge a chain alone, and what rules say of its imports because of chains elsewhere."""
        outcome = run_rules_about_imports(self._project.narrow([link.suspect for link in route]), self._target)
        findings = self._drop_stood_down(outcome.findings)
        known = {(each.code, each.subject, each.object) for each in findings}
        # Who reaches an import may be elsewhere.
        chained = [rule for rule in self._rules if rule.follows_chains]
        is_chained = any(rule.judges(self._project, link.suspect) for rule in chained for link in route)
        further = self._find_in_whole_project(chained if is_chained else [])
        findings += (each for each in further.findings if (each.code, each.subject, each.object) not in known)
        failures = [*outcome.failures, *further.failures]
        failed = {failure.code for failure in failures}
        judging = [rule for rule in self._rules if rule.code not in failed]
        return RouteVerdicts([_judge(self._project, judging, link, findings) for link in route], failures)

    def _drop_stood_down(self, findings: Sequence[Finding]) -> list[Finding]:
        """Leave out what rules do not report because of all the other imports: their convention does not hold.

        Contracts have no conventions, and know of longer chains in the whole project.
        """
        codes = {each.code for each in findings}
        doubted = [rule for rule in self._rules if rule.code in codes and not isinstance(rule, ContractRule)]
        outcome = self._find_in_whole_project(doubted)
        stood_down = {(each.code, each.application) for each in self._project.stood_down}
        reported = {(each.code, each.location.path, each.imported) for each in outcome.findings}
        return [
            each
            for each in findings
            if (each.code, each.application) not in stood_down
            or (each.code, each.location.path, each.imported) in reported
        ]

    def _find_in_whole_project(self, rules: Sequence[ProjectRule]) -> Outcome:
        """Let some rules look at the whole project, each of them once for all chains."""
        runner = RuleRunner(self._target.plugins, self._target.root)
        together = Outcome([], [])
        for rule in rules:
            if rule.code not in self._on_whole_project:
                self._on_whole_project[rule.code] = run_project_rules([rule], self._project, runner)
            found = self._on_whole_project[rule.code]
            together.findings.extend(found.findings)
            together.failures.extend(found.failures)
        return together


def _judge(project: Project, rules: Sequence[ProjectRule], link: Link, findings: Sequence[Finding]) -> LinkVerdict:
    contract_rules = {rule.code: rule for rule in rules if isinstance(rule, ContractRule)}
    broken = tuple(
        BrokenRule(each, contract_rules[each.code].name_contract(project, each) if each.code in contract_rules else "")
        for each in findings
        if _is_about(each, link)
    )
    known = {(each.finding.code, each.contract) for each in broken}
    judging = [rule for rule in rules if rule.judges(project, link.suspect) and _counts(rule, link)]
    named = (word for rule in judging for word in _name(project, rule, link))
    allowed = tuple(word for word in named if (word.code, word.contract) not in known)
    unjudged = "" if broken or allowed else _why_unjudged(link)
    return LinkVerdict(broken, allowed, unjudged)


def _name(project: Project, rule: ProjectRule, link: Link) -> list[RuleWord]:
    """Name a rule, or the contracts by which it judges."""
    if not isinstance(rule, ContractRule):
        return [RuleWord(rule.code, rule.name)]
    scopes = rule.find_scopes(project)
    return [RuleWord(rule.code, rule.name, each.contract.name) for each, scope in scopes if scope.holds(link.suspect)]


def _is_about(finding: Finding, link: Link) -> bool:
    is_pair = (finding.importer, finding.imported) == (link.importer.name, link.imported.name)
    return is_pair and finding.location.path == link.importer.path


def _counts(rule: ProjectRule, link: Link) -> bool:
    """Return whether one of the places is of a kind that the rule counts."""
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
