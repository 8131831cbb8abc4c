"""Offsets in a text to lines and columns, and back."""

from __future__ import annotations

import bisect
from typing import TYPE_CHECKING

from layercheck.later_pattern import compile_later
from layercheck.model.source import Position

if TYPE_CHECKING:
    from layercheck.model.source import Span

_NEW_LINE = compile_later(r"\r\n|\r|\n")


class LineIndex:
    """Leads from offsets in a text to positions."""

    def __init__(self, text: str) -> None:
        """Find the lines of a text, as Python counts them."""
        self._text = text
        self._starts = [0, *(match.end() for match in _NEW_LINE.finditer(text))]

    def find_line(self, offset: int) -> int:
        """Find the line (1-based) of an offset."""
        return bisect.bisect_right(self._starts, offset)

    def find_position(self, offset: int) -> Position:
        """Find the line and the column of an offset."""
        line = self.find_line(offset)
        return Position(line, offset - self._starts[line - 1])

    def find_offset(self, position: Position) -> int:
        """Find the offset of a position."""
        return self._starts[position.line - 1] + position.column

    def holds(self, span: Span) -> bool:
        """Return whether a stretch lies in the text."""
        return span.start <= span.end and self._has(span.start) and self._has(span.end)

    def _has(self, position: Position) -> bool:
        if position.column < 0 or not 1 <= position.line <= len(self._starts):
            return False
        start, end = self.find_bounds(position.line)
        # A stretch may end behind the line end, where the next line begins.
        stop = self._starts[position.line] if position.line < len(self._starts) else end
        return start + position.column <= stop

    def find_bounds(self, line: int) -> tuple[int, int]:
        """Find where a line begins and where it ends, without its line end."""
        start, stop = self._starts[line - 1], self._starts[line] if line < len(self._starts) else len(self._text)
        return start, start + len(self._text[start:stop].rstrip("\r\n"))
