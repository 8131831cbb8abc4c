"""From a name to the role and layer of a module, and its imports in both directions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from layercheck.commands.module_argument import NamedModules, find_named_modules
from layercheck.engine.build import open_project
from layercheck.model.imports import Import, ImportKind
from layercheck.model.module import Module

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layercheck.engine.options import CheckOptions
    from layercheck.engine.project_target import ProjectTarget
    from layercheck.project.project import Project
    from layercheck.project.suspect import Suspect


class Neighbour(msgspec.Struct, frozen=True):
    """A module that imports what was asked about, or that is imported by it."""

    module: Module
    kind: ImportKind
    """Of its imports, the one that binds most: what runs at import time before what may run later."""
    places: tuple[Import, ...]
    """All imports, in the order of paths and lines."""


class ModuleProfile(msgspec.Struct, frozen=True):
    """What is known of a module, or of a package with all that is in it."""

    named: NamedModules
    order: str
    """The layers in force, highest first."""
    allowed: tuple[str, ...]
    """The layers that a module may import; empty for a package, and for a module without a layer."""
    importers: tuple[Neighbour, ...]
    """Who imports it from outside, by name."""
    imports: tuple[Neighbour, ...]
    """What it imports outside, by name."""


def describe_named(target: ProjectTarget, options: CheckOptions, word: str) -> ModuleProfile:
    """Find what is known of a module or package. Raises UsageError for an unknown one."""
    project = open_project(target, options).project
    named = find_named_modules(project, word, target.root)
    inside = {module.path for module in named.modules}
    allowed: Sequence[str] = ()
    if not named.is_package and named.modules[0].layer is not None:
        module = named.modules[0]
        allowed = project.layers.allowed_from(named.modules[0].layer, project.present_layers(module.application))
    incoming = [each for each in project.suspects if each.imported.path in inside and each.importer.path not in inside]
    outgoing = [each for each in project.suspects if each.importer.path in inside and each.imported.path not in inside]
    return ModuleProfile(
        named=named,
        order=project.layers.order,
        allowed=tuple(allowed),
        importers=_find_neighbours(project, [(each, each.importer) for each in incoming]),
        imports=_find_neighbours(project, [(each, each.imported) for each in outgoing]),
    )


def _find_neighbours(project: Project, suspects: Sequence[tuple[Suspect, Module]]) -> tuple[Neighbour, ...]:
    """Confirm the possible imports, and gather the real ones by the module at the other end."""
    project.read_ahead(suspect for suspect, _ in suspects)
    found: dict[str, tuple[Module, list[Import]]] = {}
    for suspect, other in suspects:
        places = project.imports_between(*suspect, list(ImportKind))
        if places:
            found.setdefault(other.path, (other, []))[1].extend(places)
    order = list(ImportKind)
    neighbours = [
        Neighbour(
            module,
            min((place.kind for place in places), key=order.index),
            tuple(sorted(places, key=lambda place: place.location)),
        )
        for module, places in found.values()
    ]
    return tuple(sorted(neighbours, key=lambda each: (each.module.name, each.module.path)))
