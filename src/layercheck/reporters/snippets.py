"""The line of source that a finding is on, with the place underlined."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from layercheck.reporters.display import make_printable
from layercheck.reporters.source_lines import LineReader

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from layercheck.model.source import Location, Span

TAB_WIDTH = 4
_ELLIPSIS = "..."
_ROOM_AFTER = 16


class Snippet(NamedTuple):
    """A source line as it is shown: where the underline stands, in terminal columns from 0."""

    line: int
    text: str
    start: int
    length: int


class SnippetReader:
    """Reads source lines below a root; a file that is gone or is no file has no lines."""

    def __init__(self, root: Path, width: int, texts: Mapping[str, bytes] | None = None) -> None:
        """Read below `root`; `texts` stand for what files hold there, by path."""
        self._lines = LineReader(root, texts)
        self._width = width

    def read(self, location: Location) -> Snippet | None:
        """Read the line on which a location starts; None for a whole file, and where there is no such line."""
        if location.span is None:
            return None
        line = self._lines.read(location.path, location.span.start.line)
        return None if line is None else cut_snippet(line, location.span, self._width)


def cut_snippet(line: str, span: Span, width: int) -> Snippet:
    """Show a line in at most `width` columns, the span in it, tabs and wide characters counted as they are shown."""
    start = min(span.start.column, len(line))
    end = len(line) if span.end.line > span.start.line else min(span.end.column, len(line))
    end = max(start, end)
    # Far more than fits is cut away first: the line may be a megabyte long.
    first, last = max(0, start - width), start + width
    before, marked, after = (_show(part) for part in (line[first:start], line[start : min(end, last)], line[end:last]))
    if first == 0 and last >= len(line) and _measure(before + marked + after) <= width:
        return _make_snippet(span, before, marked, after.rstrip())
    kept = _take(marked, width - 2 * len(_ELLIPSIS))
    room = width - 2 * len(_ELLIPSIS) - _measure(kept)
    # The beginning of the line tells most, as long as it leaves some room for what follows the span.
    room_before = max(room // 2, room - min(_measure(after), _ROOM_AFTER))
    is_beginning_kept = first == 0 and _measure(before) <= room_before
    kept_before = before if is_beginning_kept else _take(before[::-1], room // 2 if after else room)[::-1]
    kept_after = _take(after, room - _measure(kept_before))
    left = "" if is_beginning_kept else _ELLIPSIS
    right = "" if (kept, kept_after) == (marked, after) and last >= len(line) else _ELLIPSIS
    return _make_snippet(span, left + kept_before, kept, kept_after + right)


def _make_snippet(span: Span, before: str, marked: str, after: str) -> Snippet:
    return Snippet(span.start.line, before + marked + after, _measure(before), max(1, _measure(marked)))


def _show(text: str) -> str:
    return "".join(" " * TAB_WIDTH if part == "\t" else make_printable(part) for part in _split_tabs(text))


def _split_tabs(text: str) -> list[str]:
    return [part for piece in text.split("\t") for part in (piece, "\t")][:-1]


def _take(text: str, room: int) -> str:
    """Take as much of the beginning as fits."""
    used = 0
    for index, character in enumerate(text):
        used += _measure(character)
        if used > room:
            return text[:index]
    return text


def _measure(text: str) -> int:
    """Count the columns that a text takes in a terminal."""
    if text.isascii():
        return len(text)
    return sum(map(_measure_character, text))


def _measure_character(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
