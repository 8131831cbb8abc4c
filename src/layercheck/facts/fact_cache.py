"""What earlier runs knew, in one file: facts by path and content, and the last report."""

from __future__ import annotations

import functools
import os
import sys
from typing import TYPE_CHECKING, TypeVar

import msgspec

from layercheck.facts.cache_folder import is_older, prepare_folder
from layercheck.facts.file_facts import FileFacts, digest_of
from layercheck.facts.sealed_file import read_sealed, write_sealed
from layercheck.version import describe_code

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from layercheck.facts.signature import Signature

_FILE_NAME = "facts.msgpack"
_ASSEMBLY_NAME = "assembly.msgpack"
"""Beside the facts, as most runs have no use for it."""
# Counts up when the facts change their meaning without changing their shape.
_FACTS = 8


# What can be read, and how an error in it is described, also depends on the Python that reads.
@functools.cache
def describe_version() -> str:
    """Give what a cache must have been written by to be believed; in a checkout that takes a look at all of its files."""
    return f"{describe_code()} {_FACTS} {sys.implementation.cache_tag}"


@functools.cache
def describe_meaning() -> str:
    """Give what decides on what facts mean, whatever the machine and the Python."""
    return f"{describe_code(by_content=True)} {_FACTS}"


_Report = TypeVar("_Report", bound=msgspec.Struct)


class _Content(msgspec.Struct, array_like=True):
    version: str
    written_ns: int
    signatures: msgspec.Raw
    facts: msgspec.Raw
    report_key: str
    report: msgspec.Raw
    assembly: bytes
    """The digest of what was put together of these facts; empty where nothing was kept."""


# Paths are kept as bytes: they need not be valid text.
_Signatures = list[tuple[bytes, int, int, int, int]]


class Cache:
    """The cache of one project. Everything about it may fail without harm: then all is read anew.

    Used again for the next check of the same process, it also spares that one the decoding.
    """

    def __init__(self, folder: Path | None) -> None:
        """Use `folder`; None for no cache at all."""
        self._folder = folder
        self._content = _read(folder / _FILE_NAME) if folder is not None else None
        self._facts: list[FileFacts] | None = None
        """The facts of the content, where this process wrote it."""
        self._known: dict[str, FileFacts] = {}
        self._make_assembly: Callable[[], msgspec.Struct] | None = None

    def is_current(self, files: dict[str, Signature]) -> bool:
        """Tell whether these are the files of the last run, and surely none of them has changed since."""
        content = self._content
        return (
            content is not None
            and is_older(files.values(), content.written_ns)
            and bytes(content.signatures) == msgspec.msgpack.encode(_pack(files))
        )

    def report(self, key: str, kind: type[_Report]) -> _Report | None:
        """Return the last report if it was made with `key` and is of its `kind`."""
        content = self._content
        if content is None or content.report_key != key:
            return None
        try:
            return msgspec.msgpack.decode(content.report, type=kind)
        except msgspec.DecodeError:
            return None

    def known(self, files: dict[str, Signature]) -> tuple[dict[str, FileFacts], frozenset[str]]:
        """Return the facts by path, and the paths whose files have surely not changed since."""
        content = self._content
        if content is None:
            return {}, frozenset()
        try:
            signatures = msgspec.msgpack.decode(content.signatures, type=_Signatures)
            facts = self._facts or msgspec.msgpack.decode(content.facts, type=list[FileFacts])
        except msgspec.DecodeError:
            return {}, frozenset()
        known, unchanged = {}, set()
        for (raw_path, *numbers), file_facts in zip(signatures, facts, strict=False):
            path = os.fsdecode(raw_path)
            known[path] = file_facts
            now = files.get(path)
            # What could not be read may be readable now: permissions and disks come and go without a trace in the file.
            if file_facts.digest and now is not None and now == tuple(numbers) and is_older((now,), content.written_ns):
                unchanged.add(path)
        self._known = known
        return known, frozenset(unchanged)

    def assembly(self, kind: type[_Report]) -> _Report | None:
        """Return what an earlier run put together of the facts that `known` gives."""
        if self._content is None or self._folder is None or not self._content.assembly:
            return None
        try:
            data = read_sealed(self._folder / _ASSEMBLY_NAME)
            is_ours = data is not None and digest_of(data) == self._content.assembly
            return msgspec.msgpack.decode(data, type=kind) if is_ours and data is not None else None
        except msgspec.DecodeError:
            return None

    def keep_assembly(self, make: Callable[[], msgspec.Struct]) -> None:
        """Have `write` keep what `make` gives, which follows from the facts that it is going to be given."""
        self._make_assembly = make

    def write(
        self,
        files: dict[str, Signature],
        facts: dict[str, FileFacts],
        key: str,
        report: msgspec.Struct,
        started_ns: int,
    ) -> None:
        """Replace the cache; `started_ns` is when the files began to be read. A folder that refuses is left alone."""
        if self._folder is None:
            return
        encode = msgspec.msgpack.encode
        try:
            prepare_folder(self._folder)
            content = _Content(
                version=describe_version(),
                written_ns=started_ns,
                signatures=msgspec.Raw(encode(_pack(files))),
                facts=msgspec.Raw(encode([facts[path] for path in files])),
                report_key=key if are_all_read(facts) else "",
                report=msgspec.Raw(encode(report)),
                assembly=self._write_assembly(self._folder, files, facts),
            )
            self._known = {path: facts[path] for path in files}
            self._content, self._facts = content, list(self._known.values())
            write_sealed(self._folder / _FILE_NAME, encode(content))
        except (OSError, UnicodeEncodeError):
            # Lone surrogates, in the name of a file or a string in it, cannot be kept: such a project is read anew.
            return

    def _write_assembly(self, folder: Path, files: dict[str, Signature], facts: dict[str, FileFacts]) -> bytes:
        """Keep what was put together in this run, or what an earlier one has put together of the same; return its digest."""
        make, self._make_assembly = self._make_assembly, None
        assembly = None if make is None else make()
        if assembly is not None:
            data = msgspec.msgpack.encode(assembly)
            write_sealed(folder / _ASSEMBLY_NAME, data)
            return digest_of(data)
        is_same = list(files) == list(self._known) and all(
            facts[path] is then or _assembles_like(facts[path], then) for path, then in self._known.items()
        )
        return self._content.assembly if is_same and self._content is not None else b""


def _assembles_like(now: FileFacts, then: FileFacts) -> bool:
    is_known = then.chains.items() <= now.chains.items()
    return is_known and (now.scan, now.outline) == (then.scan, then.outline)


def are_all_read(facts: Mapping[str, FileFacts]) -> bool:
    """Tell whether all files could be read: what could not may be readable next time, without a trace in the file."""
    return all(each.digest for each in facts.values())


def _read(path: Path) -> _Content | None:
    try:
        data = read_sealed(path)
        content = None if data is None else msgspec.msgpack.decode(data, type=_Content)
    except msgspec.DecodeError:
        return None
    return content if content is not None and content.version == describe_version() else None


def _pack(files: dict[str, Signature]) -> list[tuple[bytes, int, int, int, int]]:
    return [(os.fsencode(path), *signature) for path, signature in files.items()]
