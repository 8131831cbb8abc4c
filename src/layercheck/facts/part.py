"""A part: what is known of some files of a project, in one file that any machine writes with the same bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from layercheck.errors import PartError
from layercheck.facts.fact_cache import describe_meaning
from layercheck.facts.file_facts import FileFacts, digest_of
from layercheck.model.examination import Fact, ModuleFinding
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
    """None where the file has to be read again: which error it has depends on the Python that reads it."""
    readings: Readings | None = None
    """None where the file has to be parsed again."""


class PartRule(msgspec.Struct, frozen=True, array_like=True):
    """A rule that has looked at the files of a part."""

    code: str
    settings: bytes
    """The digest of its options."""


class Part(msgspec.Struct, frozen=True, array_like=True):
    """What is known of some files; their paths are sorted."""

    rules: tuple[PartRule, ...]
    entries: tuple[FileEntry, ...]


class _Head(msgspec.Struct, array_like=True):
    """The beginning of the file, to which any later version keeps."""

    format: str
    version: str
    """What must be the same for the content to be understood; checked before that is decoded."""


class _Envelope(msgspec.Struct, array_like=True):
    """The whole file. The digest finds damage that still reads as a part."""

    format: str
    version: str
    digest: bytes
    part: bytes


def encode_part(rules: tuple[PartRule, ...], entries: Iterator[FileEntry]) -> bytes:
    """Write a part."""
    kept = tuple(entry if _can_be_kept(entry) else FileEntry(entry.path, None) for entry in entries)
    part = msgspec.msgpack.encode(Part(rules, kept))
    return msgspec.msgpack.encode(_Envelope(_FORMAT, describe_meaning(), digest_of(part), part))


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
    if not is_part:
        raise PartError(f"{path}: is not a part: parts are made with `layercheck facts`")
    try:
        return _open(msgspec.msgpack.decode(data, type=_Envelope))
    except (*_UNDECODABLE, ValueError) as error:
        raise PartError(f"{path}: is damaged: make it again with `layercheck facts`") from error


def _can_be_kept(entry: FileEntry) -> bool:
    try:
        msgspec.msgpack.encode(entry)
    except UnicodeEncodeError:
        return False  # a lone surrogate in a string of the file
    return True


def _open(envelope: _Envelope) -> Part:
    """Read what is inside. Raises ValueError for anything but a part."""
    if digest_of(envelope.part) != envelope.digest:
        raise ValueError("the content is not what was written")
    part = msgspec.msgpack.decode(envelope.part, type=Part)
    _require_sense(part)
    return part


def _require_sense(part: Part) -> None:
    """Raise ValueError if numbers in a part refer to nothing."""
    for entry in part.entries:
        found = entry.readings or Readings()
        pointers = [(at, part.rules) for at in (*found.interested, *(each.rule for each in found.readings))]
        for at, among in (*pointers, *((each.name, found.names) for each in found.readings)):
            if not 0 <= at < len(among):
                raise ValueError(f"there is no entry {at}")
