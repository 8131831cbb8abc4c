"""The graph that contracts are judged on: made once, viewed by each contract without its ignored imports."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeAlias

from layercheck.config.library_pattern import means_library
from layercheck.model.module import Module

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from layercheck.config.declared_contract import ForeignTerms
    from layercheck.config.import_pattern import ImportPattern
    from layercheck.config.module_pattern import ModulePattern, PatternMatch
    from layercheck.model.imports import Import, ImportKind
    from layercheck.project.suspect import Suspect

Edge: TypeAlias = tuple[int, int]
"""The numbers of the importing and of the imported module."""


class ImportReader(Protocol):
    """Knows what modules import; a `Project` is one."""

    def read_ahead(self, suspects: Iterable[Suspect]) -> None:
        """Read the files of several importers at once."""

    def imports_between(self, importer: Module, imported: Module, kinds: Collection[ImportKind]) -> Sequence[Import]:
        """List the real imports of one module by another."""

    def possible_libraries(self, importer: Module) -> Sequence[str]:
        """List what a module may import from outside the project, each name in full."""

    def library_imports(self, importer: Module, kinds: Collection[ImportKind]) -> Sequence[Import]:
        """List what a module really imports from outside the project."""

    def uses_of(self, importer: Module, imported: Module, kinds: Collection[ImportKind]) -> Sequence[Import]:
        """List what a module takes from another one through its name (`shop.db.Session`)."""

    def exports_of(self, module: Module) -> Sequence[str] | None:
        """List the names in the `__all__` of a module; None if there is none, or it cannot be read."""


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
    """Modules and possible imports between them, by number: modules are numbered in the order of their names."""

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
        self.reader = reader
        self._suspects = {
            (self.number_of[suspect[0].path], self.number_of[suspect[1].path]): suspect for suspect in suspects
        }
        self._steps: dict[tuple[frozenset[ImportKind], Edge], Step | None] = {}
        self._selected: dict[tuple[str, bool], list[Selected]] = {}
        self._library_numbers: dict[str, int] = {}
        self._library_texts: dict[int, str] = {}
        self._parts: dict[tuple[tuple[str, ...], str], ContractGraph] = {}

    def seen_by(self, terms: ForeignTerms) -> ContractGraph:
        """Reduce the graph to the modules that another tool sees, and to their imports."""
        key = (terms.packages, terms.folder)
        if key not in self._parts:
            inside = [module for module in self.modules if terms.sees(module)]
            paths = {module.path for module in inside}
            suspects = [suspect for suspect in self._suspects.values() if suspect[0].path in paths]
            is_whole = len(inside) == len(self.modules)
            self._parts[key] = self if is_whole else ContractGraph(inside, suspects, self.reader)
        return self._parts[key]

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

    @property
    def selected(self) -> Mapping[str, frozenset[str]]:
        """The paths of the modules that fit the patterns which were asked for so far, by the text of the pattern."""
        found: dict[str, set[str]] = defaultdict(set)
        for (text, _), selected in self._selected.items():
            found[text].update(self.modules[number].path for number, _ in selected)
        return {text: frozenset(paths) for text, paths in found.items()}

    def _candidates(self, pattern: ModulePattern) -> Iterable[int]:
        prefix = pattern.prefix
        if not prefix:
            return range(len(self.names))
        # What begins with the same text stands together.
        return range(bisect_left(self.names, prefix), bisect_left(self.names, prefix + chr(0x10FFFF)))

    @cached_property
    def own_packages(self) -> frozenset[str]:
        """The first parts of the names of all modules."""
        return frozenset(name.partition(".")[0] for name in self.names)

    @cached_property
    def library_names(self) -> list[tuple[int, Sequence[str]]]:
        """What each module may import from outside the project."""
        found = ((number, self.reader.possible_libraries(module)) for number, module in enumerate(self.modules))
        return [(number, names) for number, names in found if names]

    def number_library(self, text: str) -> int:
        """Number a library, or a word for several libraries, after the modules."""
        number = self._library_numbers.setdefault(text, len(self.modules) + len(self._library_numbers))
        self._library_texts[number] = text
        return number

    def edges_to_library(self, number: int) -> list[Edge]:
        """Find the possible imports of a library."""
        text = self._library_texts[number]
        return [
            (importer, number)
            for importer, names in self.library_names
            if any(means_library(text, name) for name in names)
        ]

    def see(self, kinds: Iterable[ImportKind], ignored: Sequence[ImportPattern] = ()) -> GraphView:
        """Return the view of a contract, with the kinds of import that count for it."""
        return GraphView(self, frozenset(kinds), ignored)

    def read(self, edges: Iterable[Edge], kinds: frozenset[ImportKind]) -> dict[Edge, Step]:
        """Find the real imports behind several edges; edges without one are left out."""
        edges = list(edges)
        unknown = [edge for edge in edges if (kinds, edge) not in self._steps]
        self.reader.read_ahead(self._suspects[edge] for edge in unknown if edge in self._suspects)
        for edge in unknown:
            self._steps[kinds, edge] = self._read_one(edge, kinds)
        return {edge: step for edge in edges if (step := self._steps[kinds, edge]) is not None}

    def _read_one(self, edge: Edge, kinds: frozenset[ImportKind]) -> Step | None:
        if edge in self._suspects:
            importer, imported = self._suspects[edge]
            places = self.reader.imports_between(importer, imported, kinds)
        else:
            text = self._library_texts[edge[1]]
            importer, imported = self.modules[edge[0]], Module(text, "", is_package=False)
            places = [
                place
                for place in self.reader.library_imports(importer, kinds)
                if any(means_library(text, name) for name in names_taken(place))
            ]
        return Step(importer, imported, places) if places else None


def names_taken(place: Import) -> list[str]:
    """Write in full what an import takes from outside the project."""
    names = [name for name in place.names if name != "*"]
    return [f"{place.imported}.{name}" for name in names] or [place.imported]


class GraphView:
    """The graph as one contract sees it; edges without a real import are removed."""

    def __init__(self, graph: ContractGraph, kinds: frozenset[ImportKind], ignored: Sequence[ImportPattern]) -> None:
        self.graph = graph
        self.modules = graph.modules
        self.kinds = kinds
        self.ignored = ignored
        self.disproved: set[Edge] = set()
        """Edges that are known to have no real import."""
        self.library_edges: list[Edge] = []
        """The possible imports of the libraries that take part."""

    def select(self, pattern: ModulePattern, *, exactly: bool = False) -> list[Selected]:
        """Find the modules that fit a pattern, by name."""
        return self.graph.select(pattern, exactly=exactly)

    @cached_property
    def _ignored_edges(self) -> frozenset[Edge]:
        return frozenset(edge for pattern in self.ignored for edge in self.edges_of(pattern))

    def edges_of(self, pattern: ImportPattern) -> list[Edge]:
        """Find the possible imports between modules that a pattern names."""
        edges = []
        for start in self.select(pattern.importer, exactly=True):
            target = pattern.imported.bind(start.match.captured)
            ends = {end.number for end in self.select(target, exactly=True)}
            edges += [(start.number, end) for end in self.graph.followers.get(start.number, ()) if end in ends]
        return edges

    @property
    def edges(self) -> list[Edge]:
        """The possible imports that are neither ignored nor known to be unreal."""
        edges = [*self.graph.edges, *self.library_edges] if self.library_edges else self.graph.edges
        gone = self.disproved | self._ignored_edges
        return [edge for edge in edges if edge not in gone] if gone else edges

    def add_libraries(self, texts: Iterable[str]) -> dict[int, str]:
        """Add libraries to the graph; returns their numbers."""
        added = {self.graph.number_library(text): text for text in texts}
        self.library_edges = [edge for number in added for edge in self.graph.edges_to_library(number)]
        return added

    def libraries_of(self, number: int) -> list[Step]:
        """Find what a module really imports from outside, one step for each library."""
        importer = self.modules[number]
        places: dict[str, list[Import]] = defaultdict(list)
        for place in self.graph.reader.library_imports(importer, self.kinds):
            places[place.imported.partition(".")[0]].append(place)
        steps = (Step(importer, Module(name, "", is_package=False), found) for name, found in places.items())
        return [kept for step in steps if (kept := self._without_ignored(step)) is not None]

    def confirm(self, edges: Iterable[Edge]) -> dict[Edge, Step]:
        """Return the edges with real imports, in the order given, and remove the others from the view."""
        edges = list(edges)
        read = self.graph.read(edges, self.kinds)
        found = {edge: step for edge, known in read.items() if (step := self._without_ignored(known)) is not None}
        self.disproved.update(edge for edge in edges if edge not in found)
        return found

    def _without_ignored(self, step: Step) -> Step | None:
        """Leave out what is ignored of the imports of a library."""
        if step.imported.path or not self.ignored:
            return step
        texts = [each.imported.text for each in self.ignored if each.importer.match(step.importer, exactly=True)]
        places = [
            place
            for place in step.places
            if not any(means_library(text, name) for text in texts for name in names_taken(place))
        ]
        return step._replace(places=places) if places else None
