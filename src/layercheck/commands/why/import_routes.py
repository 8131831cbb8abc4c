"""The shortest chains of imports from some modules to others: searched among possible imports, confirmed one by one."""

from __future__ import annotations

import itertools
from collections import deque
from typing import TYPE_CHECKING, NamedTuple

from layercheck.project.suspect import Suspect

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from layercheck.model.imports import Import, ImportKind
    from layercheck.model.module import Module
    from layercheck.project.project import Project


class Link(NamedTuple):
    """The real imports of one module by another."""

    importer: Module
    imported: Module
    places: list[Import]

    @property
    def suspect(self) -> Suspect:
        """The pair, as rules take it."""
        return Suspect(self.importer, self.imported)


class RouteFinder:
    """Finds chains that share no import, the shortest first.

    A chain is searched among all possible imports, and then confirmed: what is no import is forgotten, and the search
    begins anew. So only files on the way are parsed.
    """

    def __init__(self, project: Project, kinds: Collection[ImportKind]) -> None:
        """Of the imports, only those of some `kinds` count."""
        self._project = project
        self._kinds = kinds
        self._ways: dict[str, dict[str, Module]] = {}
        """Path of a module → what it may import, by path; less with every chain that was found."""
        for importer, imported in project.suspects:
            self._ways.setdefault(importer.path, {})[imported.path] = imported

    def next_route(self, starts: Iterable[Module], ends: Iterable[Module]) -> list[Link]:
        """Find a shortest chain that shares no import with those found before; empty where there is none."""
        start_at = {module.path: module for module in starts}
        end_paths = {module.path for module in ends} - start_at.keys()
        while True:
            modules = self._search(start_at, end_paths)
            if not modules:
                return []
            links = self._confirm(modules)
            is_real = all(link.places for link in links)
            for link in links:
                if is_real or not link.places:
                    del self._ways[link.importer.path][link.imported.path]
            if is_real:
                return links

    def _search(self, starts: Mapping[str, Module], ends: Collection[str]) -> list[Module]:
        """Find a shortest chain of possible imports."""
        came_from: dict[str, Module | None] = dict.fromkeys(starts)
        queue = deque(sorted(starts.values(), key=_by_name))
        while queue:
            module = queue.popleft()
            for imported in sorted(self._ways.get(module.path, {}).values(), key=_by_name):
                if imported.path in came_from:
                    continue
                came_from[imported.path] = module
                if imported.path in ends:
                    return self._trace(imported, came_from)
                queue.append(imported)
        return []

    def _trace(self, end: Module, came_from: Mapping[str, Module | None]) -> list[Module]:
        chain = [end]
        while (before := came_from[chain[-1].path]) is not None:
            chain.append(before)
        return chain[::-1]

    def _confirm(self, modules: list[Module]) -> list[Link]:
        pairs = list(itertools.pairwise(modules))
        self._project.read_ahead(Suspect(*pair) for pair in pairs)
        return [Link(*pair, self._project.imports_between(*pair, self._kinds)) for pair in pairs]


def _by_name(module: Module) -> tuple[str, str]:
    return module.name, module.path
