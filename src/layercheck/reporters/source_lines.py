"""The source lines that findings stand on, and their columns in the units of other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck.atomic_file import is_inside
from layercheck.python.text.round_trip import decode_leniently, split_lines
from layercheck.regular_file import read_regular_file

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_LARGEST_FILE = 10_000_000


class LineReader:
    """Reads source lines below a root; a file is read once, and one that is gone or is no file has no lines."""

    def __init__(self, root: Path, texts: Mapping[str, bytes] | None = None) -> None:
        """Read below `root`; `texts` stand for what files hold there, by path."""
        self._root = root
        self._lines = {path: split_lines(decode_leniently(data)) for path, data in (texts or {}).items()}

    def read(self, path: str, number: int) -> str | None:
        """Read one line, counted from 1, without its end; None where there is no such line."""
        if path not in self._lines:
            data = self._read_inside(self._root / path)
            self._lines[path] = [] if data is None else split_lines(decode_leniently(data))
        lines = self._lines[path]
        return lines[number - 1] if number <= len(lines) else None

    def _read_inside(self, place: Path) -> bytes | None:
        """Read a file of the project: a line of one that a stranger's link leads to is not for a report."""
        try:
            return read_source(place) if is_inside(self._root, place) else None
        except ValueError:  # a NUL in the name
            return None


def read_source(path: Path) -> bytes | None:
    """Read a file that findings stand in; None where it is gone, is no file, or is far too large for a source."""
    try:
        return read_regular_file(path) if path.stat().st_size <= _LARGEST_FILE else None
    except (OSError, ValueError):
        return None


def count_utf8(line: str | None, column: int) -> int:
    """Convert a column in code points to one in UTF-8 bytes, both 0-based; a line that is not known counts as ASCII."""
    return _count_units(line, column, "utf-8", 1)


def count_utf16(line: str | None, column: int) -> int:
    """Convert a column in code points to one in UTF-16 units, both 0-based; a line that is not known counts as ASCII."""
    return _count_units(line, column, "utf-16-le", 2)


def _count_units(line: str | None, column: int, encoding: str, unit: int) -> int:
    before = (line or "")[:column]
    if before.isascii():
        return column
    # What lies behind the end of the line counts as ASCII as well.
    return len(before.encode(encoding, "surrogatepass")) // unit + column - len(before)
