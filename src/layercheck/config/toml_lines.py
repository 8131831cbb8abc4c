"""On which line of a TOML text each key and each item of an array stands; no TOML reader tells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import tomli

if TYPE_CHECKING:
    from layercheck.config.keys import KeyPath

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*+")
_STRING = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}|'
    r"'''.*?'{3,5}|"
    r'"(?:[^"\\\n]|\\.)*+"|'
    r"'[^'\n]*+'",
    re.DOTALL,
)
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_BARE_VALUE = re.compile(r"[^,\]}#\n]+")


def find_lines(text: str) -> dict[KeyPath, int]:
    """Find the 1-based line of every table, key and array item; `text` must be valid TOML.

    A table counts from where it is first named.
    """
    scanner = _Scanner(text)
    scanner.read_document()
    return scanner.lines


class _Scanner:
    """Walks once over the text; each `read_…` starts and ends between two tokens."""

    def __init__(self, text: str) -> None:
        self.lines: dict[KeyPath, int] = {}
        self._text = text
        self._at = 0
        self._counted_to = 0
        self._line = 1
        self._tables: dict[KeyPath, int] = {}
        """Arrays of tables (`[[x]]`), with the index of the table that is being filled."""

    def read_document(self) -> None:
        table: KeyPath = ()
        while self._next():
            if self._take("["):
                is_array = self._take("[")
                table = self._read_header(is_array=is_array)
            else:
                self._read_pair(table)

    def _read_header(self, *, is_array: bool) -> KeyPath:
        self._next()
        line = self._line_here()
        path: KeyPath = ()
        parts = self._read_key()
        for part in parts[:-1]:
            path = self._into_array((*path, part))
            self.lines.setdefault(path, line)
        path = (*path, parts[-1])
        self.lines.setdefault(path, line)
        self._next()
        self._at += 2 if is_array else 1
        if is_array:
            self._tables[path] = self._tables.get(path, -1) + 1
        path = self._into_array(path)
        self.lines.setdefault(path, line)
        return path

    def _into_array(self, path: KeyPath) -> KeyPath:
        return (*path, self._tables[path]) if path in self._tables else path

    def _read_pair(self, table: KeyPath) -> None:
        line = self._line_here()
        path = table
        for part in self._read_key():
            path = (*path, part)
            self.lines.setdefault(path, line)
        self._next()
        self._at += 1  # the equals sign
        self._next()
        self._read_value(path)

    def _read_key(self) -> list[str]:
        parts = []
        while True:
            self._next()
            bare = _BARE_KEY.match(self._text, self._at)
            if bare:
                parts.append(bare[0])
                self._at = bare.end()
            else:
                parts.append(tomli.loads(f"key = {self._read_string()}")["key"])
            self._next()
            if not self._take("."):
                return parts

    def _read_value(self, path: KeyPath) -> None:
        if self._take("["):
            index = 0
            while self._next() and not self._take("]"):
                self.lines[*path, index] = self._line_here()
                self._read_value((*path, index))
                index += 1
                self._next()
                self._take(",")
        elif self._take("{"):
            while self._next() and not self._take("}"):
                self._read_pair(path)
                self._next()
                self._take(",")
        elif self._text[self._at] in "\"'":
            self._read_string()
        else:
            bare = _BARE_VALUE.match(self._text, self._at)
            self._at = bare.end() if bare else self._at + 1

    def _read_string(self) -> str:
        string = _STRING.match(self._text, self._at)
        if string is None:
            raise ValueError("not a TOML text")
        self._at = string.end()
        return string[0]

    def _next(self) -> bool:
        """Go to the next token; False at the end."""
        blank = _BLANK.match(self._text, self._at)
        self._at = blank.end() if blank else self._at
        return self._at < len(self._text)

    def _take(self, character: str) -> bool:
        found = self._text.startswith(character, self._at)
        self._at += found
        return found

    def _line_here(self) -> int:
        self._line += self._text.count("\n", self._counted_to, self._at)
        self._counted_to = self._at
        return self._line
