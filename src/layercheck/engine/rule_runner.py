"""Letting rules look at a project: one that raises takes nothing from the others."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from layercheck.engine.finding_checks import require_findings
from layercheck.model.failure import Failure
from layercheck.plugins.failure_report import describe_failure
from layercheck.rule.rule import ProjectRule
from layercheck.trusted_code.raised import CAUGHT

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence
    from pathlib import Path

    from layercheck.model.finding import Finding
    from layercheck.plugins.registry import Plugins
    from layercheck.project.asked_project import AskedProject
    from layercheck.project.journal import Journal, Question
    from layercheck.project.project import Project
    from layercheck.rule.module_rule import Located
    from layercheck.rule.rule import Rule


class Outcome(NamedTuple):
    """What rules found, and which of them failed; of these there are no findings."""

    findings: list[Finding]
    failures: list[Failure]


class RuleRunner:
    """Runs rules with what they need in place, and describes those that raise."""

    def __init__(self, plugins: Plugins, root: Path) -> None:
        """`root` is that of the project."""
        self.plugins = plugins
        self.root = root

    def run(
        self, rule: Rule, work: Callable[[], Iterable[object]], given: Sequence[Located] = ()
    ) -> list[Finding] | Failure:
        """Let a rule do its work, and hold it to its own code; `given` is what it is given besides the project."""
        del given
        plugin = self.plugins.plugin_of(rule)
        try:
            with plugin.in_use():
                return require_findings(work(), rule.code, is_builtin=plugin.origin.is_builtin)
        except CAUGHT as error:
            return self.blame(rule, error)

    def blame(self, rule: Rule, error: BaseException) -> Failure:
        """Describe what a rule raised."""
        return describe_failure(rule, self.plugins.plugin_of(rule).origin, error, str(self.root))


class RememberingRunner(RuleRunner):
    """Lets a rule run again only if something that it asked of the project has another answer."""

    def __init__(self, plugins: Plugins, root: Path, journal: Journal) -> None:
        """The project notes in the `journal` what it is asked."""
        super().__init__(plugins, root)
        self._journal = journal
        self._results: dict[str, _Result] = {}
        """By the code of the rule."""
        self.project: AskedProject | None = None
        """What the rules look at."""
        self.runs = 0
        """How many rules had to run."""

    def run(
        self, rule: Rule, work: Callable[[], Iterable[object]], given: Sequence[Located] = ()
    ) -> list[Finding] | Failure:
        """Let a rule do its work, or give what it found before."""
        known = self._results.get(rule.code)
        if known is not None and known.given == given:
            return known.findings
        self.runs += 1
        if self.project is not None:
            self.project.retract(rule.code)
        with self._journal.recording() as asked:
            found = super().run(rule, work)
        if not isinstance(found, Failure):
            self._results[rule.code] = _Result(found, asked, given)
        return found

    def forget(self, changes: Collection[Question]) -> None:
        """Forget what rests on answers that have changed."""
        self._results = {code: each for code, each in self._results.items() if each.asked.isdisjoint(changes)}


class _Result(NamedTuple):
    """What a rule found, and on what ground."""

    findings: list[Finding]
    asked: set[Question]
    given: Sequence[Located]


def run_project_rules(rules: Iterable[Rule], project: Project, runner: RuleRunner) -> Outcome:
    """Run the rules about projects, last those that judge what the others left behind."""
    project_rules = [rule for rule in rules if isinstance(rule, ProjectRule)]
    outcome = Outcome([], [])
    for rule in sorted(project_rules, key=lambda rule: rule.sees_outcome):
        found = runner.run(rule, partial(_check, rule, project))
        if isinstance(found, Failure):
            outcome.failures.append(found)
        else:
            outcome.findings.extend(found)
    return outcome


def _check(rule: ProjectRule, project: Project) -> Iterable[Finding]:
    project.kinds.forget_helpers()
    return rule.check(project)
