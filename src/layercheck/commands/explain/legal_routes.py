"""The legal routes to what an import wants: modules that may be imported, and that may import it, and do."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from layercheck.commands.explain.explanation import Route, Routes
from layercheck.commands.explain.name_usage import UseReader
from layercheck.commands.explain.nearness import make_distance
from layercheck.model.imports import COUNTED_KINDS, Depth
from layercheck.project.suspect import Suspect

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from layercheck.facts.fact_store import SourceStore
    from layercheck.model.imports import Import
    from layercheck.model.module import Module
    from layercheck.project.project import Project

_MOST_ROUTES = 5
_MOST_PARSED = 60
"""Whoever stands further away than these is no route that anybody would take."""


class _Use(NamedTuple):
    """What one module takes from another at one place."""

    place: Import
    names: frozenset[str]
    """Empty where nothing tells."""
    alias: str | None
    """What the other is called there, where it is imported whole."""


def find_routes(
    project: Project,
    store: SourceStore,
    importer: Module,
    imported: Module,
    *,
    most: int = _MOST_ROUTES,
    readers: dict[str, UseReader] | None = None,
) -> Routes | None:
    """Find the routes from one module to another, `most` at most; None where the layers do not stand in the way.

    `readers` of modules, by path, are kept there by whoever asks for many routes.
    """
    if importer.layer is None or imported.layer is None or importer.application != imported.application:
        return None
    present = project.present_layers(importer.application)
    allowed = project.layers.allowed_from(importer.layer, present)
    if imported.layer in allowed or imported.layer == importer.layer:
        return None
    through = tuple(layer for layer in allowed if imported.layer in project.layers.allowed_from(layer, present))
    search = _Search(project, store, importer, imported, {} if readers is None else readers)
    # A module in which nobody could be called is a route only where there is no other.
    callable_routes: list[Route] = []
    others: list[Route] = []
    for route in search.run(through):
        (callable_routes if route.functions else others).append(route)
        if len(callable_routes) > most:
            break
    found = (*callable_routes, *others)
    return Routes(through, tuple(sorted(search.wanted)), found[:most], has_more=len(found) > most)


class _Search:
    """The search for those who take from a module what one importer takes from it."""

    def __init__(
        self,
        project: Project,
        store: SourceStore,
        importer: Module,
        imported: Module,
        readers: dict[str, UseReader],
    ) -> None:
        self._project = project
        self._readers = readers
        self._store = store
        self._importer = importer
        self._imported = imported
        reader = self._open(importer)
        self.wanted: frozenset[str] = frozenset().union(*(use.names for use in self._uses(importer, imported, reader)))
        """The names that the importer takes; empty where nothing tells."""

    def run(self, through: Collection[str]) -> Iterator[Route]:
        """Find the routes through some layers, the nearest first."""
        targets = [self._imported, *(self._relatives() if self.wanted else ())]
        candidates = {
            suspect.importer
            for suspect in self._project.importers_of(targets)
            if suspect.importer.layer in through and suspect.importer.application == self._importer.application
        }
        nearest = sorted(candidates, key=make_distance(self._importer, self._imported, self.wanted))[:_MOST_PARSED]
        self._project.read_ahead(Suspect(module, target) for module in nearest for target in targets)
        for module in nearest:
            reader = self._open(module)
            use = next(self._fitting(module, targets, reader), None)
            if use is not None:
                functions = reader.list_users(use.names, use.alias)
                names = tuple(sorted(use.names))
                yield Route(module.name, module.layer or "", use.place.location, names, functions)

    def _fitting(self, module: Module, targets: Sequence[Module], reader: UseReader) -> Iterator[_Use]:
        """Find where a module takes what is wanted; where nothing tells what is taken, it may be."""
        for target in targets:
            for use in self._uses(module, target, reader):
                if use.names and self.wanted:
                    if use.names & self.wanted:
                        yield use._replace(names=use.names & self.wanted)
                elif target is self._imported:
                    yield use

    def _relatives(self) -> Iterator[Module]:
        """Find the modules through which the same names may be had: the packages above, and what lies below."""
        imported = self._imported
        for module in self._project.modules:
            if (module.layer, module.application) == (imported.layer, imported.application) and (
                module.name.startswith(f"{imported.name}.") or imported.name.startswith(f"{module.name}.")
            ):
                yield module

    def _uses(self, module: Module, target: Module, reader: UseReader) -> Iterator[_Use]:
        """Read what a module takes from another, place by place."""
        for place in self._project.imports_between(module, target, COUNTED_KINDS):
            names, alias = self._names_at(module, place), None
            if not names and place.location.span is not None:
                alias = reader.find_module(place.location.span.start.line, target.name.rpartition(".")[2])
                names = reader.list_attributes(alias) if alias else names
            yield _Use(place, names, alias)

    def _names_at(self, module: Module, place: Import) -> frozenset[str]:
        """Read which names are imported at a place; none where the module is imported whole."""
        span = place.location.span
        sites = self._store.imports(module.path, Depth.EXCERPT).sites
        taken = (site.name for site in sites if site.module_span == span and site.span != span)
        return frozenset(name for name in taken if name is not None and name != "*")

    def _open(self, module: Module) -> UseReader:
        if module.path not in self._readers:
            try:
                data = self._store.read(module.path)
            except OSError:
                data = b""
            self._readers[module.path] = UseReader(data)
        return self._readers[module.path]
