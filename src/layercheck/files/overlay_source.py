"""The files of a project, some replaced by texts: those that an editor has not saved yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import msgspec

from layercheck.facts.signature import Signature
from layercheck.files.discovery import SUFFIXES
from layercheck.files.left_out import is_left_out

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from pathlib import Path

    from layercheck.facts.file_facts import FileFacts
    from layercheck.files.discovery import Discovery
    from layercheck.files.file_source import FactCache, FileSource

_Report = TypeVar("_Report", bound=msgspec.Struct)


class OverlaySource:
    """A source in which texts stand for files, or for files that are not there yet; none of them is ever written."""

    def __init__(self, root: Path, base: FileSource, texts: Mapping[str, bytes]) -> None:
        """`base` is read below `root`; `texts` are contents by path relative to it, and may change between checks."""
        self._root = root
        self._base = base
        self._texts = texts
        self.cache: FactCache = _OverlayCache(base.cache, texts)

    def discover(self, exclude: Sequence[str]) -> Discovery:
        """Find the files of the base, and among them those of the texts that it would find, were they written."""
        return self.lay_over(self._base.discover(exclude), exclude)

    def lay_over(self, found: Discovery, exclude: Sequence[str]) -> Discovery:
        """Put the texts in the place of files in what the base has found."""
        files = dict(found.files)
        for path, data in self._texts.items():
            if path in files:
                files[path] = files[path]._replace(size=len(data))
            elif path.endswith(SUFFIXES) and not is_left_out(self._root, path, exclude):
                files[path] = Signature(len(data), 0, 0, 0)
        return found._replace(
            files=dict(sorted(files.items())),
            unreadable={path: why for path, why in found.unreadable.items() if path not in files},
        )

    def read(self, path: str) -> bytes:
        """Read the text that stands for a file, else the file. Raises OSError."""
        text = self._texts.get(path)
        return self._base.read(path) if text is None else text

    def index_fingerprint(self, paths: Collection[str]) -> str:
        """Summarise what the index seems to hold: a text changes nothing in it."""
        return self._base.index_fingerprint(paths)

    def tracked(self, paths: Collection[str]) -> frozenset[str]:
        """Ask the source of the files."""
        return self._base.tracked(paths)


class _NoReport(msgspec.Struct):
    """Takes the place of a report, which would be about texts that are not on disk."""


class _OverlayCache:
    """The cache of the base, which learns of the files on disk and never of the texts."""

    def __init__(self, base: FactCache, texts: Mapping[str, bytes]) -> None:
        self._base = base
        self._texts = texts
        self._is_behind = False
        """Whether the base has still to learn of files on disk: then its last report is of no more use."""

    def is_current(self, files: dict[str, Signature]) -> bool:
        """Return whether these are the files of the last run, which had no texts."""
        return not self._texts and self._base.is_current(files)

    def report(self, key: str, kind: type[_Report]) -> _Report | None:
        """Return the last report: it holds as long as the texts change nothing that is known of the files."""
        return self._base.report(key, kind)

    def known(self, files: dict[str, Signature]) -> tuple[dict[str, FileFacts], frozenset[str]]:
        """Return the facts by path; what is known of a file need not be true of its text."""
        known, unchanged = self._base.known(files)
        self._is_behind = not files.keys() - self._texts.keys() <= unchanged
        return known, unchanged - self._texts.keys()

    def assembly(self, kind: type[_Report]) -> _Report | None:
        """Return what was put together of the files on disk, where there are no texts."""
        return None if self._texts else self._base.assembly(kind)

    def keep_assembly(self, make: Callable[[], msgspec.Struct]) -> None:
        """Keep what is made of files alone."""
        if not self._texts:
            self._base.keep_assembly(make)

    def write(
        self,
        files: dict[str, Signature],
        facts: dict[str, FileFacts],
        key: str,
        report: msgspec.Struct,
        started_ns: int,
    ) -> None:
        """Remember what is known of files, without a report: the one at hand is about the texts."""
        if not self._texts:
            self._base.write(files, facts, key, report, started_ns)
        elif self._is_behind:
            on_disk = {path: signature for path, signature in files.items() if path not in self._texts}
            self._base.write(on_disk, facts, "", _NoReport(), started_ns)
