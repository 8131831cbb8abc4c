"""The legal routes to what an import wants: modules that may be imported, and that may import it, and do."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from layercheck.explaining.explanation import Route, Routes
from layercheck.explaining.nearness import make_distance
from layercheck.explaining.using import find_users
from layercheck.model.imports import Depth
from layercheck.rule import COUNTED_KINDS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from layercheck.model.imports import Import
    from layercheck.model.module import Module
    from layercheck.project.project import Project
    from layercheck.sources.store import SourceStore

_MOST_ROUTES = 5
_MOST_PARSED = 60
"""Whoever stands further away than these is no route that anybody would take."""


class _Use(NamedTuple):
    place: Import
    names: frozenset[str]


def find_routes(project: Project, store: SourceStore, importer: Module, imported: Module) -> Routes | None:
    """Find the routes from one module to another; None where the layers do not stand in the way."""
    if importer.layer is None or imported.layer is None or importer.container != imported.container:
        return None
    present = project.present_layers(importer.container)
    allowed = project.layers.allowed_from(importer.layer, present)
    if imported.layer in allowed or imported.layer == importer.layer:
        return None
    through = tuple(layer for layer in allowed if imported.layer in project.layers.allowed_from(layer, present))
    wanted = _names_at(store, importer, project.imports_between(importer, imported, COUNTED_KINDS))
    found = list(_search(project, store, importer, imported, through, wanted))
    # A module in which nobody could be called is a route only where there is no other.
    found.sort(key=lambda route: not route.functions)
    return Routes(through, tuple(sorted(wanted)), tuple(found[:_MOST_ROUTES]), has_more=len(found) > _MOST_ROUTES)


def _search(
    project: Project,
    store: SourceStore,
    importer: Module,
    imported: Module,
    through: Collection[str],
    wanted: frozenset[str],
) -> Iterator[Route]:
    """Find the routes, the nearest first."""
    targets = [imported, *(_relatives(project, imported) if wanted else ())]
    candidates = {
        suspect.importer
        for suspect in project.importers_of(targets)
        if suspect.importer.layer in through and suspect.importer.container == importer.container
    }
    nearest = sorted(candidates, key=make_distance(importer, imported, wanted))[:_MOST_PARSED]
    project.read_ahead(nearest)
    for module in nearest:
        use = _find_use(project, store, module, targets, wanted)
        if use is not None:
            taken = use.names or {imported.name.rpartition(".")[2]}
            functions = find_users(store.read(module.path), taken)
            yield Route(module.name, module.layer or "", use.place.location, tuple(sorted(use.names)), functions)


def _find_use(
    project: Project, store: SourceStore, module: Module, targets: Sequence[Module], wanted: frozenset[str]
) -> _Use | None:
    """Find where a module takes what is wanted: the same names, or the module whole where no names are known."""
    for target in targets:
        places = project.imports_between(module, target, COUNTED_KINDS)
        names = [(place, _names_at(store, module, [place])) for place in places]
        uses = [_Use(place, taken & wanted) for place, taken in names if taken & wanted]
        if target is targets[0]:
            uses += [_Use(place, taken) for place, taken in names if not (taken and wanted)]
        if uses:
            return uses[0]
    return None


def _relatives(project: Project, imported: Module) -> Iterator[Module]:
    """Find the modules through which the same names may be had: the packages above, and what lies below."""
    for module in project.modules:
        if (module.layer, module.container) == (imported.layer, imported.container) and (
            module.name.startswith(f"{imported.name}.") or imported.name.startswith(f"{module.name}.")
        ):
            yield module


def _names_at(store: SourceStore, module: Module, places: Sequence[Import]) -> frozenset[str]:
    """Read which names are taken from a module at some places; none where it is imported whole."""
    spans = {place.location.span for place in places}
    return frozenset(
        site.name
        for site in store.imports(module.path, Depth.EXCERPT).sites
        if site.name not in {None, "*"} and site.module_span in spans and site.span not in spans
    )
