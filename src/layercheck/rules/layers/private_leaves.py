"""Helpers that serve one feature, or the inside of one layer, and so are nobody else's leaf."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from layercheck import Folder, Module, Project

_SHARED = frozenset({"core", "common", "shared", "base", "lib", "libs"})
"""Folders of an application that are for all of it, whatever else they hold."""


def is_private(project: Project, leaf: Module) -> bool:
    """Tell whether a module of a leaf layer stands in a folder, below its application, that has layers of its own."""
    if project.layers.modules:
        return False  # a configuration that names modules means these
    root = leaf.application or ""
    folder: Folder | None = project.folder_at[leaf.path.rpartition("/")[0]]
    while folder is not None and folder.role == leaf.role:
        folder = folder.parent
    while folder is not None and folder.path != root:
        if folder.path in project.layered_folders and not _is_for_all(folder, root):
            return True
        folder = folder.parent
    return False


def leaf_folder(project: Project, leaf: Module) -> str:
    """Find the outermost folder of a leaf in which a module lies; the module itself where it lies in none."""
    folder: Folder | None = project.folder_at[leaf.path.rpartition("/")[0]]
    found = leaf.path
    while folder is not None and folder.path != (leaf.application or "") and folder.role == leaf.role:
        found, folder = folder.path, folder.parent
    return found


def _is_for_all(folder: Folder, root: str) -> bool:
    is_top = folder.parent is not None and folder.parent.path == root
    return is_top and folder.name in _SHARED and not folder.is_feature
