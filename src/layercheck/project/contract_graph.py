"""The graph that contracts are judged on: assembled once, seen by each contract without the imports that it ignores."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from layercheck.config.import_pattern import ImportPattern
    from layercheck.config.module_pattern import ModulePattern, PatternMatch
    from layercheck.model.imports import Import, ImportKind
    from layercheck.model.module import Module
    from layercheck.project.project import Suspect

    Edge = tuple[int, int]
    """The numbers of the importing and of the imported module."""


class ImportReader(Protocol):
    """Who knows the exact imports; a `Project` does."""

    def read_ahead(self, suspects: Iterable[Suspect]) -> None:
        """Prepare to be asked for several at once."""

    def imports_between(self, importer: Module, imported: Module, kinds: Collection[ImportKind]) -> Sequence[Import]:
        """List the real imports of one module by another."""


class Step(NamedTuple):
    """One real import of a chain, with every place where it is written."""

    importer: Module
    imported: Module
    places: Sequence[Import]


class Selected(NamedTuple):
    """One module that fits a pattern."""

    number: int
    match: PatternMatch


class ContractGraph:
    """Modules and possible imports between them, by number; numbers follow the names."""

    def __init__(self, modules: Iterable[Module], suspects: Sequence[Suspect], reader: ImportReader) -> None:
        by_path = {module.path: module for module in modules}
        for _, imported in suspects:
            by_path.setdefault(imported.path, imported)  # folders without `__init__.py` can be imported, too
        self.modules = sorted(by_path.values(), key=lambda module: (module.name, module.path))
        self.names = [module.name for module in self.modules]
        self.number_of = {module.path: number for number, module in enumerate(self.modules)}
        self.edges: list[Edge] = list(
            dict.fromkeys(
                (self.number_of[importer.path], self.number_of[imported.path]) for importer, imported in suspects
            )
        )
        self._reader = reader
        self._suspects = {
            (self.number_of[suspect[0].path], self.number_of[suspect[1].path]): suspect for suspect in suspects
        }
        self._places: dict[tuple[frozenset[ImportKind], Edge], Sequence[Import]] = {}
        self._selected: dict[tuple[str, bool], list[Selected]] = {}

    @cached_property
    def followers(self) -> Mapping[int, list[int]]:
        """What each module may import."""
        followers: dict[int, list[int]] = defaultdict(list)
        for start, end in self.edges:
            followers[start].append(end)
        return followers

    def select(self, pattern: ModulePattern, *, exactly: bool = False) -> list[Selected]:
        """Find the modules that fit a pattern, by name."""
        key = (pattern.text, exactly)
        if key not in self._selected:
            self._selected[key] = [
                Selected(number, match)
                for number in self._candidates(pattern)
                if (match := pattern.match(self.modules[number], exactly=exactly)) is not None
            ]
        return self._selected[key]

    def _candidates(self, pattern: ModulePattern) -> Iterable[int]:
        prefix = pattern.prefix
        if not prefix:
            return range(len(self.names))
        # What begins with the same text stands together.
        return range(bisect_left(self.names, prefix), bisect_left(self.names, prefix + chr(0x10FFFF)))

    def see(self, kinds: Iterable[ImportKind], ignored: Sequence[ImportPattern] = ()) -> GraphView:
        """Look at the graph as a contract does, by the kinds of import that count and without what it ignores."""
        return GraphView(self, frozenset(kinds), ignored)

    def read(self, edges: Iterable[Edge], kinds: frozenset[ImportKind]) -> dict[Edge, Sequence[Import]]:
        """Find the real imports of several edges; those without any are no imports."""
        edges = list(edges)
        unknown = [edge for edge in edges if (kinds, edge) not in self._places]
        self._reader.read_ahead(self._suspects[edge] for edge in unknown)
        for edge in unknown:
            self._places[kinds, edge] = self._reader.imports_between(*self._suspects[edge], kinds)
        return {edge: self._places[kinds, edge] for edge in edges}


class GraphView:
    """The graph as one contract sees it; imports that turn out to be none leave it."""

    def __init__(self, graph: ContractGraph, kinds: frozenset[ImportKind], ignored: Sequence[ImportPattern]) -> None:
        self.graph = graph
        self.modules = graph.modules
        self.kinds = kinds
        self.ignored = ignored
        self._disproved: set[Edge] = set()

    def select(self, pattern: ModulePattern, *, exactly: bool = False) -> list[Selected]:
        """Find the modules that fit a pattern, by name."""
        return self.graph.select(pattern, exactly=exactly)

    @cached_property
    def ignored_edges(self) -> Mapping[Edge, int]:
        """What is ignored, each with the index of the first pattern that says so."""
        found: dict[Edge, int] = {}
        for index, pattern in enumerate(self.ignored):
            for edge in self.edges_of(pattern):
                found.setdefault(edge, index)
        return found

    def edges_of(self, pattern: ImportPattern) -> list[Edge]:
        """Find the possible imports that a pattern names."""
        edges = []
        for start in self.select(pattern.importer, exactly=True):
            target = pattern.imported.bind(start.match.captured)
            ends = {end.number for end in self.select(target, exactly=True)}
            edges += [(start.number, end) for end in self.graph.followers.get(start.number, ()) if end in ends]
        return edges

    @property
    def edges(self) -> list[Edge]:
        """The possible imports that are not ignored and not known to be none."""
        if not self.ignored and not self._disproved:
            return self.graph.edges
        gone = self._disproved | self.ignored_edges.keys()
        return [edge for edge in self.graph.edges if edge not in gone]

    def confirm(self, edges: Iterable[Edge]) -> dict[Edge, Step]:
        """Keep the edges that are real imports, in the order given; the others leave the view."""
        found = {}
        for edge, places in self.graph.read(edges, self.kinds).items():
            if places:
                found[edge] = Step(self.modules[edge[0]], self.modules[edge[1]], places)
            else:
                self._disproved.add(edge)
        return found

    def is_disproved(self, edge: Edge) -> bool:
        """Tell whether a possible import is known to be none."""
        return edge in self._disproved
