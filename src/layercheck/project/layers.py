"""Layers: which modules belong to which, and which may import which."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from layercheck.config.layer_syntax import parse_layers
from layercheck.project.layer_folders import LayerFolders
from layercheck.project.roles import MAIN

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from layercheck.config.schema import Configuration
    from layercheck.model.module import Module


class Layers:
    """The layers in force, and which may import which."""

    def __init__(self, configuration: Configuration) -> None:
        self.lines = configuration.layers
        levels = parse_layers(configuration.layers)
        self.rank: dict[str, int] = {}
        """The level of each layer of the order, 0 for the highest."""
        self._independent: set[int] = set()
        for rank, level in enumerate(levels):
            self.rank.update((member.name, rank) for member in level.members)
            if level.independent:
                self._independent.add(rank)
        self.optional = frozenset(m.name for level in levels for m in level.members if m.optional)
        self.closed = frozenset(configuration.closed)
        self.isolated = frozenset(configuration.isolated)
        self.leaf = frozenset(configuration.leaf)
        self.names = frozenset((*self.rank, *self.isolated, *self.leaf))
        self.folders = LayerFolders(configuration.folders)
        """The layers that go by folders instead of roles."""
        by_names = configuration.roles.keys() | configuration.folders.keys()
        self.modules = ModulePatterns({name: [name] for name in self.names if name not in by_names})
        """The layers that are declared as modules instead of roles."""

    @property
    def order(self) -> str:
        """The order as a reader writes it: `api > services > models : db`."""
        return " > ".join(self.lines)

    @property
    def lowest(self) -> frozenset[str]:
        """The layers of the lowest level, none where the order has a single level."""
        bottom = max(self.rank.values(), default=0)
        return frozenset(name for name, rank in self.rank.items() if rank == bottom and bottom > 0)

    def is_above(self, layer: str | None, other: str | None) -> bool:
        """Return whether `layer` stands above `other` in the order."""
        if layer is None or other is None:
            return False
        rank, other_rank = self.rank.get(layer), self.rank.get(other)
        return rank is not None and other_rank is not None and rank < other_rank

    def are_independent(self, layer: str, other: str) -> bool:
        """Return whether two layers are siblings that may not import each other."""
        rank = self.rank.get(layer)
        return layer != other and rank is not None and rank == self.rank.get(other) and rank in self._independent

    def closed_between(self, layer: str, other: str) -> list[str]:
        """List the closed layers that an import from `layer` down to `other` would skip."""
        return sorted(name for name in self.closed if self.is_above(layer, name) and self.is_above(name, other))

    def allowed_from(self, layer: str, present: Iterable[str]) -> list[str]:
        """List which of the present layers `layer` may import, highest first."""
        return [other for other in self.sort(present) if other != layer and self._may_import(layer, other)]

    def sort(self, layers: Iterable[str]) -> list[str]:
        """Sort layers as the configuration writes them: the order, then isolated, then leaf layers."""
        return sorted(layers, key=lambda name: (self.rank.get(name, len(self.rank)), name in self.leaf, name))

    def _may_import(self, layer: str, other: str) -> bool:
        if other == MAIN or layer in self.leaf:
            return False
        if other in self.leaf:
            return True
        if layer in self.isolated:
            return other in self.isolated
        if other in self.isolated:
            # What is stored does not know how it is shown: see LC109.
            return layer not in self.lowest
        if self.is_above(other, layer) or self.are_independent(layer, other):
            return False
        return not self.closed_between(layer, other)


def is_module_pattern(entry: str) -> bool:
    """Return whether an entry of a role table is a module (`app.web`, `app.*.web`), not the name of a folder or file."""
    return "." in entry or "*" in entry


def find_modules(pattern: str, modules: Iterable[Module]) -> list[Module]:
    """List the modules that a pattern of the configuration names, as in `roles` and `layers`."""
    named = ModulePatterns({pattern: [pattern]})
    return [module for module in modules if named.label_of(module.name) is not None]


class ModulePatterns:
    """Names given to modules by pattern: `app.web` also means all below it, `*` one part, `**` any number."""

    def __init__(self, patterns: Mapping[str, Sequence[str]]) -> None:
        self._plain: dict[str, str] = {}
        self._wild: list[_WildPattern] = []
        for label, modules in patterns.items():
            for module in modules:
                if "*" in module:
                    self._wild.append(_WildPattern(_compile(module), label))
                else:
                    self._plain[module] = label

    def __bool__(self) -> bool:
        return bool(self._plain or self._wild)

    def label_of(self, module: str) -> str | None:
        """Find the label of a module: the deepest plain pattern first, then the wildcards in order."""
        name = module
        while name:
            label = self._plain.get(name)
            if label is not None:
                return label
            name = name.rpartition(".")[0]
        return next((wild.label for wild in self._wild if wild.expression.match(module)), None)


class _WildPattern(NamedTuple):
    expression: re.Pattern[str]
    label: str


def _compile(module: str) -> re.Pattern[str]:
    parts = [
        r"[^.]+(?:\.[^.]+)*" if part == "**" else re.escape(part).replace(r"\*", "[^.]*") for part in module.split(".")
    ]
    return re.compile(r"\.".join(parts) + r"(?:\.|$)")
