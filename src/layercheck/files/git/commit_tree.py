"""The folders of a commit, as a walk over them needs to see them."""

from __future__ import annotations

import os
import posixpath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from layercheck.files.git.runner import TreeFile

_LINK = 0o120000
_MOST_LINKS = 40
"""So many links may lead on to each other, as for Linux; more go round in circles."""


class CommitTree:
    """Folders, files and links of a commit; paths are POSIX, from the top of the repository, which is `""`."""

    def __init__(self, files: Mapping[str, TreeFile], read: Callable[[str], bytes]) -> None:
        """`read` gives the content of a blob by its id."""
        self.files = files
        self._read = read
        self._folders: dict[str, dict[str, TreeFile | None]] = {"": {}}
        for path, file in files.items():
            folder, _, name = path.rpartition("/")
            self._make_folder(folder)[name] = file

    def names_in(self, folder: str) -> list[str]:
        """List what a folder holds."""
        return sorted(self._folders.get(folder, ()))

    def is_folder(self, path: str) -> bool:
        """Return whether a folder is there; a link to one is none."""
        return path in self._folders

    def is_regular(self, path: str) -> bool:
        """Return whether a file is there that is no link."""
        return path in self.files and not self.is_link(path)

    def is_link(self, path: str) -> bool:
        """Return whether a link is there."""
        file = self.files.get(path)
        return file is not None and file.mode == _LINK

    def read(self, path: str) -> bytes:
        """Read the content of a file of the commit."""
        return self._read(self.files[path].blob)

    def resolve(self, path: str) -> str | None:
        """Follow every link on the way to `path`; None where they lead out of the repository, nowhere or in circles."""
        hops = 0
        done, left = "", path.split("/") if path else []
        while left:
            name = left.pop(0)
            here = posixpath.normpath(posixpath.join(done, name))
            if here == ".." or here.startswith("../"):
                return None
            here = "" if here == "." else here
            if self.is_link(here):
                target = os.fsdecode(self.read(here))
                hops += 1
                if hops > _MOST_LINKS or target.startswith("/"):
                    return None
                left = [*target.split("/"), *left]
            else:
                done = here
        return done if done in self.files or done in self._folders else None

    def _make_folder(self, folder: str) -> dict[str, TreeFile | None]:
        found = self._folders.get(folder)
        if found is None:
            found = self._folders[folder] = {}
            parent, _, name = folder.rpartition("/")
            self._make_folder(parent)[name] = None
        return found
