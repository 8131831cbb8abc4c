"""All trials of a project: every rule and contract in force."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from layercheck.commands.rules_about_imports import list_contracts
from layercheck.commands.selftest.contract_trials import choose_modules, try_contract
from layercheck.commands.selftest.example_trials import try_example
from layercheck.commands.selftest.import_trials import try_rule
from layercheck.commands.selftest.skeleton import Skeleton
from layercheck.commands.selftest.trial import TrialResult, make_trial
from layercheck.engine.build import open_project
from layercheck.engine.contract_count import has_contracts
from layercheck.engine.preconditions import require_layers, require_rules
from layercheck.rule.contract_rule import ContractRule
from layercheck.rule.rule import is_about_imports

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layercheck.commands.selftest.trial import Trial
    from layercheck.engine.options import CheckOptions
    from layercheck.engine.project_target import ProjectTarget
    from layercheck.project.project import Project
    from layercheck.rule.rule import Rule


def run_trials(target: ProjectTarget, options: CheckOptions) -> list[Trial]:
    """Try every rule and contract. Raises NothingCheckedError where no layers are recognised or no rule is in force."""
    opened = open_project(target, options)
    active = target.plugins.make_active(target.loaded.configuration)
    is_judged = has_contracts(opened.project, active)
    require_layers(opened.project, opened.discovery, target.root, has_contracts=is_judged)
    require_rules(active)
    contracts = list_contracts(active, opened.project)
    named = {module.path for _, _, scope in contracts for module in choose_modules(scope, opened.project.module_at)}
    skeleton = Skeleton(target, opened, named)
    trials = [
        _excuse(_try(rule, skeleton), rule, opened.project)
        for rule in active
        if not (isinstance(rule, ContractRule) or rule.runs_contract_classes)
    ]
    trials += (try_contract(*contract, skeleton) for contract in contracts)
    trials += (each for rule in active if rule.runs_contract_classes for each in _pass_over(rule, opened.project))
    return sorted(trials, key=lambda trial: (trial.code, trial.contract))


def _pass_over(rule: Rule, project: Project) -> Iterator[Trial]:
    """List the contracts of which only a class of the team knows what they forbid."""
    for each in project.foreign_contracts.of_classes:
        reason = f"only {each.contract.class_path} knows what it forbids"
        yield make_trial(rule, TrialResult.UNTESTABLE, reason=reason, contract=each.contract.name)


def _try(rule: Rule, skeleton: Skeleton) -> Trial:
    if is_about_imports(rule):
        by_imports = try_rule(rule, skeleton)
        if by_imports.result is TrialResult.FIRES:
            return by_imports
        by_example = try_example(rule, skeleton)
        return by_example if by_example.result is TrialResult.FIRES else by_imports
    return try_example(rule, skeleton)


def _excuse(trial: Trial, rule: Rule, project: Project) -> Trial:
    """Count a rule that is silent for a reason of the project as not tested."""
    reason = rule.explain_silence(project) if trial.result is TrialResult.SILENT else ""
    return msgspec.structs.replace(trial, result=TrialResult.UNTESTABLE, reason=reason) if reason else trial
