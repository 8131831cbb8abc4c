"""What a contract is about: the modules that its patterns name, learnt by judging a project without imports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from layercheck.project.no_imports import NoImports

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from layercheck.config.declared_contract import DeclaredContract
    from layercheck.model.module import Module
    from layercheck.project.suspect import Suspect
    from layercheck.rule.contract_rule import ContractRule


class ContractScope(NamedTuple):
    """The modules that a contract names."""

    patterns: Mapping[str, frozenset[str]]
    """For each pattern, the paths of the modules that fit it."""
    paths: frozenset[str]
    """The paths of all of them; of all modules of the project where the contract names none."""

    def holds(self, suspect: Suspect) -> bool:
        """Return whether both ends of an import are named."""
        return suspect.importer.path in self.paths and suspect.imported.path in self.paths


def find_scope(rule: ContractRule[Any], declared: DeclaredContract, modules: Collection[Module]) -> ContractScope:
    """Let a rule judge a contract on modules that import nothing, and note which of them it asks for."""
    contract, terms = declared.contract, declared.terms
    modules = modules if terms is None else [module for module in modules if terms.sees(module)]
    from layercheck.project.contract_graph import ContractGraph  # noqa: PLC0415  (most projects have no contracts)

    graph = ContractGraph(modules, (), NoImports())
    for _ in rule.judge(contract, graph.see(contract.imports)):
        pass  # what it finds is not about imports
    patterns = graph.selected
    named = frozenset().union(*patterns.values())
    return ContractScope(patterns, named if patterns else frozenset(module.path for module in modules))
