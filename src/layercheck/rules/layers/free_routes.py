"""Chains of imports through modules without a layer, wiring included."""

from __future__ import annotations

from collections import defaultdict, deque
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from layercheck import MAIN, WIRING, Certainty, ImportKind, Suspect
from layercheck.rules.packages import is_package_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from layercheck import Import, Module, Project

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


def find_links(project: Project, kinds: Collection[ImportKind]) -> list[tuple[Module, Module]]:
    """List the real imports of a layer by a free module that a lower layer may reach, in a fixed order."""
    upward = project.derive(_find_upward)
    project.read_ahead(upward)
    found = [link for link in upward if _find_entry(project, link, kinds) is not None]
    return sorted(found, key=lambda pair: (pair[0].name, pair[1].name, pair[0].path, pair[1].path))


def find_chain(project: Project, link: Module, end: Module, kinds: frozenset[ImportKind]) -> tuple[list[Step], int]:
    """Find the shortest chain from a lower layer through `link` to `end`, and count the other modules that reach it.

    One from a module whose role is certain comes first. The chain is empty where no import of it is real.
    """
    entry = _find_entry(project, Suspect(link, end), kinds)
    if entry is None:
        return [], 0
    # Who reaches the link from below is the same for all that it imports of one layer.
    before, others = project.derive(_find_way_to, link, layer_of(end), end.application, kinds)
    return [*before, Step(link, end, entry)] if before else [], others


def _find_way_to(
    project: Project, link: Module, layer: str | None, application: str | None, kinds: frozenset[ImportKind]
) -> tuple[list[Step], int]:
    """Find the shortest chain from below a layer to `link`, and count the other modules that reach it."""
    onward: dict[str, Step] = {}
    starts: list[Module] = []
    queue = deque([link])
    while queue and len(starts) <= MOST_COUNTED:
        for step in project.derive(_find_steps_to, queue.popleft(), layer, application, kinds):
            importer = step.importer
            if importer.path not in onward and importer.path != link.path:
                onward[importer.path] = step
                (queue if is_free(importer) else starts).append(importer)
    # The search finds the nearest first.
    start = next((each for each in starts if each.layer_certainty is Certainty.CERTAIN), starts[0] if starts else None)
    chain: list[Step] = []
    while start is not None and start.path in onward:
        chain.append(onward[start.path])
        start = chain[-1].imported
    return chain, min(max(0, len(starts) - 1), MOST_COUNTED)


def _find_steps_to(
    project: Project, current: Module, layer: str | None, application: str | None, kinds: frozenset[ImportKind]
) -> list[Step]:
    """Find the real imports of `current` by what is below a layer or may be reached from there, in a fixed order."""
    below, reaching = _layers_below(project, layer), project.derive_entries(_find_reaching)
    implied = project.derive_entries(_find_implied)
    suspects = [
        each
        for each in (*project.suspects_of(current.path), *implied.get(current.path, ()))
        if (
            not below.isdisjoint(reaching.get(each.importer.path, ()))
            if is_free(each.importer)
            else each.importer.layer in below and each.importer.application == application
        )
    ]
    suspects.sort(key=lambda each: (each.importer.name, each.importer.path))
    project.read_ahead(suspects)
    found = ((each.importer, _find_entry(project, each, kinds)) for each in suspects)
    return [Step(importer, current, entry) for importer, entry in found if entry is not None]


def _find_entry(project: Project, suspect: Suspect, kinds: Collection[ImportKind]) -> Import | None:
    """Find the first import that counts: one that names the module, else one for which Python runs it before."""
    importer, imported = suspect
    packages = project.derive(_find_packages)
    implied: Sequence[Suspect] = ()
    if imported.is_package and imported.name in packages and packages[imported.name].path == imported.path:
        around = project.derive(_Around)
        implied = [
            each
            for each in project.suspects_by(importer.path)
            if imported in _run_by(around.find(each.imported.name), importer)
        ]
        project.read_ahead(implied)
    for each in (suspect, *implied):
        for place in project.imports_between(*each, kinds):
            # What wiring imports inside of functions, it imports to put the application together.
            if importer.role != WIRING or place.kind not in _LATE:
                return place
    return None


def _find_upward(project: Project) -> list[Suspect]:
    """Find the possible imports of a layer by a free module that a lower layer may reach."""
    reaching, ranks = project.derive(_find_reaching), project.layers.rank
    candidates = [module for module in project.modules if module.path in reaching and is_free(module)]
    below = {layer: _layers_below(project, layer) for layer in ranks}
    found = []
    for module in candidates:
        for suspect in project.suspects_by(module.path):
            imported = suspect.imported
            layer = layer_of(imported)
            if not is_free(imported) and imported.layer != MAIN and layer in ranks:
                found += [suspect] if not below[layer].isdisjoint(reaching[module.path]) else []
    return found


def _find_reaching(project: Project) -> dict[str, set[str | None]]:
    """Find which layers may reach each free module, through free modules only."""
    run, modules = project.derive_by_importer(_find_run), project.module_at
    imports: dict[str, Sequence[str]] = dict(project.derive_by_importer(_find_free))
    for path, implied in run.items():
        imports[path] = [*imports.get(path, ()), *(each.imported.path for each in implied)]
    starts: dict[str | None, set[str]] = defaultdict(set)
    for path, found in imports.items():
        if modules[path].layer is not None:
            starts[modules[path].layer].update(found)
    reaching: dict[str, set[str | None]] = defaultdict(set)
    for layer, entered in starts.items():
        frontier, reached = entered, set(entered)
        while frontier:
            frontier = set().union(*(imports.get(path, ()) for path in frontier)) - reached
            reached |= frontier
        for path in reached:
            reaching[path].add(layer)
    return dict(reaching)


def _find_free(project: Project, suspects: Sequence[Suspect]) -> tuple[str, ...]:
    """List the free modules that a free one, or one of the order, may import, by their paths."""
    importer = suspects[0].importer
    if importer.layer not in project.layers.rank and not is_free(importer):
        return ()
    return tuple(each.imported.path for each in suspects if is_free(each.imported))


def _find_implied(project: Project) -> dict[str, list[Suspect]]:
    """Find which modules make Python run free packages, and do not import them by their names."""
    found: dict[str, list[Suspect]] = defaultdict(list)
    for suspect in chain.from_iterable(project.derive_by_importer(_find_run).values()):
        found[suspect.imported.path].append(suspect)
    return dict(found)


def _find_run(project: Project, suspects: Sequence[Suspect]) -> list[Suspect]:
    """Find the free packages that Python runs when it imports a module, and that are not imported by their names."""
    importer = suspects[0].importer
    if importer.layer not in project.layers.rank and not is_free(importer):
        return []
    around = project.derive(_Around)
    found: dict[str, Suspect] = {}
    for _, imported in suspects:
        if packages := around.find(imported.name):
            for package in _run_by(packages, importer):
                found.setdefault(package.path, Suspect(importer, package))
    for _, imported in suspects if found else ():
        found.pop(imported.path, None)
    return list(found.values())


def _find_packages(project: Project) -> dict[str, Module]:
    """Find the free packages whose `__init__.py` imports anything: Python runs it before a module in the package."""
    candidates = (module for module in project.modules if module.is_package and is_free(module))
    return {module.name: module for module in candidates if project.suspects_by(module.path)}


class _Around:
    """The free packages in which modules lie, each looked for once."""

    def __init__(self, project: Project) -> None:
        self._packages = project.derive(_find_packages)
        self._known: dict[str, list[Module]] = {}

    def find(self, name: str) -> list[Module]:
        """Find those around the module with this name, from the outermost."""
        known = self._known.get(name)
        if known is None:
            parts = name.split(".")
            names = (".".join(parts[:end]) for end in range(1, len(parts)))
            known = self._known[name] = [self._packages[each] for each in names if each in self._packages]
        return known


def _run_by(around: Iterable[Module], importer: Module) -> Iterator[Module]:
    """List those of the packages around an imported module that the import runs: the importer lies in none of them."""
    for package in around:
        if importer is not package and not is_package_of(package, importer):
            yield package


def _layers_below(project: Project, layer: str | None) -> frozenset[str]:
    layers = project.layers
    return frozenset(each for each in layers.rank if layers.is_above(layer, each))


def layer_of(module: Module) -> str | None:
    """Tell the layer of a module; of wiring, the one that it lies in."""
    return module.layer or module.within


_LATE = frozenset({ImportKind.DEFERRED, ImportKind.DYNAMIC, ImportKind.LAZY})


def is_free(module: Module) -> bool:
    """Tell whether chains may lead through a module."""
    return module.layer is None and module.role in {None, WIRING} and module.within is None
