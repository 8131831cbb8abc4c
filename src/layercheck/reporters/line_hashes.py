"""The hash by which GitHub recognises a line that has moved.

Code scanning reads nothing of a SARIF file to tell old alerts from new ones but `primaryLocationLineHash`. Its uploader
computes the hash where it is missing and complains where it differs, so ours has to be the same: over the 100 UTF-16
units from the line's beginning on, blanks skipped, as a polynomial in 37 modulo 2**64, and the number of its occurrence.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from typing import TYPE_CHECKING

from layercheck.reporters.source_lines import read_source

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_WINDOW = 100
_BASE = 37
_MODULUS = (1 << 64) - 1
_END_OF_FILE = 0xFFFF
_LINE_FEED = 0x0A
_LINE_END = re.compile("\r\n|\r")
_BLANK = re.compile("[ \t]")


class LineHasher:
    """Hashes the lines of the files below a root, once for each file."""

    def __init__(self, root: Path, texts: Mapping[str, bytes] | None = None) -> None:
        """Read below `root`; `texts` stand for what files hold there, by path."""
        self._root = root
        self._texts = texts or {}
        self._hashes: dict[str, list[str]] = {}

    def hash_line(self, path: str, number: int) -> str | None:
        """Hash a line, counted from 1; None where there is no such line."""
        if path not in self._hashes:
            data = self._texts.get(path) or read_source(self._root / path)
            self._hashes[path] = [] if data is None else hash_lines(data.decode("utf-8", "replace"))
        hashes = self._hashes[path]
        return hashes[number - 1] if number <= len(hashes) else None


def hash_lines(text: str) -> list[str]:
    """Hash every line of a text, the last one included, even if it is empty."""
    text = _BLANK.sub("", _LINE_END.sub("\n", text))
    units = array("H", text.encode("utf-16-le", "surrogatepass"))
    units.append(_END_OF_FILE)
    starts = [0, *(index + 1 for index, unit in enumerate(units) if unit == _LINE_FEED)]
    units.extend([0] * _WINDOW)
    # prefixes[n] is the hash of the first n units, so that of any stretch is a difference.
    prefixes = [0]
    for unit in units:
        prefixes.append((prefixes[-1] * _BASE + unit) & _MODULUS)
    weight = pow(_BASE, _WINDOW, _MODULUS + 1)
    counts: Counter[str] = Counter()
    hashes = []
    for start in starts:
        value = f"{(prefixes[start + _WINDOW] - prefixes[start] * weight) & _MODULUS:x}"
        counts[value] += 1
        hashes.append(f"{value}:{counts[value]}")
    return hashes
