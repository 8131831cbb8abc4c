"""Imports of a module whose role is only likely that say more against the role than against the import."""

from __future__ import annotations

from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING

from layercheck import Certainty, Kind, is_above
from layercheck.rules.packages import is_package_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from layercheck import Folder, Import, Module, Project, Suspect

_ENOUGH = 2
_SHARED = 0.5
"""So many importers of lower layers, for each of its own layer and above, make a module shared."""
_BY_CONTENTS = "defines "
"""How the evidence begins of a role that the contents of a module tell."""
_BY_FOLDER = "the folder "
"""How it begins of a role that nothing but the folder around a module tells."""
_LIGHT = frozenset({Kind.ENUM, Kind.CONSTANT, Kind.TYPE, Kind.EXCEPTION, Kind.SCHEMA, Kind.HELPER})
"""What says nothing of a layer: shapes, names and helpers."""


def find_shared(project: Project) -> set[str]:
    """Find the modules whose role is only likely, and that modules of lower layers import as a matter of course."""
    places = Counter(chain.from_iterable(project.derive_by_importer(_place_importers).values()))
    return {
        path
        for (path, is_below), many in places.items()
        if is_below and many >= _ENOUGH and many >= _SHARED * places[path, False]
    }


def _place_importers(project: Project, suspects: Sequence[Suspect]) -> list[tuple[str, bool]]:
    """Tell of each likely module that a module of the order may import whether it is of a higher layer, by its path."""
    layers, importer = project.layers, suspects[0].importer
    if importer.layer not in layers.rank:
        return []
    return [
        (imported.path, layers.is_above(imported.layer, importer.layer))
        for _, imported in suspects
        # Most have no role that is only likely.
        if imported.certainty is Certainty.LIKELY
        and imported.layer_certainty is Certainty.LIKELY
        and imported.application == importer.application
    ]


def takes_only_light(project: Project, importer: Module, imported: Module, places: Iterable[Import]) -> bool:
    """Return whether nothing is taken from a module whose role is only likely but shapes, constants and helpers."""
    if imported.layer_certainty is not Certainty.LIKELY:
        return False
    names = [place.names for place in places]
    if not all(names):
        return False
    wanted = [(f"{imported.name}.{name}", importer.path) for taken in names for name in taken]
    project.kinds.read_ahead(wanted)
    return all(project.kinds.of(name, seen_from=path) in _LIGHT for name, path in wanted)


def is_neighbour(project: Project, importer: Module, imported: Module) -> bool:
    """Return whether two modules lie in one folder of the imported one's layer, and nothing but a name parts them.

    A package imports the modules in it to pass them on.
    """
    if is_package_of(importer, imported):
        return importer.layer_certainty is Certainty.LIKELY
    if importer.placed or importer.evidence.startswith(_BY_CONTENTS) or project.layers.modules:
        return False
    return _lies_in_folder_of(project, importer, imported)


def is_by_contents_alone(module: Module) -> bool:
    """Return whether a role rests on what a module defines alone, which may be more than that."""
    is_likely = module.layer_certainty is Certainty.LIKELY
    return is_likely and module.evidence.startswith(_BY_CONTENTS) and module.named is None


def is_beside(project: Project, importer: Module, imported: Module) -> bool:
    """Return whether nothing but a folder, in which both modules lie, makes the imported one one of its layer."""
    return imported.evidence.startswith(_BY_FOLDER) and _lies_in_folder_of(project, importer, imported)


def _lies_in_folder_of(project: Project, importer: Module, imported: Module) -> bool:
    """Return whether a module lies in the same folder of the layer of the imported one as this."""
    folder: Folder | None = project.folder_at[importer.path.rpartition("/")[0]]
    while folder is not None and folder.path != (importer.application or ""):
        if folder.role == imported.layer:
            return is_above(folder.path, imported.path)
        folder = folder.parent
    return False
