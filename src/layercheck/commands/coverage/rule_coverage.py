"""For each rule and contract: how much it judges, how often it is broken, and what it cannot judge."""

from __future__ import annotations

import enum
from collections import Counter
from typing import TYPE_CHECKING, Any

import msgspec

from layercheck.commands.coverage.ground import Ground, Unjudged
from layercheck.engine.module_examiner import ModuleExaminer
from layercheck.engine.rule_runner import RuleRunner
from layercheck.rule.contract_rule import ContractRule
from layercheck.rule.module_rule import ModuleRule
from layercheck.rule.rule import is_about_imports

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from layercheck.engine.check import Examination
    from layercheck.engine.project_target import ProjectTarget
    from layercheck.model.finding import Finding
    from layercheck.rule.contract_scope import ContractScope
    from layercheck.rule.rule import ProjectRule, Rule


class Outcome(enum.StrEnum):
    """What became of a rule or contract."""

    JUDGED = "judged"
    """It judged all that it is about, and nothing breaks it."""
    BROKEN = "broken"
    """Something breaks it, whether a comment or the baseline accepts it or not."""
    NOT_JUDGED = "could not judge"
    """Nothing breaks it as far as can be seen, and not all can be seen."""


class RuleCoverage(msgspec.Struct, frozen=True):
    """How far one rule or contract reaches."""

    code: str
    name: str
    contract: str
    """The name of the contract; empty for a rule that needs none."""
    modules: int
    """How many modules it looks at; 0 for a rule that looks at the project as a whole, and for one without a subject."""
    is_about_project: bool
    """Whether it looks at files and folders of the project as a whole."""
    broken: int
    """Findings, those that a comment or the baseline accepts included."""
    unjudged: tuple[Unjudged, ...]

    @property
    def outcome(self) -> Outcome:
        """One of three values."""
        if self.broken:
            return Outcome.BROKEN
        return Outcome.NOT_JUDGED if self.unjudged else Outcome.JUDGED

    @property
    def is_idle(self) -> bool:
        """Whether the project holds nothing that the rule is about."""
        return not (self.modules or self.is_about_project or self.broken or self.unjudged)


def measure_rules(rules: Iterable[Rule], target: ProjectTarget, examination: Examination) -> list[RuleCoverage]:
    """Measure every rule in force, and every contract."""
    measurer = _Measurer(target, examination)
    return [each for rule in rules for each in measurer.measure(rule)]


class _Measurer:
    def __init__(self, target: ProjectTarget, examination: Examination) -> None:
        self._ground = Ground(examination)
        self._project = examination.project
        self._store = examination.store
        self._runner = RuleRunner(target.plugins, target.root)
        report = examination.report
        accepted = (*(each.finding for each in report.suppressed), *(each.finding for each in report.baselined))
        self._findings: tuple[Finding, ...] = (*report.findings, *accepted)
        self._counts = Counter(finding.code for finding in self._findings)
        self._stood_down = report.coverage.stood_down
        self._failures = {failure.code: failure for failure in report.failures}

    def measure(self, rule: Rule) -> Iterator[RuleCoverage]:
        """Measure one rule; one that judges contracts, by contract."""
        failure = self._failures.get(rule.code)
        if failure is not None:
            yield _describe(rule, unjudged=[Unjudged(f"the rule failed: {failure}", ())])
        elif isinstance(rule, ContractRule):
            counts = Counter(
                rule.name_contract(self._project, each) for each in self._findings if each.code == rule.code
            )
            for declared, scope in rule.find_scopes(self._project):
                name = declared.contract.name
                yield self._measure_contract(rule, name, scope, counts[name])
        elif rule.runs_contract_classes:
            yield from self._measure_classes(rule)
        elif not self._counts[rule.code] and rule.explain_silence(self._project):
            yield _describe(rule)
        elif isinstance(rule, ModuleRule):
            paths = self._paths_of(rule)
            yield _describe(
                rule,
                modules=len(paths),
                broken=self._counts[rule.code],
                unjudged=[*self._ground.limits_of_modules(paths), *self._list_conventions(rule)],
            )
        elif is_about_imports(rule):
            yield self._measure_imports(rule)
        else:
            yield _describe(
                rule,
                is_about_project=True,
                broken=self._counts[rule.code],
                unjudged=self._list_conventions(rule),
            )

    def _list_conventions(self, rule: Rule) -> list[Unjudged]:
        """List the applications in which the rule reports nothing, as its convention does not hold there."""
        return [
            Unjudged(f"its convention does not hold: {each.reason}", ())
            for each in self._stood_down
            if each.code == rule.code
        ]

    def _measure_imports(self, rule: ProjectRule) -> RuleCoverage:
        judged = {each.importer.path for each in self._project.suspects if rule.judges(self._project, each)}
        unmapped = self._project.unmapped if judged else ()
        return _describe(
            rule,
            modules=len(judged),
            broken=self._counts[rule.code],
            unjudged=[*self._ground.limits_of_imports(judged, unmapped), *self._list_conventions(rule)],
        )

    def _measure_contract(self, rule: ContractRule[Any], name: str, scope: ContractScope, broken: int) -> RuleCoverage:
        tops = {module.name.partition(".")[0] for module in self._project.modules}
        # What begins with no package of the project is a library.
        inside = {
            text: paths for text, paths in scope.patterns.items() if text.partition(".")[0] in tops or ":" in text
        }
        empty = [text for text, paths in inside.items() if not paths]
        unjudged = [Unjudged(f"no module fits the pattern {text!r}", ()) for text in empty]
        unjudged += self._ground.limits_of_imports(scope.paths)
        return _describe(rule, contract=name, modules=len(scope.paths), broken=broken, unjudged=unjudged)

    def _measure_classes(self, rule: Rule) -> Iterator[RuleCoverage]:
        """Measure the contracts that classes of the team judge."""
        slugs = Counter(each.object.rpartition(":")[2] for each in self._findings if each.code == rule.code)
        for placed, reason, *_ in self._project.class_verdicts:
            name = placed.contract.name
            yield _describe(
                rule,
                contract=name,
                modules=sum(map(placed.terms.sees, self._project.modules)),
                broken=slugs[placed.contract.slug],
                unjudged=[Unjudged(reason, ())] if reason else [],
            )

    def _paths_of(self, rule: ModuleRule) -> frozenset[str]:
        """Find the modules that a rule looks at."""
        examiner = ModuleExaminer([rule], self._runner)
        facts = self._store.facts
        return frozenset(
            module.path for module in self._project.modules if examiner.applies_to(module, facts[module.path].scan)
        )


def _describe(
    rule: Rule,
    *,
    contract: str = "",
    modules: int = 0,
    is_about_project: bool = False,
    broken: int = 0,
    unjudged: list[Unjudged] | None = None,
) -> RuleCoverage:
    return RuleCoverage(rule.code, rule.name, contract, modules, is_about_project, broken, tuple(unjudged or ()))
