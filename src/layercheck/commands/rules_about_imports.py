"""The rules that hold imports to an order, at work on a part of a project."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from layercheck.engine.rule_runner import RuleRunner, run_project_rules
from layercheck.rule.contract_rule import ContractRule
from layercheck.rule.rule import is_about_imports

if TYPE_CHECKING:
    from collections.abc import Iterable

    from layercheck.config.declared_contract import DeclaredContract
    from layercheck.engine.project_target import ProjectTarget
    from layercheck.engine.rule_runner import Outcome
    from layercheck.model.failure import Failure
    from layercheck.project.project import Project
    from layercheck.rule.contract_scope import ContractScope
    from layercheck.rule.rule import ProjectRule, Rule


def list_rules_about_imports(target: ProjectTarget) -> list[ProjectRule]:
    """List the rules in force that judge imports between modules."""
    active = target.plugins.make_active(target.loaded.configuration)
    return [rule for rule in active if is_about_imports(rule)]


def list_contracts(
    rules: Iterable[Rule], project: Project
) -> list[tuple[ContractRule[Any], DeclaredContract, ContractScope]]:
    """List the contracts that some rules judge, each with its rule and the modules that it names."""
    contract_rules = (rule for rule in rules if isinstance(rule, ContractRule))
    return [(rule, *contract) for rule in contract_rules for contract in rule.find_scopes(project)]


def run_rules_about_imports(project: Project, target: ProjectTarget) -> Outcome:
    """Let these rules look at a project, or at a copy with few imports (`Project.narrow`)."""
    return run_project_rules(list_rules_about_imports(target), project, RuleRunner(target.plugins, target.root))


def find_broken_imports(
    project: Project, target: ProjectTarget
) -> tuple[dict[tuple[str, str], frozenset[str]], list[Failure]]:
    """Find the codes of the rules that each import breaks, by the path of the importer and the name of the imported.

    What a comment or the baseline accepts counts. With it come the rules that raised.
    """
    outcome = run_rules_about_imports(project, target)
    broken: dict[tuple[str, str], set[str]] = defaultdict(set)
    for finding in outcome.findings:
        if finding.imported is not None:
            broken[finding.location.path, finding.imported].add(finding.code)
    return {pair: frozenset(codes) for pair, codes in broken.items()}, outcome.failures
