"""Adding comments that put findings aside to the text of a file; nothing else in it changes, byte by byte."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from layercheck.errors import UnreadableSourceError
from layercheck.python.text.line_index import LineIndex
from layercheck.python.text.round_trip import decode_faithfully, encode_faithfully
from layercheck.suppressions.lexer import read_tokens
from layercheck.suppressions.reader import parse_reason, read_suppressions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from layercheck.suppressions.suppression import Suppression

WHOLE_FILE = 0
"""The line of a finding about a whole file."""

_WIDEST = 120
_LINE_END = re.compile(r"\r\n|\r|\n")
_HEAD = re.compile(r"(?:#[^\r\n]*(?:\r\n|\r|\n|\Z))*")
"""The comments with which a file begins: how to run it, how it is encoded, whose it is."""


class _Statement(NamedTuple):
    """One logical line: offsets of its first and last character, and the lines they stand in."""

    start: int
    end: int
    first_line: int
    last_line: int


class _Edit(NamedTuple):
    start: int
    end: int
    text: str


def insert_comments(data: bytes, wanted: Iterable[tuple[int, str]], reason: str, names: Mapping[str, str]) -> bytes:
    """Add comments that suppress the rules in `wanted`: pairs of a 1-based line (WHOLE_FILE for all lines) and a code.

    `reason` is what follows the brackets (`until=2027-03-01 reason`). `names` are the names of the rules by code:
    comments may use either. An existing comment at a statement takes in the new codes where that fits.

    Raises UnreadableSourceError for a file that cannot be written back as it was, or whose encoding lacks a character.
    """
    text, encoding = decode_faithfully(data)
    page = _Page(text, read_suppressions(data), reason, names)
    codes_by_line: dict[int, set[str]] = defaultdict(set)
    for line, code in wanted:
        codes_by_line[page.find_first_line(line)].add(code)
    edits = [edit for line, codes in codes_by_line.items() for edit in page.write(line, sorted(codes))]
    for edit in sorted(edits, reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return encode_faithfully(text, encoding)


class _Page:
    """One text, its statements and the comments that are there already."""

    def __init__(self, text: str, present: Sequence[Suppression], reason: str, names: Mapping[str, str]) -> None:
        self._text = text
        self._lines = LineIndex(text)
        self._present = [each for each in present if not each.problem and not each.is_noqa]
        self._reason, self._until, _ = parse_reason(reason)
        self._names = names
        self._statements = _read_statements(text, self._lines)

    def find_first_line(self, line: int) -> int:
        """Find the first line of the statement to which a line belongs."""
        if line == WHOLE_FILE:
            return line
        found = next((each for each in self._statements.values() if each.first_line <= line <= each.last_line), None)
        if found is None:
            raise UnreadableSourceError("has changed since it was checked", line, 0)
        return found.first_line

    def write(self, line: int, codes: Sequence[str]) -> list[_Edit]:
        """Put the rules aside in the statement that begins in a line: in comments that are there, else in one of its own."""
        here = [each for each in self._present if each.first_line == line]
        edits, left = [], list(codes)
        for each in here:
            renewed = [code for code in left if self._is_named(code, each)]
            if renewed:  # and yet it was reported: its time is over
                edits.append(self._rewrite(each, self._note(each.rules, self._until, self._reason, line)))
                left = [code for code in left if code not in renewed]
        untouched = [each for each in here if not any(self._is_named(code, each) for code in codes)]
        merged = self._merge(left, untouched, line) if left else None
        if merged:
            edits.append(merged)
        elif left:
            note = self._note(left, self._until, self._reason, line)
            edits.append(self._at_top(note) if line == WHOLE_FILE else self._at(self._statements[line], note))
        return edits

    def _is_named(self, code: str, suppression: Suppression) -> bool:
        return code in suppression.rules or self._names.get(code) in suppression.rules

    def _note(self, rules: Sequence[str], until: str, reason: str, line: int) -> str:
        directive = "ignore-file" if line == WHOLE_FILE else "ignore"
        end = [f"until={until}"] if until else []
        return " ".join([f"# layercheck: {directive}[{', '.join(rules)}]", *end, *([reason] if reason else [])])

    def _merge(self, codes: Sequence[str], present: Sequence[Suppression], line: int) -> _Edit | None:
        """Take the codes into a comment with the same date, unless that makes its line too long."""
        for each in present:
            if each.until == self._until:
                reasons = dict.fromkeys(reason for reason in (each.reason, self._reason) if reason)
                rules = [*each.rules, *codes]
                edit = self._rewrite(each, self._note(rules, each.until, "; ".join(reasons), line))
                if self._width_of_line(each.span.start.line) + len(edit.text) - (edit.end - edit.start) <= _WIDEST:
                    return edit
        return None

    def _rewrite(self, suppression: Suppression, note: str) -> _Edit:
        span = suppression.span
        return _Edit(self._lines.find_offset(span.start), self._lines.find_offset(span.end), note)

    def _at(self, statement: _Statement, note: str) -> _Edit:
        """Write behind a statement of one line if that fits, else above it."""
        if statement.first_line == statement.last_line:
            start, end = self._lines.find_bounds(statement.first_line)
            content = self._text[start:end].rstrip()
            if len(content) + 2 + len(note) <= _WIDEST:
                return _Edit(start + len(content), start + len(content), f"  {note}")
        start, end = self._lines.find_bounds(statement.first_line)
        indentation = self._text[start : statement.start]
        line = statement.first_line
        while line > 1 and self._text[slice(*self._lines.find_bounds(line - 1))].endswith("\\"):
            line -= 1  # nothing may stand behind a backslash
        above = self._lines.find_bounds(line)[0]
        return _Edit(above, above, f"{indentation}{note}{self._line_end(end)}")

    def _at_top(self, note: str) -> _Edit:
        head = _HEAD.match(self._text)
        end = head.end() if head else 0
        line_end = self._line_end(end)
        if end and not _LINE_END.fullmatch(self._text[end - 1 : end]):
            return _Edit(end, end, f"{line_end}{note}{line_end}")
        return _Edit(end, end, f"{note}{line_end}")

    def _width_of_line(self, line: int) -> int:
        start, end = self._lines.find_bounds(line)
        return len(self._text[start:end].rstrip())

    def _line_end(self, offset: int) -> str:
        """Find the line end that is in use at an offset."""
        match = _LINE_END.search(self._text, offset) or _LINE_END.search(self._text)
        return match[0] if match else "\n"


def _read_statements(text: str, lines: LineIndex) -> dict[int, _Statement]:
    """Read the logical lines, by the number of their first line."""
    statements: dict[int, _Statement] = {}
    start, end = -1, 0

    def close() -> None:
        if start >= 0:
            first = lines.find_line(start)
            statements[first] = _Statement(start, end, first, lines.find_line(end - 1))

    for token in read_tokens(text):
        if token.kind == "code":
            start, end = (token.start if start < 0 else start), token.end
        elif token.kind == "newline":
            close()
            start = -1
    close()
    return statements
