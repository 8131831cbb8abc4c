"""Following a check that takes long: how far it has come, and how to end it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from layercheck.files.discovery import Discovery
    from layercheck.files.file_source import FactCache, FileSource


class CheckCancelled(BaseException):
    """Somebody does not want to wait for the end of a check; no rule may catch this."""


class Watch:
    """Is written by the thread that checks and read by the one that waits; the other way round for cancelling."""

    def __init__(self) -> None:
        self.is_cancelled = False
        self.files = 0
        """How many files there are, as far as the check knows."""
        self.read: set[str] = set()
        """Those that were read so far."""

    def begin(self) -> None:
        """Forget the check before."""
        self.is_cancelled, self.files, self.read = False, 0, set()

    def note(self, path: str) -> None:
        """Note that a file is read. Raises CheckCancelled."""
        if self.is_cancelled:
            raise CheckCancelled
        self.read.add(path)


class WatchedSource:
    """A source that tells a watch what is read; to read is what every long check does all the time."""

    def __init__(self, base: FileSource, watch: Watch) -> None:
        self._base = base
        self._watch = watch
        self.cache: FactCache = base.cache

    def discover(self, exclude: Sequence[str]) -> Discovery:
        """Find the files, and count them."""
        found = self._base.discover(exclude)
        self._watch.files = len(found.files)
        return found

    def read(self, path: str) -> bytes:
        """Read the content of a file. Raises OSError and CheckCancelled."""
        self._watch.note(path)
        return self._base.read(path)

    def index_fingerprint(self, paths: Collection[str]) -> str:
        """Ask whoever knows the files."""
        return self._base.index_fingerprint(paths)

    def tracked(self, paths: Collection[str]) -> frozenset[str]:
        """Ask whoever knows the files."""
        return self._base.tracked(paths)
