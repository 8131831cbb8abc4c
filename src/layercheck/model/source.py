"""Places in source text."""

from __future__ import annotations

import msgspec


class Position(msgspec.Struct, frozen=True, order=True):
    """A point in a text: 1-based line, 0-based column in code points.

    Other units (1-based columns, UTF-16, UTF-8 bytes) are made at the edges, by the reporter that needs them.
    """

    line: int
    column: int


class Span(msgspec.Struct, frozen=True, order=True):
    """A stretch of text; `end` is exclusive."""

    start: Position
    end: Position


class Location(msgspec.Struct, frozen=True, order=True):
    """A place in the project: a POSIX path relative to the project root, and where in it (None: the whole file)."""

    path: str
    span: Span | None = None

    @classmethod
    def at_line(cls, path: str, line: int | None) -> Location:
        """Make the place where a line begins; the first line where it is not known."""
        start = Position(line or 1, 0)
        return cls(path, Span(start, start))
