"""The same import statement on many lines in a row: text that is written to make a check slow."""

from __future__ import annotations

import re

from layercheck.later_pattern import compile_later

_MOST = 1000
# A comment could suppress a finding, so a line with one is not among them.
_RUN = compile_later(rb"^([ \t]*+(?:from|import)[ \t][\w., \t*]*+\r?\n)\1++", re.MULTILINE)


def blank_equal_imports(data: bytes) -> bytes:
    """Blank all but the first thousand of equal import statements on consecutive lines; all other text keeps its place.

    The blanked statements import what the first ones import, under the same conditions.
    """
    return _RUN.sub(_blank, data)


def _blank(match: re.Match[bytes]) -> bytes:
    line = match[1]
    count = len(match[0]) // len(line)
    blank = b" " * (len(line) - 1) + b"\n"
    return match[0] if count <= _MOST else line * _MOST + blank * (count - _MOST)
