"""From the text of a file to the suppressions that its comments declare."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

import msgspec

from layercheck.model.source import Position, Span
from layercheck.python.imports.scan import may_hold_comment, may_hold_noqa
from layercheck.python.text.line_index import LineIndex
from layercheck.python.text.round_trip import decode_leniently
from layercheck.suppressions.lexer import read_tokens
from layercheck.suppressions.misspelt import find_misspelt_until, is_like_ignore
from layercheck.suppressions.suppression import Suppression

if TYPE_CHECKING:
    from collections.abc import Iterator

# A comment may hold several notes, each after its own `#`: one for a formatter, one for us.
_NOTE = re.compile(
    r"(?:(?<=\s)|\A)#+\s*(?P<word>layercheck|noqa)(?P<colon>\s*:\s*|\s+(?=ignore(?:-file)?\s*\[))"
    r"(?P<text>(?:\S++(?:\s++(?!#+\s|#+(?:layercheck|noqa):)\S++)*+)?+)",
    re.DOTALL | re.IGNORECASE,
)
_DIRECTIVE = re.compile(r"(?P<name>[\w-]+)\s*\[(?P<rules>[^\[\]]*)\][\s:-]*(?P<reason>.*)", re.DOTALL)
_NOQA = re.compile(r"(?P<rules>[A-Z]+[0-9]+(?:[\s,]+[A-Z]+[0-9]+)*)(?![A-Za-z0-9])[\s:,-]*(?P<reason>.*)", re.DOTALL)
_OUR_CODE = re.compile(r"\bLC[0-9]+\b")
_UNTIL = re.compile(r"(?:(?<=\s)|\A)until\s*=\s*(?P<date>[^\s,;]*)[,;]?\s*")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# Anything else after `layercheck:` is prose.
_MEANT_AS_DIRECTIVE = re.compile(r"ignore|[\w-]+\s*\[|(?:disable|noqa|skip|suppress|allow)\b", re.IGNORECASE)


class _Comment(msgspec.Struct, frozen=True):
    start: int
    end: int
    first_line: int
    last_line: int
    follows_code: bool
    """Whether it is behind code, or between lines of one statement."""


def read_suppressions(data: bytes) -> tuple[Suppression, ...]:
    """Read every suppression in the comments of a Python file, in order, the badly written ones too; never fails."""
    if not (may_hold_comment(data) or may_hold_noqa(data)):
        return ()
    text = decode_leniently(data)
    lines = LineIndex(text)
    return tuple(
        suppression for comment in _read_comments(text, lines) for suppression in _parse_comment(text, comment, lines)
    )


def _read_comments(text: str, lines: LineIndex) -> Iterator[_Comment]:
    """Read the comments, each with the lines of the logical line that it is on, in or before."""
    waiting: list[tuple[int, int, bool]] = []
    first = last = 0
    for token in read_tokens(text):
        if token.kind == "comment":
            waiting.append((token.start, token.end, first > 0))
        elif token.kind == "code":
            first = first or lines.find_line(token.start)
            last = lines.find_line(token.end - 1)
        elif first:
            yield from (_Comment(start, end, first, last, follows_code) for start, end, follows_code in waiting)
            waiting.clear()
            first = 0
    for start, end, follows_code in waiting:  # the file ends without a line end, or with a comment
        line = lines.find_line(start)
        yield _Comment(start, end, first or line, last if first else line, follows_code)


def _parse_comment(text: str, comment: _Comment, lines: LineIndex) -> Iterator[Suppression]:
    for note in _NOTE.finditer(text[comment.start : comment.end]):
        start = lines.find_position(comment.start + note.start())
        span = Span(start, Position(start.line, start.column + len(note[0])))
        suppression = None
        if note["word"].lower() == "layercheck":
            suppression = _parse_note(note["text"], span, comment)
            problem = _find_misspelt_word(note["word"], note["colon"])
            if suppression is not None and problem:
                suppression = msgspec.structs.replace(suppression, problem=problem)
        elif note["colon"].strip():
            suppression = _parse_noqa(note["text"], span, comment)
        if suppression is not None:
            yield suppression


def _find_misspelt_word(word: str, colon: str) -> str:
    if word != "layercheck":
        return f"`{word}` must be written in small letters: `layercheck: ignore`"
    return "" if colon.strip() else "a colon is missing: `layercheck: ignore`"


def _parse_note(note: str, span: Span, comment: _Comment) -> Suppression | None:
    directive = _DIRECTIVE.match(note)
    if directive is None:
        if not (_MEANT_AS_DIRECTIVE.match(note) or is_like_ignore(note)):
            return None
        return Suppression((), "", span, comment.first_line, comment.last_line, problem="it names no rules in brackets")
    rules = tuple(rule for part in directive["rules"].split(",") if (rule := part.strip()))
    name = directive["name"]
    reason, until, problem = parse_reason(directive["reason"])
    if name not in {"ignore", "ignore-file"}:
        problem = f"there is no `{name}`, only `ignore` and `ignore-file`"
    elif not rules:
        problem = "its brackets are empty"
    first, last = (0, 0) if name == "ignore-file" else (comment.first_line, comment.last_line)
    return Suppression(rules, reason, span, first, last, problem, until)


def _parse_noqa(note: str, span: Span, comment: _Comment) -> Suppression | None:
    """Read our codes among those of others. As other tools have it, such a comment holds where it is: in its lines."""
    directive = _NOQA.match(note)
    rules = tuple(_OUR_CODE.findall(directive["rules"])) if directive else ()
    if directive is None or not rules or not comment.follows_code:
        return None
    reason, until, problem = parse_reason(directive["reason"])
    return Suppression(rules, reason, span, comment.first_line, comment.last_line, problem, until, is_noqa=True)


def parse_reason(text: str) -> tuple[str, str, str]:
    """Part what follows the brackets into the reason, the date of `until=…` (empty: none) and what is wrong with that."""
    given = _UNTIL.findall(text)
    reason = _UNTIL.sub("", text).strip()
    if not given:
        return reason, "", find_misspelt_until(reason)
    if len(given) > 1:
        return reason, "", "it says `until=` more than once"
    if not _is_date(given[0]):
        return reason, "", f"`until={given[0]}` is not a date such as 2027-03-01"
    return reason, given[0], ""


def _is_date(text: str) -> bool:
    if not _DATE.fullmatch(text):
        return False
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return True
