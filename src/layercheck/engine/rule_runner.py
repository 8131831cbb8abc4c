"""Letting rules look at a project: one that raises takes nothing from the others."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from layercheck.engine.finding_checks import require_findings
from layercheck.model.failure import Failure
from layercheck.plugins import CAUGHT, describe_failure
from layercheck.rule.rule import ProjectRule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from layercheck.model.finding import Finding
    from layercheck.plugins import Plugins
    from layercheck.project.project import Project
    from layercheck.rule.rule import Rule


class Outcome(NamedTuple):
    """What rules found, and which of them failed; of these there are no findings."""

    findings: list[Finding]
    failures: list[Failure]


class RuleRunner(NamedTuple):
    """Where rules run: with what they need in place, and with somebody to blame."""

    plugins: Plugins
    root: Path
    """The project's."""

    def run(self, rule: Rule, work: Callable[[], Iterable[object]]) -> list[Finding] | Failure:
        """Let a rule do its work, and hold it to its own code."""
        plugin = self.plugins.plugin_of(rule)
        try:
            with plugin.in_use():
                return require_findings(work(), rule.code, is_builtin=plugin.origin.is_builtin)
        except CAUGHT as error:
            return self.blame(rule, error)

    def blame(self, rule: Rule, error: BaseException) -> Failure:
        """Describe what a rule raised."""
        return describe_failure(rule, self.plugins.plugin_of(rule).origin, error, str(self.root))


def run_project_rules(rules: Iterable[Rule], project: Project, runner: RuleRunner) -> Outcome:
    """Run the rules about projects, last those that judge what the others left behind."""
    project_rules = [rule for rule in rules if isinstance(rule, ProjectRule)]
    outcome = Outcome([], [])
    for rule in sorted(project_rules, key=lambda rule: rule.sees_outcome):
        found = runner.run(rule, lambda rule=rule: rule.check(project))  # type: ignore[misc]  # mypy sees no type in a default
        if isinstance(found, Failure):
            outcome.failures.append(found)
        else:
            outcome.findings.extend(found)
    return outcome
