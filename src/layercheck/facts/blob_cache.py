"""What earlier comparisons knew of contents that git keeps, by the id of the blob; it never goes stale."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from layercheck.facts.cache_folder import prepare_folder
from layercheck.facts.fact_cache import describe_version
from layercheck.facts.file_facts import FileFacts
from layercheck.facts.file_kind import file_kind
from layercheck.facts.sealed_file import read_sealed, write_sealed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from layercheck.facts.signature import Signature

_FILE_NAME = "blobs.msgpack"
_MOST_RUNS = 8
"""How many runs that had no use for it an entry outlives: branches of different age are looked at in turn."""

_Key = tuple[str, bool, bool]
"""Blob id, and what the name of the file says of the meaning of its content."""


class _Entry(msgspec.Struct, array_like=True):
    key: _Key
    facts: FileFacts
    idle_runs: int = 0


class _Content(msgspec.Struct, array_like=True):
    version: str
    entries: list[_Entry]


class BlobCache:
    """Facts by blob. Everything about it may fail without harm: then all is read anew."""

    def __init__(self, folder: Path | None) -> None:
        """Use `folder`; None for no cache at all."""
        self._folder = folder
        found = _read(folder / _FILE_NAME) if folder is not None else []
        self._entries = {entry.key: entry for entry in found}
        self._used: set[_Key] = set()

    def find(self, path: str, blob: str) -> FileFacts | None:
        """Return what is known of a content under the name of `path`."""
        entry = self._entries.get(_key(path, blob))
        return entry.facts if entry else None

    def keep(self, path: str, blob: str, facts: FileFacts) -> None:
        """Remember what is known of a content."""
        key = _key(path, blob)
        self._used.add(key)
        self._entries[key] = _Entry(key, facts)

    def save(self) -> None:
        """Replace the file. A folder that refuses is left alone."""
        if self._folder is None:
            return
        kept = [
            _Entry(key, entry.facts, 0 if key in self._used else entry.idle_runs + 1)
            for key, entry in self._entries.items()
            if key in self._used or entry.idle_runs < _MOST_RUNS
        ]
        try:
            prepare_folder(self._folder)
            write_sealed(self._folder / _FILE_NAME, msgspec.msgpack.encode(_Content(describe_version(), kept)))
        except (OSError, UnicodeEncodeError):
            # As for the cache of the disk: lone surrogates cannot be kept.
            return


class CommitCache:
    """The cache of the files of one commit."""

    def __init__(self, find_blob: Callable[[str], str], cache: BlobCache, hints: Mapping[str, FileFacts]) -> None:
        """`find_blob` gives the id of a content by path; `hints` are facts of files that may hold the same."""
        self._find_blob = find_blob
        self._cache = cache
        self._hints = hints
        self.missed = 0
        """How many contents were not known."""

    def is_current(self, _files: dict[str, Signature]) -> bool:
        """There is no last run of one commit."""
        return False

    def report(self, _key: str, _kind: type[msgspec.Struct]) -> None:
        """Reports of commits are not kept."""

    def known(self, files: dict[str, Signature]) -> tuple[dict[str, FileFacts], frozenset[str]]:
        """Return the facts by path; a blob never changes."""
        found = {path: self._cache.find(path, self._find_blob(path)) for path in files}
        known = {path: facts for path, facts in found.items() if facts is not None}
        self.missed += len(found) - len(known)
        return {**self._hints, **known}, frozenset(known)

    def assembly(self, _kind: type[msgspec.Struct]) -> None:
        """What commits are put together to is not kept."""

    def keep_assembly(self, _make: Callable[[], msgspec.Struct]) -> None:
        """Keep nothing."""

    def write(
        self,
        files: dict[str, Signature],
        facts: dict[str, FileFacts],
        _key: str,
        _report: msgspec.Struct,
        _started_ns: int,
    ) -> None:
        """Remember the facts; `BlobCache.save` writes them."""
        for path in files:
            if facts[path].digest:
                self._cache.keep(path, self._find_blob(path), facts[path])


def _read(path: Path) -> list[_Entry]:
    try:
        data = read_sealed(path)
        content = None if data is None else msgspec.msgpack.decode(data, type=_Content)
    except msgspec.DecodeError:
        return []
    return content.entries if content is not None and content.version == describe_version() else []


def _key(path: str, blob: str) -> _Key:
    return (blob, *file_kind(path))
