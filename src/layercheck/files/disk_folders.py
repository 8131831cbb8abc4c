"""The folders of a disk as the walk needs to see them; nothing in them is opened but `.gitignore` files."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from layercheck.atomic_file import is_inside
from layercheck.facts.signature import Signature
from layercheck.files.discovery import (
    BASELINE_NAME,
    DEAD_LINK,
    FOREIGN_FOLDERS,
    SUFFIXES,
    Looks,
    may_hold_modules,
)
from layercheck.files.git.index import TrackedFiles
from layercheck.files.ignore_rules import IgnoreRules, folders_above
from layercheck.files.manifest_names import is_project_file
from layercheck.files.walk import walk
from layercheck.regular_file import LARGEST_FILE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from layercheck.files.discovery import Discovery

_DANGLING: dict[int | None, str] = {
    errno.ENOENT: DEAD_LINK,
    errno.ENOTDIR: DEAD_LINK,
    errno.ELOOP: "is a link that leads back to itself",
}


def discover(root: Path, *, below: str = "", exclude: Sequence[str] = ()) -> Discovery:
    """Find the files of the project at `root` on disk, or only those below its folder `below`.

    Left out is, besides what no walk reads, what `exclude` names, and, unless git tracks it, what a `.gitignore` names.
    """
    folders = DiskFolders(root)
    rules = IgnoreRules.for_project(root, exclude)
    found = walk(folders, rules, below)
    looks = folders.looks
    found = found._replace(looks=looks._replace(files=(*looks.files, *rules.looked_for)))
    if folders.place is None:
        return found
    absent = (path for path in folders.tracked.list_not_checked_out() if _would_be_read(path, rules))
    return found._replace(place=folders.place, not_checked_out=tuple(absent))


class DiskFolders:
    """The folders of a project on disk; locations are absolute paths."""

    has_ignores = True

    def __init__(self, root: Path) -> None:
        self.root = os.fspath(root)
        self.tracked = TrackedFiles(root)
        above = folders_above(root)
        self._top = Path(self.root if not above else above[-1])
        """The top of the repository: links to project files outside of it are not followed."""
        place = None if above is None else root.parts[len(root.parts) - len(above) :]
        if place is None or not FOREIGN_FOLDERS.isdisjoint(place):
            # An installed package belongs to no repository, though its environment may lie in one.
            above, place = None, None
        self.above = [os.fspath(folder) for folder in above or ()]
        self.place = None if place is None else "/".join(place)
        """The project root as seen from the top of its repository; None: it is in none."""
        self._listed: list[str] = []
        self._looked_for: list[str] = []

    @property
    def looks(self) -> Looks:
        """What was looked at so far."""
        return Looks(tuple(self._listed), tuple(self._looked_for))

    def entries(self, location: str) -> Iterable[os.DirEntry[str]]:
        """List what a folder holds. Raises OSError."""
        self._listed.append(location)
        with os.scandir(location) as entries:
            found = list(entries)
        # What a link leads to comes and goes without a trace in the folder.
        self._looked_for += [entry.path for entry in found if entry.is_symlink()]
        return found

    def real(self, location: str) -> str:
        """Follow all links on the way to a location."""
        return os.path.realpath(location)

    def is_inside(self, entry: os.DirEntry[str]) -> bool:
        """Return whether a link leads to something in the repository."""
        return is_inside(self._top, Path(entry.path))

    def has_file(self, location: str) -> bool:
        """Return whether a file stands at a location."""
        self._looked_for.append(location)
        return os.path.isfile(location)  # noqa: PTH113  (half the time of Path)

    def sign(self, entry: os.DirEntry[str]) -> Signature | str:
        """Stat a file, or say why it cannot be read."""
        try:
            status = entry.stat()
        except OSError as error:
            is_dangling = entry.is_symlink() and error.errno in _DANGLING
            return _DANGLING[error.errno] if is_dangling else f"cannot be read: {error.strerror}"
        if not stat.S_ISREG(status.st_mode):
            return "is not a regular file"
        if status.st_size > LARGEST_FILE:
            return f"is larger than {LARGEST_FILE >> 20} MB"
        return _signature(status)


def read_signature(path: Path) -> Signature:
    """Stat one file. Raises OSError."""
    return _signature(path.stat())


def _signature(status: os.stat_result) -> Signature:
    return Signature(status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)


def _would_be_read(path: str, ignores: IgnoreRules) -> bool:
    """Return whether the walk would take a tracked file, were it on disk."""
    *folders, name = path.split("/")
    above = ["/".join(folders[:depth]) for depth in range(1, len(folders) + 1)]
    if not all(map(may_hold_modules, folders)) or any(
        ignores.excludes(each) for each in (*(f"{f}/" for f in above), path)
    ):
        return False
    return name.endswith(SUFFIXES) or name == BASELINE_NAME or is_project_file("/".join(folders), name)
