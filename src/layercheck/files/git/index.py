"""Which files are under version control: a glance at git's index, and git itself only where the glance says "perhaps".

Most projects track neither environments nor secrets, and to find that out costs no process.
"""

from __future__ import annotations

import os
import re
from functools import cached_property
from typing import TYPE_CHECKING

from layercheck.errors import HistoryError
from layercheck.files.git.settings import git_folder
from layercheck.files.ignore_rules import find_top
from layercheck.regular_file import read_regular_file

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

_SIGNATURE = b"DIRC"
# From version 4 on, a name is written as its difference from the one before.
_PLAIN_VERSIONS = (2, 3)
_VERSION = slice(4, 8)
_UNMARKED_VERSION = 2
# A split index keeps most names in another file.
_SPLIT = b"link"
_NAME_LENGTH = 0xFFF


def read_fingerprint(root: Path, paths: Collection[str]) -> str:
    """Find which of `paths` (relative to `root`) the index may hold; where it cannot be read so, when it was written."""
    top = find_top(root) if paths else None
    if top is None:
        return ""
    index = git_folder(top) / "index"
    try:
        data = read_regular_file(index)
        status = index.stat()
    except OSError:
        return ""
    if not _is_plain(data):
        return f"written {status.st_mtime_ns} {status.st_size}"
    way = _way_down(top, root)
    return ascii(sorted(path for path in paths if os.fsencode(f"{way}{path}") + b"\0" in data))


def find_tracked(root: Path, paths: Collection[str]) -> frozenset[str]:
    """Find those of `paths` that git keeps; none where there is no repository, or no git."""
    if read_fingerprint(root, paths) in {"", "[]"}:
        return frozenset()
    return _ask_git(root, paths)


class TrackedFiles:
    """What git tracks of a project; the index is read once, when it is asked for first."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._top = find_top(root)

    def has(self, path: str) -> bool:
        """Return whether a file, or a link, is tracked."""
        return self._is_found(re.escape(os.fsencode(path)), path)

    def has_any_in(self, folder: str) -> bool:
        """Return whether anything at any depth in a folder is tracked."""
        return self._is_found(re.escape(os.fsencode(f"{folder}/")) + rb"[^\0]*", folder)

    def list_not_checked_out(self) -> list[str]:
        """List the files that git marks as not checked out (sparse checkout) and that are not on disk."""
        index = self._index
        # Only later versions can mark files so; no process where there is nothing to ask.
        if not index.startswith(_SIGNATURE) or int.from_bytes(index[_VERSION], "big") <= _UNMARKED_VERSION:
            return []
        from layercheck.files.git.runner import Repository  # noqa: PLC0415  (see below)

        try:
            skipped = Repository(self._root, "").skipped_files()
        except HistoryError:
            return []
        return sorted(path for path in skipped if not os.path.lexists(self._root / path))

    @cached_property
    def _index(self) -> bytes:
        """The bytes of the index; none where there is no repository."""
        if self._top is None:
            return b""
        try:
            return read_regular_file(git_folder(self._top) / "index")
        except OSError:
            return b""

    @cached_property
    def _is_plain(self) -> bool:
        return _is_plain(self._index)

    def _is_found(self, pattern: bytes, asked: str) -> bool:
        if self._top is None or not self._index:
            return False
        if not self._is_plain:
            return bool(_ask_git(self._root, [asked]))
        way = os.fsencode(_way_down(self._top, self._root))
        # The two bytes before a name hold its length: what only ends like it has another one.
        return any(
            int.from_bytes(self._index[match.start() - 2 : match.start()], "big") & _NAME_LENGTH
            == min(len(match[0]) - 1, _NAME_LENGTH)
            for match in re.finditer(re.escape(way) + pattern + rb"\0", self._index)
        )


def _ask_git(root: Path, paths: Collection[str]) -> frozenset[str]:
    # With it come the processes, which hardly any run needs.
    from layercheck.files.git.runner import Repository  # noqa: PLC0415

    try:
        return Repository(root, "").tracked_files(paths)
    except HistoryError:
        return frozenset()


def _way_down(top: Path, root: Path) -> str:
    return "" if top == root else f"{root.relative_to(top).as_posix()}/"


def _is_plain(data: bytes) -> bool:
    return (
        data.startswith(_SIGNATURE) and int.from_bytes(data[_VERSION], "big") in _PLAIN_VERSIONS and _SPLIT not in data
    )
