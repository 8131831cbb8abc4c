"""As much of Python's lexical grammar as it takes to tell comments and statements from strings.

`tokenize` reads only the syntax of the Python it runs on and gives up on a broken file. This reader knows the one thing
that changed, the nesting of f-strings (PEP 701) and t-strings (PEP 750), and makes the best of anything else.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKEN = re.compile(
    r"""
      (?P<comment> \#[^\r\n]* )
    | (?P<newline> \r\n | \r | \n )
    | (?P<space>   [ \t\f\ufeff]+ | \\(?:\r\n|\r|\n) )
    | (?P<prefix>  (?i:br|rb|fr|rf|tr|rt|[bfrtu])? ) (?P<quote> \"\"\" | ''' | " | ' )
    | (?P<open>    [(\[{] )
    | (?P<close>   [)\]}] )
    | (?P<colon>   : )
    | (?P<code>    \w+ | . )
    """,
    re.VERBOSE | re.DOTALL,
)


class Token(NamedTuple):
    """A piece of the text that matters here: offsets in code points, `end` exclusive."""

    kind: str
    """`comment`, `newline` (the end of a logical or an empty line) or `code`."""
    start: int
    end: int


class _Field(NamedTuple):
    """The inside of `{…}` in an f-string, and the string to go back to at its end."""

    quote: str
    is_raw: bool
    in_format_spec: bool
    """Whether the field itself is in the format specification of another: `{x:{width}}`."""


def read_tokens(text: str) -> Iterator[Token]:
    """Read the comments, the code and the ends of logical lines of a Python text, in order."""
    return _Lexer(text).run()


class _Lexer:
    def __init__(self, text: str) -> None:
        self._text = text
        self._position = 0
        self._open: list[str | _Field] = []

    def run(self) -> Iterator[Token]:
        while match := _TOKEN.match(self._text, self._position):
            start, self._position = match.span()
            kind = match.lastgroup or "code"
            if kind == "quote":
                self._read_string(match["prefix"].lower(), match["quote"])
            elif kind == "open":
                self._open.append(match[0])
            elif kind == "close":
                self._close(match[0])
            elif kind == "colon" and self._open and isinstance(field := self._open[-1], _Field):
                self._read_text(field.quote, is_raw=field.is_raw, in_format_spec=True)
            if kind == "comment":
                yield Token("comment", start, self._position)
            elif kind == "newline":
                if not self._open:
                    yield Token("newline", start, self._position)
            elif kind != "space":
                yield Token("code", start, self._position)

    def _close(self, bracket: str) -> None:
        if not self._open:
            return
        innermost = self._open[-1]
        if not isinstance(innermost, _Field):
            self._open.pop()
        elif bracket == "}":
            self._leave_field()

    def _leave_field(self) -> None:
        field = self._open.pop()
        if isinstance(field, _Field):
            self._read_text(field.quote, is_raw=field.is_raw, in_format_spec=field.in_format_spec)

    def _read_string(self, prefix: str, quote: str) -> None:
        if "f" in prefix or "t" in prefix:
            self._read_text(quote, is_raw="r" in prefix, in_format_spec=False)
            return
        self._skip(_plain_text(quote))
        if self._text.startswith(quote, self._position):
            self._position += len(quote)

    def _read_text(self, quote: str, *, is_raw: bool, in_format_spec: bool) -> None:
        """Read the text of an f-string up to its next field, the end of the field it is in, or its own end."""
        self._skip(_formatted_text(quote, is_raw, in_format_spec))
        if self._text.startswith("{", self._position):
            self._position += 1
            self._open.append(_Field(quote, is_raw, in_format_spec))
        elif in_format_spec and self._text.startswith("}", self._position):
            self._position += 1
            self._leave_field()
        elif self._text.startswith(quote, self._position):
            self._position += len(quote)
            if in_format_spec:  # a broken file: the string ends before its field does
                self._open.pop()

    def _skip(self, pattern: re.Pattern[str]) -> None:
        if match := pattern.match(self._text, self._position):
            self._position = match.end()


@functools.cache
def _plain_text(quote: str) -> re.Pattern[str]:
    """Match everything up to the closing quote, or up to where the string cannot go on."""
    return re.compile(rf"(?:{_ordinary(quote, '')}|\\(?:\r\n|.))*+", re.DOTALL)


@functools.cache
def _formatted_text(quote: str, is_raw: bool, in_format_spec: bool) -> re.Pattern[str]:
    """Match like `_plain_text`, but only up to the next brace that means something."""
    if in_format_spec:
        return re.compile(rf"(?:{_ordinary(quote, '{}')}|\\(?![{{}}])(?:\r\n|.)|\\)*+", re.DOTALL)
    named = "" if is_raw else r"\\N\{[^}'\"\r\n]*\}|"
    return re.compile(
        rf"(?:{_ordinary(quote, '{')}|\{{\{{|{named}\\(?!\{{)(?:\r\n|.)|\\(?=\{{))*+",
        re.DOTALL,
    )


def _ordinary(quote: str, stops: str) -> str:
    """Write a pattern for characters that neither end the string nor escape anything."""
    if len(quote) == 1:
        return rf"[^\\\r\n{quote}{stops}]"
    return rf"[^\\{quote[0]}{stops}]|{quote[0]}(?!{quote[1:]})"
