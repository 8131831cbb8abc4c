"""The same import statement on many lines in a row: a text that a stranger writes to make a check slow."""

from __future__ import annotations

import re

from layercheck.later_pattern import compile_later

_LARGE = 1 << 18
"""Bytes; nearly all files are shorter, and are not searched."""
_MOST = 1000
# A comment could suppress a finding, so a line with one is not among them.
_RUN = compile_later(rb"^([ \t]*+(?:from|import)[ \t][\w., \t*]*+\r?\n)\1++", re.MULTILINE)


def blank_equal_imports(data: bytes) -> bytes:
    """Leave of equal import statements, line below line, the first thousand; all that is left keeps its place.

    The others import what those import, under the same conditions.
    """
    return data if len(data) < _LARGE else _RUN.sub(_blank, data)


def _blank(match: re.Match[bytes]) -> bytes:
    line = match[1]
    count = len(match[0]) // len(line)
    blank = b" " * (len(line) - 1) + b"\n"
    return match[0] if count <= _MOST else line * _MOST + blank * (count - _MOST)
