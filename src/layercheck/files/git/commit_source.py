"""The files of a project as a commit holds them: nothing is checked out, the contents come straight from git."""

from __future__ import annotations

import functools
import posixpath
from functools import cached_property
from typing import TYPE_CHECKING

from layercheck.facts.blob_cache import CommitCache
from layercheck.facts.signature import Signature
from layercheck.files.discovery import DEAD_LINK
from layercheck.files.ignore_rules import IgnoreRules
from layercheck.files.walk import walk

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from layercheck.facts.blob_cache import BlobCache
    from layercheck.facts.file_facts import FileFacts
    from layercheck.files.discovery import Discovery
    from layercheck.files.git.commit_tree import CommitTree
    from layercheck.files.git.runner import BlobReader

_UNSIGNED = Signature(0, 0, 0, 0)
"""A commit has no times, and the ids of its blobs show whether anything changed."""


class CommitSource:
    """The files below one folder of a commit; a source like the disk (`FileSource`)."""

    def __init__(
        self,
        tree: CommitTree,
        root: str,
        reader: BlobReader,
        cache: BlobCache,
        hints: Mapping[str, FileFacts] | None = None,
        *,
        left_out: Collection[str] = (),
    ) -> None:
        """`root` is the project root as seen from the top of the repository.

        `hints` are facts of files elsewhere, by path: a content that is the same as there need not be scanned.
        `left_out` are files, as seen from the top, that the other side of a comparison has not checked out.
        """
        self._tree = tree
        self._root = root
        self._left_out = frozenset(left_out)
        self._reader = reader
        self._discoveries: dict[tuple[str, ...], Discovery] = {}
        self.find_blob = functools.cache(self._find_blob)
        """Finds the id of the content of a file by its path. Raises FileNotFoundError."""
        self.cache = CommitCache(self.find_blob, cache, hints or {})

    def discover(self, exclude: Sequence[str]) -> Discovery:
        """Walk over the folders of the commit, once, as they never change."""
        key = tuple(exclude)
        if key not in self._discoveries:
            self._discoveries[key] = self._walk(key)
        return self._discoveries[key]

    def _walk(self, exclude: Sequence[str]) -> Discovery:
        # Everything in a commit is tracked, so no `.gitignore` has a say.
        found = walk(_CommitFolders(self._tree, self._root, self._left_out), IgnoreRules.below((), exclude))
        return found._replace(
            baselines=tuple(path for path in found.baselines if self._find(path) is not None),
            place=self._root,
            not_checked_out=tuple(sorted(self._left_out)),
        )

    def _find_blob(self, path: str) -> str:
        real = self._find(path)
        if real is None:
            raise FileNotFoundError(path)
        return self._tree.files[real].blob

    def read(self, path: str) -> bytes:
        """Read the content of a file. Raises FileNotFoundError, and HistoryError where this clone lacks it."""
        return self._reader.read(self.find_blob(path))

    def index_fingerprint(self, paths: Collection[str]) -> str:
        """There is nothing to glance at: reports of commits are not kept."""
        return ascii(sorted(paths))

    def tracked(self, paths: Collection[str]) -> frozenset[str]:
        """Everything in a commit is under version control."""
        return frozenset(paths)

    def _find(self, path: str) -> str | None:
        """Find the file that a path below the project root leads to."""
        place = posixpath.normpath(posixpath.join(self._root, path))
        # Most paths lead through no link.
        real = place if self._tree.is_regular(place) else self._tree.resolve(place)
        return real if real in self._tree.files else None


class _CommitEntry:
    """What a folder of a commit holds."""

    def __init__(self, tree: CommitTree, place: str) -> None:
        self.name = posixpath.basename(place)
        self._tree = tree
        self._place = place

    @cached_property
    def real(self) -> str | None:
        """Where it stands, links followed; None where they lead out of the repository, nowhere or in circles."""
        return self._tree.resolve(self._place) if self.is_symlink() else self._place

    @property
    def path(self) -> str:
        """Where the folder that it is can be listed."""
        return _locate(self.real or self._place)

    def is_dir(self) -> bool:
        """Return whether it is a folder."""
        return self.real is not None and self._tree.is_folder(self.real)

    def is_file(self) -> bool:
        """Return whether it is a file."""
        return self.real is not None and self.real in self._tree.files

    def is_symlink(self) -> bool:
        """Return whether it is a link."""
        return self._tree.is_link(self._place)


class _EverythingTracked:
    """What git tracks of a commit."""

    def has(self, _path: str) -> bool:
        """Everything is."""
        return True

    def has_any_in(self, _folder: str) -> bool:
        """Everything is."""
        return True


class _CommitFolders:
    """The folders of a commit as the walk needs to see them; a location is a path from the top, behind a slash."""

    has_ignores = False
    tracked = _EverythingTracked()

    def __init__(self, tree: CommitTree, root: str, left_out: Collection[str]) -> None:
        self.root = _locate(root)
        self.above = [_locate(folder) for folder in _folders_above(root)]
        self._tree = tree
        self._left_out = left_out

    def entries(self, location: str) -> Iterator[_CommitEntry]:
        """List what a folder holds."""
        folder = location[1:]
        places = (posixpath.join(folder, name) for name in self._tree.names_in(folder))
        return (_CommitEntry(self._tree, place) for place in places if place not in self._left_out)

    def real(self, location: str) -> str:
        """Locations of folders are without links already."""
        return location

    def is_inside(self, _entry: _CommitEntry) -> bool:
        """A link that leads out of the repository leads to no file of it."""
        return True

    def has_file(self, location: str) -> bool:
        """Return whether a file is at a location."""
        return location[1:] in self._tree.files

    def sign(self, entry: _CommitEntry) -> Signature | str:
        """Name a link that leads nowhere; all else can be read."""
        return _UNSIGNED if entry.is_file() else DEAD_LINK


def _locate(place: str) -> str:
    return f"/{place}"


def _folders_above(folder: str) -> Iterator[str]:
    while folder:
        folder = folder.rpartition("/")[0]
        yield folder
