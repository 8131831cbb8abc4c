"""Places in one source text: syntax nodes and names to exact spans."""

from __future__ import annotations

import bisect
import re
from itertools import accumulate
from typing import Protocol

from layercheck.later_pattern import compile_later
from layercheck.model.source import Position, Span

STRING_OR_COMMENT = (
    r"#[^\n]*+"
    r"|'''(?:[^'\\]|\\.|'(?!''))*+'''"
    r'|"""(?:[^"\\]|\\.|"(?!""))*+"""'
    r"|'(?:[^'\\\n]|\\.)*+'"
    r'|"(?:[^"\\\n]|\\.)*+"'
)
"""A pattern, to be used with re.DOTALL, for the parts of a text that are no code; near enough for a first look."""

LINE_END = compile_later(r"\r\n?|\n")
NAME_LETTER = r"[^\x00-/:-@\[-^`{-\x7f]"
"""A pattern: all but the ASCII that is no part of a name. To name what is one instead takes `re` 15 ms to compile."""
_NAME = rf"{NAME_LETTER}+"
_GAP = r"(?:[ \t\f]|\\(?:\r\n?|\n))*"
_DOTTED = rf"{_NAME}(?:{_GAP}\.{_GAP}{_NAME})*"
_DOTTED_NAME = compile_later(_DOTTED)
# The word after the dots may be `import` itself: `from . import x`.
_FROM = compile_later(rf"(?:lazy{_GAP})?from{_GAP}((?:\.{_GAP})*(?!import(?!{_NAME})){_DOTTED}|\.(?:{_GAP}\.)*)")

_DEFINED_NAME = compile_later(rf"(?:async{_GAP})?(?:def|class){_GAP}({_NAME})")


class Node(Protocol):
    """A syntax node with its place, as `ast` gives it."""

    @property
    def lineno(self) -> int: ...
    @property
    def col_offset(self) -> int: ...
    @property
    def end_lineno(self) -> int | None: ...
    @property
    def end_col_offset(self) -> int | None: ...


class SourceText:
    """One text with an index of its lines; offsets are code points from its beginning."""

    def __init__(self, text: str, *, columns_are_bytes: bool) -> None:
        self.text = text
        self._columns_are_bytes = columns_are_bytes and not text.isascii()
        self._line_starts = _find_line_starts(text)

    def find_lines(self, words: re.Pattern[str]) -> list[int]:
        """List the lines on which a pattern is found, in order."""
        return [bisect.bisect_right(self._line_starts, match.start()) for match in words.finditer(self.text)]

    def range_of(self, node: Node) -> tuple[int, int]:
        """Return the start and end of a node, as offsets."""
        end_line, end_column = node.end_lineno, node.end_col_offset
        start = self._offset(node.lineno, node.col_offset)
        if end_line is None or end_column is None:
            return start, start
        return start, self._offset(end_line, end_column)

    def name_of_definition(self, node: Node) -> tuple[int, int]:
        """Find the range of the name in the `def` or `class` that a node is; decorators are no part of the node."""
        start, end = self.range_of(node)
        match = _DEFINED_NAME.match(self.text, start)
        return match.span(1) if match else (start, end)

    def dotted_name_at(self, offset: int) -> tuple[int, int]:
        """Find the range of the (dotted) name or `*` that begins here, whatever is round its dots."""
        match = _DOTTED_NAME.match(self.text, offset)
        return offset, match.end() if match else offset + 1

    def module_after_from(self, offset: int) -> tuple[int, int]:
        """Find the range of the module, dots included, of the `from … import …` that begins here."""
        match = _FROM.match(self.text, offset)
        return match.span(1) if match else (offset, offset)

    def chain_within(self, names: tuple[str, ...], start: int, end: int) -> tuple[int, int] | None:
        """Find the first `a.b.c` between two offsets."""
        chain = r"\s*\.\s*".join(map(re.escape, names))
        match = re.compile(rf"(?<![\w.]){chain}(?!\w)").search(self.text, start, end)
        return match.span() if match else None

    def span(self, start: int, end: int) -> Span:
        """Make the Span between two offsets."""
        return Span(self._position(start), self._position(end))

    def span_of(self, node: Node) -> Span:
        """Return the place of a node."""
        end_line, end_column = node.end_lineno, node.end_col_offset
        if self._columns_are_bytes or end_line is None or end_column is None:
            return self.span(*self.range_of(node))
        return Span(Position(node.lineno, node.col_offset), Position(end_line, end_column))

    def text_at(self, span: Span) -> str:
        """Return the text at a location."""
        first, last = (self._line_starts[place.line - 1] + place.column for place in (span.start, span.end))
        return self.text[first:last]

    def _offset(self, line: int, column: int) -> int:
        start = self._line_starts[line - 1]
        if not self._columns_are_bytes:
            return start + column
        end = self._line_starts[line] if line < len(self._line_starts) else len(self.text)
        return start + len(self.text[start:end].encode()[:column].decode())

    def _position(self, offset: int) -> Position:
        line = bisect.bisect_right(self._line_starts, offset)
        return Position(line, offset - self._line_starts[line - 1])


def _find_line_starts(text: str) -> list[int]:
    if "\r" in text:
        return [0, *(match.end() for match in LINE_END.finditer(text))]
    # Without a loop in Python.
    lengths = map(len, text.split("\n"))
    starts = list(accumulate(map((1).__add__, lengths), initial=0))
    starts.pop()
    return starts
