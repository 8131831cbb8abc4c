"""Modules that no rule about imports governs, and patterns that take in most of a project."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from layercheck.project.layers import find_modules, is_module_pattern
from layercheck.project.roles import ASIDE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from layercheck.config.declared_contract import DeclaredContract
    from layercheck.config.schema import Configuration
    from layercheck.model.module import Module
    from layercheck.project.project import Project
    from layercheck.rule.contract_scope import ContractScope

    _Contracts = Iterable[tuple[DeclaredContract, ContractScope]]

_TOO_MUCH = 0.5
_FEW_MODULES = 10
"""With fewer, half of them is not much."""


class WidePattern(msgspec.Struct, frozen=True):
    """A pattern that takes in more than half of the modules, so that what it stands for says little."""

    pattern: str
    where: str
    """The key or the contract that it belongs to."""
    modules: int


def find_ungoverned(project: Project, contracts: _Contracts) -> list[Module]:
    """Find the modules, besides tests, migrations and scripts, whose imports no rule and no contract holds to an order."""
    named = {path for _, scope in contracts for path in scope.paths}
    return [
        module
        for module in project.modules
        if module.role not in ASIDE and module.layer is None and module.within is None and module.path not in named
    ]


def find_wide_patterns(project: Project, contracts: _Contracts, configuration: Configuration) -> list[WidePattern]:
    """Find the patterns of the configuration that fit more than half of all modules."""
    modules = [module for module in project.modules if module.role not in ASIDE]
    if len(modules) < _FEW_MODULES:
        return []
    found = (
        each for each in _list_patterns(contracts, configuration, modules) if each.modules > _TOO_MUCH * len(modules)
    )
    return sorted(found, key=lambda each: (-each.modules, each.where, each.pattern))


def _list_patterns(contracts: _Contracts, configuration: Configuration, modules: list[Module]) -> Iterator[WidePattern]:
    drawn = {module.path for module in modules}
    for declared, scope in contracts:
        for text, paths in scope.patterns.items():
            yield WidePattern(text, f"contract {declared.contract.name!r}", len(paths & drawn))
    for role, entries in configuration.roles.items():
        for entry in filter(is_module_pattern, entries):
            yield WidePattern(entry, f"roles.{role}", len(find_modules(entry, modules)))
    if configuration.per_path_ignores:
        from pathspec import GitIgnoreSpec  # noqa: PLC0415  (30 ms, and seldom needed)

        for pattern in configuration.per_path_ignores:
            spec = GitIgnoreSpec.from_lines([pattern])
            yield WidePattern(pattern, "per-path-ignores", sum(spec.match_file(each.path) for each in modules))
