"""Letting rules look at a project: one that raises takes nothing from the others."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from layercheck.model.violation import Violation
from layercheck.plugins import CAUGHT, describe_failure
from layercheck.rule import ProjectRule

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from layercheck.plugins import Plugins
    from layercheck.project.project import Project
    from layercheck.report import Failure
    from layercheck.rule import Rule


class Outcome(NamedTuple):
    """What rules found, and which of them failed; of these there are no findings."""

    violations: list[Violation]
    failures: list[Failure]


def run_rules(rules: Iterable[Rule], project: Project, plugins: Plugins, root: Path) -> Outcome:
    """Run the rules about projects, last those that judge what the others left behind; `root` is the project's."""
    project_rules = [rule for rule in rules if isinstance(rule, ProjectRule)]
    outcome = Outcome([], [])
    for rule in sorted(project_rules, key=lambda rule: rule.sees_outcome):
        plugin = plugins.giver_of(rule)
        try:
            with plugin.in_use():
                found = list(rule.check(project))
            _require_own_findings(rule, found)
        except CAUGHT as error:
            outcome.failures.append(describe_failure(rule, plugin.origin, error, str(root)))
        else:
            outcome.violations.extend(found)
    return outcome


def _require_own_findings(rule: Rule, found: Iterable[object]) -> None:
    for each in found:
        if not isinstance(each, Violation):
            raise TypeError(f"check() gives {type(each).__name__} {each!r:.60}, expected a Violation")
        if each.code != rule.code:
            raise ValueError(f"check() gives a finding of {each.code}, expected one of {rule.code}")
