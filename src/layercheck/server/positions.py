"""Places in a text as the client counts them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from layercheck.python.text.round_trip import split_lines

if TYPE_CHECKING:
    from pygls.workspace import PositionCodec

    from layercheck.model.source import Position, Span


class Positions:
    """The lines of one text; pygls itself would end them at form feeds and Unicode separators as well."""

    def __init__(self, text: str, codec: PositionCodec) -> None:
        """`codec` knows in which units the client counts columns."""
        self._lines = split_lines(text)
        self._codec = codec

    def range_of(self, span: Span | None) -> types.Range:
        """Find the range of a span; None is the whole file, for which its beginning stands."""
        if span is None:
            return types.Range(types.Position(0, 0), types.Position(0, 0))
        return types.Range(self._position_of(span.start), self._position_of(span.end))

    def range_of_line(self, line: int) -> types.Range:
        """Find the range of a whole line (1-based)."""
        length = self._codec.client_num_units(self._line(line))
        return types.Range(types.Position(line - 1, 0), types.Position(line - 1, length))

    def _position_of(self, position: Position) -> types.Position:
        before = self._line(position.line)[: position.column]
        return types.Position(position.line - 1, self._codec.client_num_units(before))

    def _line(self, line: int) -> str:
        return self._lines[line - 1] if line <= len(self._lines) else ""


def overlap(one: types.Range, other: types.Range) -> bool:
    """Tell whether two ranges have a point in common, be it an end."""
    return _key(one.start) <= _key(other.end) and _key(other.start) <= _key(one.end)


def _key(position: types.Position) -> tuple[int, int]:
    return position.line, position.character
