"""Chains of imports through modules without a layer, wiring included."""

from __future__ import annotations

from collections import defaultdict, deque
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from layercheck.model.imports import ImportKind
from layercheck.model.module import Certainty
from layercheck.project.project import Suspect
from layercheck.project.roles import MAIN, WIRING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from layercheck.model.imports import Import
    from layercheck.model.module import Module
    from layercheck.project.project import Project
    from layercheck.rule.rule import ProjectRule

MOST_COUNTED = 20
"""Modules that reach a link beside the first: to count on would be to parse half of a large project."""


_READ_AHEAD = 8
"""Files that are parsed at once."""


class Step(NamedTuple):
    """One real import of a chain."""

    importer: Module
    imported: Module
    entry: Import

    @property
    def is_implied(self) -> bool:
        """Whether the import names another module, and Python runs this one before it."""
        return self.entry.imported != self.imported.name


class FreeRoutes:
    """The imports among free modules: those without a layer, wiring included, that chains may lead through."""

    def __init__(self, project: Project, rule: ProjectRule) -> None:
        self._project = project
        self._rule = rule
        self._ranks = project.layers.rank
        self._importers: dict[str, list[Suspect]] = defaultdict(list)
        """Path of a free module → which other free modules may import it."""
        self._starts: dict[str, dict[str, list[Suspect]]] = defaultdict(dict)
        """Path of a free module → by layer, which modules of that may import it."""
        self._links: list[Suspect] = []
        self._implied: dict[tuple[str, str], list[Suspect]] = defaultdict(list)
        """Paths of a module and of a package → the imports of the module that make Python run the package besides."""
        explicit = {(importer.path, imported.path) for importer, imported in project.suspects}
        packages = _FreePackages(project)
        for suspect in project.suspects:
            importer, imported = suspect
            if importer.layer not in self._ranks and not is_free(importer):
                continue
            if is_free(imported):
                self._add(suspect)
            elif importer.layer is None and layer_of(imported) in self._ranks and imported.layer != MAIN:
                self._links.append(suspect)
            for package in packages.run_by(importer, imported):
                pair = (importer.path, package.path)
                if pair not in explicit and pair not in self._implied:
                    self._add(Suspect(importer, package))
                self._implied[pair].append(suspect)
        self._real: dict[tuple[str, str], Import | None] = {}

    def _add(self, suspect: Suspect) -> None:
        importer, imported = suspect
        if importer.layer is None:
            self._importers[imported.path].append(suspect)
        else:
            self._starts[imported.path].setdefault(importer.layer, []).append(suspect)

    def find_links(self) -> list[tuple[Module, Module]]:
        """List the real imports of a layer by a free module that a lower layer may reach, in a fixed order."""
        upward = [link for link in self._links if self._is_reached(link.importer, link.imported)]
        self._read(upward)
        found = [(link.importer, link.imported) for link in upward if self._entry(*link) is not None]
        return sorted(found, key=lambda pair: (pair[0].name, pair[1].name, pair[0].path, pair[1].path))

    def shortest_chain(self, link: Module, end: Module) -> tuple[list[Step], int]:
        """Find the shortest chain from a lower layer through `link` to `end`, and count the other modules that reach it.

        One from a module whose role is certain comes first. The chain is empty where no import of it is real.
        """
        onward: dict[str, tuple[Import, Module]] = {}
        starts: list[Module] = []
        queue = deque([Suspect(link, end)])
        while queue and len(starts) <= MOST_COUNTED:
            # Most searches end long before the queue does, so what waits in it is not read yet.
            self._read([each for each in islice(queue, _READ_AHEAD) if each.importer.path not in onward])
            current, following = queue.popleft()
            entry = self._entry(current, following)
            if entry is None or current.path in onward:
                continue
            onward[current.path] = (entry, following)
            self._add_starts(self._find_starts(current, end, onward), starts, onward)
            free = (each for each in self._importers.get(current.path, ()) if each.importer.path not in onward)
            queue.extend(sorted((each for each in free if self._is_reached(each.importer, end)), key=_name_of_importer))
        # The search finds the nearest first.
        start = next((each for each in starts if each.certainty is Certainty.CERTAIN), starts[0] if starts else None)
        chain: list[Step] = []
        while start is not None and start.path in onward:
            entry, following = onward[start.path]
            chain.append(Step(start, following, entry))
            start = following
        return chain, min(max(0, len(starts) - 1), MOST_COUNTED)

    def _find_starts(self, current: Module, end: Module, known: Collection[str]) -> list[Suspect]:
        """List which modules of lower layers than `end` may import `current`, in a fixed order."""
        found = [
            each
            for layer, suspects in self._starts.get(current.path, {}).items()
            if self._is_upward(end, layer)
            for each in suspects
            if each.importer.application == end.application and each.importer.path not in known
        ]
        return sorted(found, key=_name_of_importer)

    def _add_starts(
        self, suspects: Sequence[Suspect], starts: list[Module], onward: dict[str, tuple[Import, Module]]
    ) -> None:
        """Add the modules of lower layers that really import, until there are enough of them to count and to show one."""
        for at in range(0, len(suspects), _READ_AHEAD):
            if len(starts) > MOST_COUNTED and any(each.certainty is Certainty.CERTAIN for each in starts):
                return
            batch = suspects[at : at + _READ_AHEAD]
            self._read(batch)
            for importer, imported in batch:
                entry = self._entry(importer, imported)
                if entry is not None and importer.path not in onward:
                    onward[importer.path] = (entry, imported)
                    starts.append(importer)

    def _is_reached(self, module: Module, end: Module) -> bool:
        """Tell whether a free module may be reached from a layer below `end`, through free modules only."""
        return any(self._is_upward(end, layer) for layer in self._reaching.get(module.path, ()))

    @cached_property
    def _reaching(self) -> Mapping[str, set[str]]:
        """Which layers may reach each free module, through free modules only."""
        imports: dict[str, list[str]] = defaultdict(list)
        for path, suspects in self._importers.items():
            for importer, _ in suspects:
                imports[importer.path].append(path)
        reached = defaultdict(set, {path: set(layers) for path, layers in self._starts.items()})
        queue = deque((path, layer) for path, layers in reached.items() for layer in layers)
        while queue:
            path, layer = queue.popleft()
            for further in imports.get(path, ()):
                if layer not in reached[further]:
                    reached[further].add(layer)
                    queue.append((further, layer))
        return reached

    def _is_upward(self, end: Module, layer: str) -> bool:
        return self._project.layers.is_above(layer_of(end), layer)

    def _read(self, suspects: Sequence[Suspect]) -> None:
        """Find out at once which of some suspects really import."""
        # What an import implies counts after what is written down.
        unknown = {
            ends: (suspect, *self._implied.get(ends, ()))
            for suspect in suspects
            if (ends := _ends(suspect)) not in self._real
        }
        wanted = {_ends(each): each for options in unknown.values() for each in options}
        found: dict[tuple[str, str], Import] = {}
        for importer, imported, places in self._rule.confirmed(self._project, wanted.values()):
            # What wiring imports inside of functions, it imports to put the application together.
            counted = [each for each in places if importer.role != WIRING or each.kind not in _LATE]
            if counted:
                found[importer.path, imported.path] = counted[0]
        for ends, options in unknown.items():
            self._real[ends] = next((found[_ends(each)] for each in options if _ends(each) in found), None)

    def _entry(self, importer: Module, imported: Module) -> Import | None:
        return self._real.get((importer.path, imported.path))


class _FreePackages:
    """The packages without a layer whose `__init__.py` imports anything: Python runs it before a module in the package."""

    def __init__(self, project: Project) -> None:
        busy = {importer.path for importer, _ in project.suspects if importer.is_package}
        self._packages = {module.name: module for module in project.modules if module.path in busy and is_free(module)}
        self._around: dict[str, list[Module]] = {}

    def run_by(self, importer: Module, imported: Module) -> Iterator[Module]:
        """List the packages that an import runs besides what it names, without those in which the importer lies."""
        around = self._around.get(imported.path)
        if around is None:
            parts = imported.name.split(".")
            names = (".".join(parts[:end]) for end in range(1, len(parts)))
            around = self._around[imported.path] = [self._packages[name] for name in names if name in self._packages]
        for package in around:
            if importer is not package and not importer.name.startswith(f"{package.name}."):
                yield package


def _ends(suspect: Suspect) -> tuple[str, str]:
    return suspect.importer.path, suspect.imported.path


def _name_of_importer(suspect: Suspect) -> tuple[str, str]:
    return suspect.importer.name, suspect.importer.path


def layer_of(module: Module) -> str | None:
    return module.layer or module.within


_LATE = frozenset({ImportKind.DEFERRED, ImportKind.DYNAMIC, ImportKind.LAZY})


def is_free(module: Module) -> bool:
    return module.layer is None and module.role in {None, WIRING} and module.within is None
