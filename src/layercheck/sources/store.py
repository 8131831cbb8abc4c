"""All sources of a project: read once, known by content, parsed only when somebody asks."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, NamedTuple

from layercheck.errors import UnreadableSourceError
from layercheck.model.imports import FileImports
from layercheck.sources.facts import FileFacts, Unreadable, digest_of, scan_file
from layercheck.sources.imports import read_imports
from layercheck.sources.scan import Scan
from layercheck.suppressions import read_suppressions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from layercheck.suppressions import Suppression


class SourceStore:
    """The facts of every file; paths are POSIX, relative to the project root."""

    def __init__(self, root: Path, *, overlay: Mapping[str, bytes] | None = None) -> None:
        """Read below `root`; `overlay` holds texts that stand for a file's content on disk (an editor's buffer)."""
        self.root = root
        self._overlay = overlay or {}
        self.facts: dict[str, FileFacts] = {}
        self.parsed = 0
        """How many files were parsed so far."""

    def load(self, paths: Iterable[str], known: Mapping[str, FileFacts], unchanged: frozenset[str]) -> int:
        """Take in the facts of all `paths`; return how many had to be read.

        `known` holds what an earlier run knew by path; it is believed for `unchanged` paths, and for others where the
        content proves to be the same.
        """
        read = 0
        by_content: dict[tuple[bytes, _Nature], FileFacts] | None = None
        for path in paths:
            if path in unchanged and path not in self._overlay:
                self.facts[path] = known[path]
                continue
            read += 1
            try:
                data = self.read(path)
            except OSError as error:
                self.facts[path] = FileFacts(b"", Scan(()), Unreadable(_why(error)))
                continue
            if known:
                if by_content is None:
                    by_content = {(facts.digest, _nature(each)): facts for each, facts in known.items()}
                same = by_content.get((digest_of(data), _nature(path)))
                # A copy: what becomes of one file is nothing to another that happens to hold the same.
                self.facts[path] = scan_file(data) if same is None else copy.copy(same)
            else:
                self.facts[path] = scan_file(data)
        return read

    def read(self, path: str) -> bytes:
        """Read the content of a file. Raises OSError."""
        overlaid = self._overlay.get(path)
        return (self.root / path).read_bytes() if overlaid is None else overlaid

    def imports(self, path: str) -> FileImports:
        """Read exactly what a file imports; nothing where it cannot be read (`facts[path].unreadable` says why)."""
        facts = self.facts[path]
        if facts.imports is None and facts.unreadable is None:
            self.parsed += 1
            try:
                facts.imports = read_imports(self.read(path), **_nature(path)._asdict())
            except UnreadableSourceError as error:
                facts.unreadable = Unreadable(error.reason, error.line, error.column)
            except OSError as error:
                facts.digest, facts.unreadable = b"", Unreadable(_why(error))
        return facts.imports or FileImports()

    def suppressions(self, path: str) -> tuple[Suppression, ...]:
        """Read the suppression comments of a file."""
        facts = self.facts[path]
        if facts.suppressions is None:
            try:
                facts.suppressions = read_suppressions(self.read(path))
            except OSError:
                facts.suppressions = ()
        return facts.suppressions


class _Nature(NamedTuple):
    """What the name of a file says about the meaning of its content."""

    is_stub: bool
    is_package: bool


def _nature(path: str) -> _Nature:
    return _Nature(path.endswith(".pyi"), path.rpartition("/")[2].startswith("__init__."))


def _why(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "vanished while it was being read"
    return f"cannot be read: {error.strerror or error}"
