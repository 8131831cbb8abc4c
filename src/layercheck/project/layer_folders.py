"""Layers by folder: the rings of a hexagon contain modules of many roles."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from layercheck.project.roles import RoleNames

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class LayerByFolder(NamedTuple):
    """The layer of a file, and what says so."""

    layer: str
    evidence: str
    """In words."""


class LayerFolders:
    """The names of folders, and of files, that tell layers."""

    def __init__(self, names: Mapping[str, Sequence[str]]) -> None:
        """Take `names`: layer → the names of its folders."""
        self._layers = frozenset(names)
        self._names = RoleNames(names)

    def __bool__(self) -> bool:
        return bool(self._layers)

    def find_folder(self, inside: str) -> str:
        """Find the folder that decides the layer of a file, by the path of the file; empty where none does."""
        folders = inside.split("/")[:-1]
        at = next((at for at, name in enumerate(folders) if self._names.of_folder(name) is not None), None)
        return "" if at is None else "/".join(folders[: at + 1])

    def find(self, inside: str) -> LayerByFolder | None:
        """Find the layer of a file, by its path below the folder of its application: the outermost name decides."""
        folder = self.find_folder(inside).rpartition("/")[2]
        layer = self._names.of_folder(folder) if folder else None
        if layer is not None:
            return LayerByFolder(layer, f"it lies in the folder `{folder}/`")
        file = inside.rpartition("/")[2]
        layer = self._names.of_stem(file.rpartition(".")[0])
        return LayerByFolder(layer, f"the name `{file}` says so") if layer in self._layers else None
