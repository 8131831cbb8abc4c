"""From the text of files to entries and back: read whole or not at all, written whole or not at all."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from layercheck.atomic_file import is_inside, replace_file
from layercheck.baseline.entry import Known, merge_notes
from layercheck.baseline.entry_line import format_entry, parse_entry, parse_lines
from layercheck.config.suggestion import closest
from layercheck.errors import BaselineError, Problem
from layercheck.regular_file import read_regular_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from layercheck.baseline.baseline_text import BaselineText
    from layercheck.baseline.entry import Entry

HEADER = (
    "# Known findings that `layercheck check` does not report. One per line, sorted; the list only ever shrinks:",
    "# `layercheck baseline --prune` removes the fixed ones.",
)
_CONFLICT = re.compile(r"(?:<{7}|={7}|>{7}|\|{7})(?: |\Z)")
_CODE = re.compile(rb"^[ \t]*([A-Z]+[0-9]+)\b", re.MULTILINE)
_MOST_PROBLEMS = 20


class Baseline(NamedTuple):
    """All accepted findings."""

    known: tuple[Known, ...] = ()
    """In the order of the files; what is written several times is there once."""
    headers: dict[str, tuple[str, ...]] = {}  # noqa: RUF012  (a default that nobody changes)
    """The comment lines of every file, by its path."""


def parse_texts(root: Path, texts: Iterable[BaselineText], codes: Mapping[str, str]) -> Baseline:
    """Read the entries; `codes` maps the code of every rule whose findings can be accepted to its name.

    Raises BaselineError with every mistake there is: what is broken is never read as empty.
    """
    known: list[Known] = []
    headers: dict[str, tuple[str, ...]] = {}
    problems: list[Problem] = []
    for text in texts:
        header: dict[str, None] = {}
        for number, line in parse_lines(_decode(text.data)):
            if not isinstance(line, str) and line.code in codes:
                known.append(Known(line, text.path, number))
            elif isinstance(line, str) and line.startswith("#"):
                header[line] = None
            else:
                try:
                    known.append(Known(_read_line(line, codes), text.path, number))
                except ValueError as error:
                    problems.append(Problem(str(error), path=root / text.path, line=number))
        headers[text.path] = tuple(header)
    if problems:
        left = len(problems) - _MOST_PROBLEMS
        more = [Problem(f"… and {left} more")] if left > 0 else []
        raise BaselineError([*problems[:_MOST_PROBLEMS], *more])
    return Baseline(tuple(_merge(known)), headers)


def find_codes(texts: Iterable[BaselineText]) -> frozenset[str]:
    """List the codes that entries begin with, whether the entries can be understood or not."""
    return frozenset(code.decode() for text in texts for code in _CODE.findall(text.data))


def write_file(root: Path, path: str, header: Sequence[str], entries: Iterable[Entry]) -> bool:
    """Write a file completely or not at all; return whether it changed.

    One without entries stays: git cannot merge a file that one branch took away. Raises BaselineError for a place that
    cannot be written.
    """
    target = root / path
    lines = sorted({format_entry(entry) for entry in entries})
    try:
        before = read_regular_file(target) if target.exists() else None
        end = "\r\n" if before is not None and b"\r\n" in before else "\n"
        data = "".join(f"{line}{end}" for line in (*(header if lines else header or HEADER), *lines)).encode(
            "utf-8", "surrogateescape"
        )
        if data == before:
            return False
        if not is_inside(root, target):
            raise BaselineError([Problem("is a link to a file outside of the project", path=target)])
        replace_file(target, data)
    except OSError as error:
        message = f"cannot be written: {error.strerror or error}"
        raise BaselineError([Problem(message, path=target)]) from error
    return True


def remove_file(root: Path, path: str) -> None:
    """Take a file away whose entries have gone to others. Raises BaselineError where that is refused."""
    try:
        (root / path).unlink(missing_ok=True)
    except OSError as error:
        message = f"cannot be taken away: {error.strerror or error}"
        raise BaselineError([Problem(message, path=root / path)]) from error


def _decode(data: bytes) -> str:
    """Decode a file; one that is not UTF-8 keeps what cannot be decoded as lone surrogates."""
    return data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "surrogateescape")


def _read_line(line: Entry | str, codes: Mapping[str, str]) -> Entry:
    """Read a line that is not a usual one. Raises ValueError with a sentence on what is wrong."""
    entry = _read_text(line) if isinstance(line, str) else line
    if entry.code not in codes:
        raise ValueError(_report_unknown(entry.code, codes))
    return entry


def _read_text(line: str) -> Entry:
    if _CONFLICT.match(line):
        raise ValueError(
            "a conflict marker of git: keep the entries of both sides, then run `layercheck baseline --prune`"
        )
    if not line.replace("\t", "").isprintable():
        bad = next(character for character in line if not (character.isprintable() or character == "\t"))
        raise ValueError(f"the character {bad!r} has no place in a baseline; is this file damaged?")
    return parse_entry(line)


def _report_unknown(code: str, codes: Mapping[str, str]) -> str:
    guess = closest(code, codes)
    hint = f"did you mean {guess}?" if guess else "`layercheck rule` lists the rules"
    return f"{code} is not a rule whose findings can be accepted; {hint}"


def _merge(known: Sequence[Known]) -> Iterator[Known]:
    """Make one of the entries that say the same, as merging two branches leaves them."""
    entries = [each.entry for each in known]
    if len({(each.code, each.subject, each.object, each.application, each.cut) for each in entries}) == len(entries):
        yield from known
        return
    alike: dict[tuple[object, ...], list[Known]] = {}
    for each in known:
        alike.setdefault(each.entry.identity, []).append(each)
    for same in alike.values():
        first = same[0]
        if len(same) > 1:
            notes = merge_notes(each.entry.notes for each in same)
            first = first._replace(entry=msgspec.structs.replace(first.entry, notes=notes))
        yield first
