"""What a contract is about: the modules that its patterns name, learnt by judging a project without imports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from layercheck.project.contract_graph import ContractGraph

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from layercheck.config.declared_contract import DeclaredContract
    from layercheck.model.imports import Import, ImportKind
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
        """Tell whether both ends of an import are named."""
        return suspect.importer.path in self.paths and suspect.imported.path in self.paths


class _NoImports:
    """Stands for the exact imports of a project that has none."""

    def read_ahead(self, suspects: Iterable[Suspect]) -> None:
        """There is nothing to read."""

    def imports_between(self, importer: Module, imported: Module, kinds: Collection[ImportKind]) -> Sequence[Import]:
        """There is nothing between any two modules."""
        del importer, imported, kinds
        return ()

    def possible_libraries(self, importer: Module) -> Sequence[str]:
        """Nothing is imported from outside."""
        del importer
        return ()

    def library_imports(self, importer: Module, kinds: Collection[ImportKind]) -> Sequence[Import]:
        """Nothing is imported from outside."""
        del importer, kinds
        return ()

    def uses_of(self, importer: Module, imported: Module, kinds: Collection[ImportKind]) -> Sequence[Import]:
        """Nothing is used."""
        del importer, imported, kinds
        return ()

    def exports_of(self, module: Module) -> Sequence[str] | None:
        """No module says what it exports."""
        del module
        return None


def find_scope(rule: ContractRule[Any], declared: DeclaredContract, modules: Collection[Module]) -> ContractScope:
    """Let a rule judge a contract on modules that import nothing, and note which of them it asks for."""
    contract, terms = declared.contract, declared.terms
    modules = modules if terms is None else [module for module in modules if terms.sees(module)]
    graph = ContractGraph(modules, (), _NoImports())
    for _ in rule.judge(contract, graph.see(contract.imports)):
        pass  # what it finds is not about imports
    patterns = graph.selected
    named = frozenset().union(*patterns.values())
    return ContractScope(patterns, named if patterns else frozenset(module.path for module in modules))
