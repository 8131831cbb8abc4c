"""A configuration file, from bytes to the table that is ours."""

from __future__ import annotations

import codecs
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec
import tomli

from layercheck.config.keys import KeyPath
from layercheck.errors import ConfigurationError, Problem
from layercheck.regular_file import read_regular_file

PYPROJECT = "pyproject.toml"
FILE_NAMES = ("layercheck.toml", ".layercheck.toml", PYPROJECT)
"""Where a configuration may stand, the strongest first."""
_TABLE = ("tool", "layercheck")
_SLIP = 2
"""How many letters in a row may be wrong."""
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "starts with a byte order mark: save it as UTF-8 without one"),
    (codecs.BOM_UTF16_LE, "is UTF-16: save it as UTF-8"),
    (codecs.BOM_UTF16_BE, "is UTF-16: save it as UTF-8"),
)


class Document(msgspec.Struct, frozen=True, dict=True):
    """One configuration file that was read."""

    path: Path
    text: str
    table: Any
    """What is in it for us; a table if the user made no mistake."""
    prefix: KeyPath
    """What is before our keys: `("tool", "layercheck")` in pyproject.toml."""

    def line_of(self, key: KeyPath) -> int | None:
        """Look up the line of one of our keys, of what is around it where it has none."""
        path = self.prefix + key
        while path and path not in self._lines:
            path = path[:-1]
        return self._lines.get(path)

    @cached_property
    def _lines(self) -> dict[KeyPath, int]:
        # Only who shows a place needs the lines.
        from layercheck.config.toml_lines import find_lines  # noqa: PLC0415

        try:
            return find_lines(self.text)
        except RecursionError:
            return {}  # hundreds of arrays in each other: tomli goes further down than we do


def read_document(path: Path, data: bytes | None = None) -> Document:
    """Read a `pyproject.toml`, or a file of our own under any other name; `data` is its content if not that on disk.

    Raises ConfigurationError when the file cannot be read, is no TOML or holds nothing for layercheck.
    """
    text = _decode(path, _read_bytes(path) if data is None else data)
    table = parse_toml(path, text)
    if path.name != PYPROJECT:
        return Document(path, text, table, ())
    if not has_our_table(table):
        message = "has no table [tool.layercheck]: add it, or name the file layercheck.toml to leave the prefix out"
        raise ConfigurationError([Problem(message, path=path)])
    return Document(path, text, table["tool"]["layercheck"], _TABLE)


def is_ours(path: Path) -> bool:
    """Whether a `pyproject.toml` speaks to layercheck.

    Raises ConfigurationError for one that cannot be read or is no TOML: nobody can tell what it says, and to take it for
    silent would be to check by other rules than the user's.
    """
    return speaks_to_us(path, _read_bytes(path))


def speaks_to_us(path: Path, data: bytes) -> bool:
    """Whether a `pyproject.toml` with this content speaks to layercheck.

    Raises ConfigurationError for invalid TOML, and for a file that is certainly meant for layercheck and is not valid.
    """
    text = _decode(path, data)
    table = parse_toml(path, text)
    if has_our_table(table):
        return True
    tools = table["tool"] if isinstance(table.get("tool"), dict) else {}
    at_top = [(name,) for name, value in table.items() if isinstance(value, dict) and _may_be_ours(name)]
    for place in [*(("tool", name) for name in tools if _may_be_ours(name)), *at_top]:
        document = Document(path, text, table, ())
        problem = f"expected the table [tool.layercheck], found [{'.'.join(place)}]"
        raise ConfigurationError([Problem(problem, path=path, line=document.line_of(place))])
    return False


def _may_be_ours(name: str) -> bool:
    """Tell whether the name of a table is ours, written in another way or with a slip of the pen."""
    ours, plain = _TABLE[1], name.replace("-", "").replace("_", "").lower()
    if abs(len(plain) - len(ours)) > _SLIP:
        return False
    from layercheck.config.suggestion import count_alike  # noqa: PLC0415  (few names are as long)

    return count_alike(plain, ours) + count_alike(plain[::-1], ours[::-1]) >= max(len(plain), len(ours)) - _SLIP


def has_our_table(document: dict[str, Any]) -> bool:
    """Whether `tool.layercheck` is set, to whatever."""
    tool = document.get("tool")
    return isinstance(tool, dict) and "layercheck" in tool


def _read_bytes(path: Path) -> bytes:
    try:
        return read_regular_file(path)
    except OSError as error:
        raise ConfigurationError([Problem(f"cannot be read: {error.strerror or error}", path=path)]) from error


def _decode(path: Path, data: bytes) -> str:
    for mark, message in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            raise ConfigurationError([Problem(message, path=path, line=1)])
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8")) + 1
        message = f"column {column}: the byte 0x{data[error.start]:02x} is not UTF-8; save the file as UTF-8"
        raise ConfigurationError([Problem(message, path=path, line=before.count(b"\n") + 1)]) from error


def read_text(path: Path) -> str:
    """Read a file of configuration, ours or another tool's. Raises ConfigurationError."""
    return _decode(path, _read_bytes(path))


def parse_toml(path: Path, text: str) -> dict[str, Any]:
    """Read a TOML text. Raises ConfigurationError with the place of what is no TOML."""
    try:
        return tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        message = f"column {error.colno}: not valid TOML: {error.msg}"
        raise ConfigurationError([Problem(message, path=path, line=error.lineno)]) from error
    except (ValueError, RecursionError) as error:
        # tomli lets through what Python says of numbers of thousands of digits and of endless nesting.
        raise ConfigurationError([Problem(f"not valid TOML: {error}", path=path)]) from error
