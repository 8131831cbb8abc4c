"""One tangle of modules: where to cut it, and what the cut would mean."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from layercheck import find_tangles, graph_of, shortest_cycle_over
from layercheck.rules.layers.free_routes import layer_of
from layercheck.rules.packages import is_package_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from layercheck import Cut, Import, Module, Project

    Edge = tuple[str, str]
    """Paths of the importing and of the imported module."""


class Tangle:
    """A set of modules of which every one leads to every other one."""

    def __init__(self, project: Project, members: frozenset[str], places: Mapping[Edge, Sequence[Import]]) -> None:
        """`places` holds the imports between the members."""
        self._project = project
        self.modules = sorted((project.module_at[path] for path in members), key=lambda module: module.name)
        self.places = places
        self._known: dict[str, frozenset[int]] = {}

    @cached_property
    def cut(self) -> Cut:
        """The smallest set of imports without which nothing is left of the tangle; the best among several."""
        from layercheck import find_cut  # noqa: PLC0415  (most projects have no tangle)

        return find_cut(graph_of(self.places), {edge: self._blemishes(edge) for edge in self.places})

    @cached_property
    def cycle(self) -> list[Edge]:
        """A shortest cycle; its last import is one of the cut."""
        # Each cycle holds an import of the cut.
        return shortest_cycle_over(graph_of(self.places), self.cut.edges)

    @cached_property
    def is_of_packages(self) -> bool:
        """Whether every cycle leads through a module that imports a package in which it lies."""
        return not find_tangles(graph_of(edge for edge in self.places if not self.is_from_package(edge)))

    @cached_property
    def is_of_layers(self) -> bool:
        """Whether every cycle leads through an import that breaks a layer."""
        return not find_tangles(graph_of(edge for edge in self.places if not self.breaks_a_layer(edge)))

    def breaks_a_layer(self, edge: Edge) -> bool:
        """Tell whether an import leads to a higher layer, or to an independent sibling."""
        importer, imported = self._ends(edge)
        layers = self._project.layers
        layer, other = layer_of(importer), layer_of(imported)
        if layer is None or other is None or importer.application != imported.application:
            return False
        return layers.is_above(other, layer) or layers.are_independent(layer, other)

    def can_be_deferred(self, edge: Edge) -> bool:
        """Tell whether only the functions of a module use what it imports from another one."""
        importer, _ = self._ends(edge)
        # What a package imports, others take from it.
        return not importer.is_package and all(
            place.statement.start.line in self._deferrable(importer) for place in self.places[edge]
        )

    def _deferrable(self, importer: Module) -> frozenset[int]:
        if importer.path not in self._known:
            self._known[importer.path] = self._project.deferrable_imports(importer)
        return self._known[importer.path]

    def is_from_package(self, edge: Edge) -> bool:
        """Tell whether a module imports a package in which it lies."""
        importer, imported = self._ends(edge)
        return is_package_of(imported, importer)

    def _blemishes(self, edge: Edge) -> tuple[int, int, int]:
        names = {name for place in self.places[edge] for name in place.names}
        return (not self.breaks_a_layer(edge), not self.can_be_deferred(edge), max(1, len(names)))

    def _ends(self, edge: Edge) -> tuple[Module, Module]:
        return self._project.module_at[edge[0]], self._project.module_at[edge[1]]
