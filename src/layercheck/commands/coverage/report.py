"""From a project to what its rules and contracts cover."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from layercheck.commands.coverage.gaps import WidePattern, find_ungoverned, find_wide_patterns
from layercheck.commands.coverage.rule_coverage import RuleCoverage, measure_rules
from layercheck.commands.rules_about_imports import list_contracts
from layercheck.engine.check import examine
from layercheck.model.module import Module

if TYPE_CHECKING:
    from layercheck.engine.options import CheckOptions
    from layercheck.engine.project_target import ProjectTarget


class CoverageReport(msgspec.Struct, frozen=True):
    """What the rules and contracts of a project cover."""

    rules: tuple[RuleCoverage, ...]
    ungoverned: tuple[Module, ...]
    """Modules whose imports nothing holds to an order."""
    modules: int
    """All modules of the project, tests, migrations and scripts included."""
    wide_patterns: tuple[WidePattern, ...]


def report_coverage(target: ProjectTarget, options: CheckOptions) -> CoverageReport:
    """Check a project, and measure what the verdict rests on. Raises NothingCheckedError where there is none."""
    examination = examine(target, options)
    project, configuration = examination.project, target.loaded.configuration
    rules = target.plugins.make_active(configuration)
    contracts = [(declared, scope) for _, declared, scope in list_contracts(rules, project)]
    return CoverageReport(
        rules=tuple(measure_rules(rules, target, examination)),
        ungoverned=tuple(find_ungoverned(project, contracts)),
        modules=len(project.modules),
        wide_patterns=tuple(find_wide_patterns(project, contracts, configuration)),
    )
