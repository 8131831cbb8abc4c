"""The files of a project as they lie in a work tree of git, for a comparison with what git keeps."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from layercheck.files.file_source import DiskSource

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from layercheck.files.discovery import Discovery


class WorkTree(DiskSource):
    """The disk, without submodules and other repositories inside this one: no commit of ours holds their files."""

    def __init__(self, root: Path, cache_folder: Path | None = None) -> None:
        super().__init__(root, cache_folder)
        self._top = root

    def discover(self, exclude: Sequence[str]) -> Discovery:
        """Walk over the folders, and leave out what belongs to other repositories."""
        found = super().discover(exclude)
        folders = {*_folders_above(found.files), *found.unreadable}
        others = tuple(f"{folder}/" for folder in folders if self._is_other(folder))
        if not others:
            return found
        return found._replace(
            files={path: signature for path, signature in found.files.items() if not path.startswith(others)},
            unreadable={path: why for path, why in found.unreadable.items() if not f"{path}/".startswith(others)},
            baselines=tuple(path for path in found.baselines if not path.startswith(others)),
            project_files=tuple(path for path in found.project_files if not path.startswith(others)),
        )

    def _is_other(self, folder: str) -> bool:
        return os.path.lexists(self._top / folder / ".git")


def _folders_above(paths: Iterable[str]) -> set[str]:
    """Collect the folders above files, without the root."""
    folders: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in folders:
            folders.add(folder)
            folder = folder.rpartition("/")[0]
    return folders
