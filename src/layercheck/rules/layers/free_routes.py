"""Chains of imports through modules without a layer, wiring included."""

from __future__ import annotations

from collections import defaultdict, deque
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from layercheck.model.imports import ImportKind
from layercheck.model.module import Certainty
from layercheck.project.project import Suspect
from layercheck.project.roles import MAIN, WIRING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from layercheck.model.imports import Import
    from layercheck.model.module import Module
    from layercheck.project.project import Project
    from layercheck.rule.rule import ProjectRule

MOST_COUNTED = 20
"""Modules that reach a link beside the first: to count on would be to parse half of a large project."""


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
        """Path of a free module → who may import it."""
        self._links: list[Suspect] = []
        self._implied: dict[tuple[str, str], list[Suspect]] = defaultdict(list)
        """Paths of a module and of a package → the imports of the module that make Python run the package besides."""
        explicit = {(importer.path, imported.path) for importer, imported in project.suspects}
        packages = _FreePackages(project)
        for suspect in project.suspects:
            importer, imported = suspect
            if not is_free(importer) and importer.layer not in self._ranks:
                continue
            if is_free(imported):
                self._importers[imported.path].append(suspect)
            elif is_free(importer) and layer_of(imported) in self._ranks and imported.layer != MAIN:
                self._links.append(suspect)
            for package in packages.run_by(importer, imported):
                pair = (importer.path, package.path)
                if pair not in explicit and pair not in self._implied:
                    self._importers[package.path].append(Suspect(importer, package))
                self._implied[pair].append(suspect)
        self._real: dict[tuple[str, str], Import | None] = {}

    def find_links(self) -> list[tuple[Module, Module]]:
        """List the real imports of a layer by a free module that a lower layer may reach, in a fixed order."""
        upward = [link for link in self._links if self._may_lead_up(link.importer, link.imported)]
        self._read(upward)
        found = [(link.importer, link.imported) for link in upward if self._entry(*link) is not None]
        return sorted(found, key=lambda pair: (pair[0].name, pair[1].name, pair[0].path, pair[1].path))

    def shortest_chain(self, link: Module, end: Module) -> tuple[list[Step], int]:
        """Find the shortest chain from a lower layer through `link` to `end`, and count the other modules that reach it.

        One from a module whose role is certain comes first. The chain is empty where no import of it is real.
        """
        onward: dict[str, tuple[Import, Module]] = {link.path: (self._real_entry(link, end), end)}
        starts: list[Module] = []
        queue = deque([link])
        while queue and len(starts) <= MOST_COUNTED:
            current = queue.popleft()
            suspects = [
                each
                for each in self._importers[current.path]
                if each.importer.path not in onward and self._may_lead_up(each.importer, end)
            ]
            self._read(suspects)
            for importer, _ in sorted(suspects, key=lambda each: (each.importer.name, each.importer.path)):
                entry = self._entry(importer, current)
                if entry is not None and importer.path not in onward:
                    onward[importer.path] = (entry, current)
                    (queue if is_free(importer) else starts).append(importer)
        # The search finds the nearest first.
        start = next((each for each in starts if each.certainty is Certainty.CERTAIN), starts[0] if starts else None)
        chain: list[Step] = []
        while start is not None and start.path in onward:
            entry, following = onward[start.path]
            chain.append(Step(start, following, entry))
            start = following
        return chain, min(max(0, len(starts) - 1), MOST_COUNTED)

    def _may_lead_up(self, module: Module, end: Module) -> bool:
        """Tell whether a module is of a layer below `end`, or may be reached from one through free modules."""
        if not is_free(module):
            return self._is_upward(end, module.layer) and module.application == end.application
        return any(self._is_upward(end, layer) for layer in self._reaching.get(module.path, ()))

    @cached_property
    def _reaching(self) -> Mapping[str, set[str | None]]:
        """Which layers may reach each free module, through free modules only."""
        imports: dict[str, list[str]] = defaultdict(list)
        reached: dict[str, set[str | None]] = defaultdict(set)
        queue: deque[tuple[str, str | None]] = deque()
        for path, suspects in self._importers.items():
            for importer, _ in suspects:
                if is_free(importer):
                    imports[importer.path].append(path)
                elif importer.layer not in reached[path]:
                    reached[path].add(importer.layer)
                    queue.append((path, importer.layer))
        while queue:
            path, layer = queue.popleft()
            for further in imports[path]:
                if layer not in reached[further]:
                    reached[further].add(layer)
                    queue.append((further, layer))
        return reached

    def _is_upward(self, end: Module, layer: str | None) -> bool:
        return layer in self._ranks and self._project.layers.is_above(layer_of(end), layer)

    def _read(self, suspects: list[Suspect]) -> None:
        """Find out at once which of some suspects really import."""
        unknown = [each for each in suspects if (each.importer.path, each.imported.path) not in self._real]
        self._real.update(((each.importer.path, each.imported.path), None) for each in unknown)
        written: dict[Suspect, list[Module]] = defaultdict(list)
        for suspect in unknown:
            implied = self._implied.get((suspect.importer.path, suspect.imported.path), ())
            for each in (suspect, *implied):
                written[each].append(suspect.imported)
        for importer, imported, places in self._rule.confirmed(self._project, written):
            # What wiring imports inside of functions, it imports to put the application together.
            counted = [each for each in places if importer.role != WIRING or each.kind not in _LATE]
            for reached in written[Suspect(importer, imported)] if counted else ():
                if self._real[importer.path, reached.path] is None:
                    self._real[importer.path, reached.path] = counted[0]

    def _real_entry(self, importer: Module, imported: Module) -> Import:
        """Give the import of a link that `find_links` found."""
        entry = self._entry(importer, imported)
        assert entry is not None  # noqa: S101  (only real imports are links)
        return entry

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


def layer_of(module: Module) -> str | None:
    return module.layer or module.within


_LATE = frozenset({ImportKind.DEFERRED, ImportKind.DYNAMIC, ImportKind.LAZY})


def is_free(module: Module) -> bool:
    return module.layer is None and module.role in {None, WIRING} and module.within is None
