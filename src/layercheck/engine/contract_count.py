"""How many contracts there are to give a verdict on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck.model.severity import Severity
from layercheck.rule.contract_rule import ContractRule, count_judged

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layercheck.project.project import Project
    from layercheck.rule.rule import Rule


def count_contracts(project: Project, rules: Sequence[Rule]) -> int:
    """Count the contracts that some rules have judged."""
    if not _reads_contracts(rules):
        return 0
    runs_classes = any(rule.runs_contract_classes for rule in rules)
    of_classes = project.class_verdicts if runs_classes else ()
    return count_judged(project.contracts, rules) + sum(not each.reason for each in of_classes)


def has_contracts(project: Project, rules: Sequence[Rule]) -> bool:
    """Tell whether rules have contracts to judge, or are all about what contracts say, or that one cannot be judged."""
    if not _reads_contracts(rules):
        return False
    if count_judged(project.contracts, rules) or (project.contracts and all(rule.reads_contracts for rule in rules)):
        return True
    found = project.foreign_contracts
    reports_losses = any(rule.reports_unjudged for rule in rules)
    runs_classes = reports_losses or any(rule.runs_contract_classes for rule in rules)
    is_lost = any(each.loss.severity is Severity.ERROR for each in found.losses)
    return (runs_classes and bool(found.of_classes)) or (reports_losses and is_lost)


def _reads_contracts(rules: Sequence[Rule]) -> bool:
    """Tell whether a rule looks at contracts at all; to read those of other tools takes some milliseconds."""
    return any(
        rule.reads_contracts or rule.reports_unjudged or rule.runs_contract_classes or isinstance(rule, ContractRule)
        for rule in rules
    )
