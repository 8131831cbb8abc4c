"""A part: what is known of some files of a project, in one file that any machine writes with the same bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from layercheck.errors import PartError
from layercheck.facts.fact_cache import describe_meaning
from layercheck.facts.file_facts import FileFacts
from layercheck.model.fact import Fact
from layercheck.model.module_finding import ModuleFinding
from layercheck.regular_file import read_regular_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_FORMAT = "layercheck part"
_UNDECODABLE = (msgspec.DecodeError, UnicodeDecodeError)


class Reading(msgspec.Struct, frozen=True, array_like=True):
    """What one rule finds in a file, if the project says certain things of the module."""

    rule: int
    """The rule, by its place in the part."""
    name: int
    """The name of the module, by its place in the possible ones."""
    asked: tuple[tuple[str, str | None], ...] = ()
    """What else the rule asked of the module, and the answers for which this is true."""
    findings: tuple[ModuleFinding, ...] = ()
    facts: tuple[Fact, ...] = ()


class Readings(msgspec.Struct, frozen=True, array_like=True):
    """What the rules of a part find in one file, whatever the project makes of its module."""

    interested: tuple[int, ...] = ()
    """The rules that may find something by the text of the file; all others find nothing."""
    names: tuple[str, ...] = ()
    """The names that the module may have."""
    readings: tuple[Reading, ...] = ()


class FileEntry(msgspec.Struct, frozen=True, array_like=True):
    """One file of a part."""

    path: str
    """Relative to the project root."""
    facts: FileFacts | None
    """None where the file has to be read again: what is wrong with it depends on who reads it."""
    readings: Readings | None = None
    """None where the file has to be parsed again."""


class PartRule(msgspec.Struct, frozen=True, array_like=True):
    """A rule that has looked at the files of a part."""

    code: str
    settings: bytes
    """The digest of its options."""


class Part(msgspec.Struct, frozen=True, array_like=True):
    """What is known of some files; their paths are sorted."""

    format: str
    version: str
    """What must be the same for the content to be understood; checked before that is decoded."""
    rules: tuple[PartRule, ...]
    entries: tuple[FileEntry, ...]


class _Head(msgspec.Struct, array_like=True):
    """The beginning of a part, to which any later version keeps."""

    format: str
    version: str


def encode_part(rules: tuple[PartRule, ...], entries: Iterator[FileEntry]) -> bytes:
    """Write a part."""
    kept = tuple(entry if _can_be_kept(entry) else FileEntry(entry.path, None) for entry in entries)
    return msgspec.msgpack.encode(Part(_FORMAT, describe_meaning(), rules, kept))


def read_part(path: Path) -> Part:
    """Read a part. Raises PartError, which says what is wrong with it and what to do."""
    try:
        data = read_regular_file(path)
    except OSError as error:
        raise PartError(f"{path}: cannot be read: {error.strerror or error}") from error
    try:
        head = msgspec.msgpack.decode(data, type=_Head)
        is_part = head.format == _FORMAT
    except _UNDECODABLE:
        is_part = False
    else:
        if is_part and head.version != describe_meaning():
            raise PartError(
                f"{path}: was made by layercheck {head.version}, and this is {describe_meaning()}: make all parts again"
                " with this version"
            )
    try:
        part = msgspec.msgpack.decode(data, type=Part) if is_part else None
    except _UNDECODABLE as error:
        raise PartError(f"{path}: is damaged ({error}): make it again with `layercheck facts`") from error
    if part is None:
        raise PartError(f"{path}: is not a part: parts are made with `layercheck facts`")
    _require_sense(path, part)
    return part


def _can_be_kept(entry: FileEntry) -> bool:
    try:
        msgspec.msgpack.encode(entry)
    except UnicodeEncodeError:
        return False  # a lone surrogate in a string of the file
    return True


def _require_sense(path: Path, part: Part) -> None:
    """Raise PartError if numbers in a part refer to nothing."""
    for entry in part.entries:
        found = entry.readings or Readings()
        pointers = [(at, part.rules) for at in (*found.interested, *(each.rule for each in found.readings))]
        for at, among in (*pointers, *((each.name, found.names) for each in found.readings)):
            if not 0 <= at < len(among):
                raise PartError(f"{path}: is damaged (there is no entry {at}): make it again with `layercheck facts`")
