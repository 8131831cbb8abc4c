"""Imports of a module whose role is only likely that say more against the role than against the import."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from layercheck import Certainty, Kind, is_above
from layercheck.rules.packages import is_package_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from layercheck import Folder, Import, Module, Project

_ENOUGH = 2
_SHARED = 0.5
"""So many importers of lower layers, for each of its own layer and above, make a module shared."""
_BY_CONTENTS = "defines "
"""How the evidence begins of a role that the contents of a module tell."""
_LIGHT = frozenset({Kind.ENUM, Kind.CONSTANT, Kind.TYPE, Kind.EXCEPTION, Kind.SCHEMA, Kind.HELPER})
"""What says nothing of a layer: shapes, names and helpers."""


def find_shared(project: Project) -> set[str]:
    """Find the modules whose role is only likely, and that modules of lower layers import as a matter of course."""
    below: Counter[str] = Counter()
    above: Counter[str] = Counter()
    layers = project.layers
    for importer, imported in project.suspects:
        if imported.layer_certainty is Certainty.LIKELY and imported.application == importer.application:
            if layers.is_above(imported.layer, importer.layer):
                below[imported.path] += 1
            elif importer.layer in layers.rank:
                above[imported.path] += 1
    return {path for path, many in below.items() if many >= _ENOUGH and many >= _SHARED * above[path]}


def takes_only_light(project: Project, importer: Module, imported: Module, places: Iterable[Import]) -> bool:
    """Tell whether nothing is taken from a module whose role is only likely but shapes, constants and helpers."""
    if imported.layer_certainty is not Certainty.LIKELY:
        return False
    names = [place.names for place in places]
    if not all(names):
        return False
    wanted = [(f"{imported.name}.{name}", importer.path) for taken in names for name in taken]
    project.kinds.read_ahead(wanted)
    return all(project.kinds.of(name, seen_from=path) in _LIGHT for name, path in wanted)


def is_neighbour(project: Project, importer: Module, imported: Module) -> bool:
    """Tell whether two modules lie in one folder of the imported one's layer, and nothing but a name parts them.

    A package imports the modules in it to pass them on.
    """
    if is_package_of(importer, imported):
        return importer.layer_certainty is Certainty.LIKELY
    if importer.placed or importer.evidence.startswith(_BY_CONTENTS) or project.layers.modules:
        return False
    folder: Folder | None = project.folder_at[importer.path.rpartition("/")[0]]
    while folder is not None and folder.path != (importer.application or ""):
        if folder.role == imported.layer:
            return is_above(folder.path, imported.path)
        folder = folder.parent
    return False
