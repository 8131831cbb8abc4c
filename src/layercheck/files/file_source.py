"""Where the files of a project are kept: the interface of a disk and of a commit."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Protocol, TypeVar

import msgspec

from layercheck.facts.fact_cache import Cache
from layercheck.files.disk_folders import discover
from layercheck.files.git.index import find_tracked, read_fingerprint
from layercheck.regular_file import read_regular_file

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from pathlib import Path

    from layercheck.facts.file_facts import FileFacts
    from layercheck.facts.signature import Signature
    from layercheck.files.discovery import Discovery

_Report = TypeVar("_Report", bound=msgspec.Struct)


class FactCache(Protocol):
    """What earlier runs knew of the files of one source."""

    def is_current(self, files: dict[str, Signature]) -> bool:
        """Return whether these are the files of the last run, and surely none of them has changed since."""

    def report(self, key: str, kind: type[_Report]) -> _Report | None:
        """Return the last report if it was made with `key` and is of its `kind`."""

    def known(self, files: dict[str, Signature]) -> tuple[dict[str, FileFacts], frozenset[str]]:
        """Return the facts by path, and the paths whose files have surely not changed since."""

    def assembly(self, kind: type[_Report]) -> _Report | None:
        """Return what an earlier run put together of the facts that `known` gives."""

    def keep_assembly(self, make: Callable[[], msgspec.Struct]) -> None:
        """Have `write` keep what `make` gives, which follows from the facts that it is going to be given."""

    def write(
        self,
        files: dict[str, Signature],
        facts: dict[str, FileFacts],
        key: str,
        report: msgspec.Struct,
        started_ns: int,
    ) -> None:
        """Remember what is known now; never fails."""


class FileSource(Protocol):
    """The files of one project; paths are POSIX, relative to its root."""

    @property
    def cache(self) -> FactCache:
        """What is known of these files already; to be asked after `discover`."""

    def discover(self, exclude: Sequence[str]) -> Discovery:
        """Find the Python files, without those that `exclude` (.gitignore syntax) and `.gitignore` files leave out."""

    def read(self, path: str) -> bytes:
        """Read the content of a file. Raises OSError."""

    def index_fingerprint(self, paths: Collection[str]) -> str:
        """Summarise what git's index seems to hold of some files; as long as this is the same, so is `tracked`."""

    def tracked(self, paths: Collection[str]) -> frozenset[str]:
        """Find those of some files that are under version control; none where there is no git to be asked."""


class DiskSource:
    """The files as they lie on disk."""

    def __init__(self, root: Path, cache_folder: Path | None = None) -> None:
        """Read below `root`; without a folder there is no cache."""
        self._root = root
        self.cache: FactCache = Cache(cache_folder)

    def discover(self, exclude: Sequence[str]) -> Discovery:
        """Walk over the folders."""
        return discover(self._root, exclude=exclude)

    def read(self, path: str) -> bytes:
        """Read the content of a file. Raises OSError."""
        place = f"{self._root}/{path}"
        if path.startswith("../"):
            # Above a root that is a link, the walk has looked where the link is.
            place = os.path.normpath(place)
        return read_regular_file(place)

    def index_fingerprint(self, paths: Collection[str]) -> str:
        """Look for the names in the bytes of the index."""
        return read_fingerprint(self._root, paths)

    def tracked(self, paths: Collection[str]) -> frozenset[str]:
        """Ask git, if there is a chance that it says yes."""
        return find_tracked(self._root, paths)
