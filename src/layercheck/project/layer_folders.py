"""Layers that go by folders: the rings of a hexagon hold modules of many roles."""

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

    def layer_of_folder(self, name: str) -> str | None:
        """Give the layer that the name of a folder tells."""
        return self._names.of_folder(name)

    def find(self, inside: str) -> LayerByFolder | None:
        """Find the layer of a file, by its path below the folder of its application: the outermost name decides."""
        *folders, file = inside.split("/")
        for folder in folders:
            layer = self._names.of_folder(folder)
            if layer is not None:
                return LayerByFolder(layer, f"it lies in the folder `{folder}/`")
        layer = self._names.of_stem(file.rpartition(".")[0])
        return LayerByFolder(layer, f"the name `{file}` says so") if layer in self._layers else None
