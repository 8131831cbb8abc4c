"""Paths, positions and foreign text, fit to be shown."""

from __future__ import annotations

import os
import posixpath
from pathlib import Path
from typing import TYPE_CHECKING

from layercheck.later_pattern import compile_later
from layercheck.model.finding import Related
from layercheck.model.source import Position

if TYPE_CHECKING:
    import re
    from collections.abc import Sequence
    from typing import Self

    from layercheck.model.finding import Finding
    from layercheck.model.source import Location

_START = Position(1, 0)
_LONE_SURROGATE = compile_later("[\ud800-\udfff]")
# Control characters could forge lines and colours, direction marks could reorder what is read, XML forbids the last two;
# and wherever `##[` or `##vso[` stands in its log, a CI server takes it for a command.
_UNPRINTABLE = compile_later(
    "[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]|(?<=#)#(?=\\[|vso\\[)"
)


def has_surrogates(text: str) -> bool:
    """Whether a text holds what UTF-8 cannot: a byte of a path that is no UTF-8."""
    return _LONE_SURROGATE.search(text) is not None


def escape_surrogates(text: str) -> str:
    r"""Replace what UTF-8 cannot hold by backslash escapes: a byte of a path that is no UTF-8 becomes `\xff`."""
    return _LONE_SURROGATE.sub(_escape, text)


def make_printable(text: str) -> str:
    r"""Make text one line that is safe on a terminal and in a log: what has power there becomes an escape like `\x1b`."""
    return _UNPRINTABLE.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    if 0xDC80 <= code <= 0xDCFF:  # how Python carries a byte of a file name that it cannot decode
        return f"\\x{code - 0xDC00:02x}"
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def get_start(location: Location) -> Position:
    """Return the start of a location; a whole file starts at its first character."""
    return location.span.start if location.span else _START


def get_end(location: Location) -> Position:
    """Return the end of a location (exclusive); a whole file is shown as an empty range at its start."""
    return location.span.end if location.span else _START


class WayUp(str):
    """The prefix of who is in a folder of the project: the way up to its root, which knows where it comes from.

    Without that, `../..` and `app/models/user.py` make a path that goes up and down again, instead of `user.py`.
    """

    __slots__ = ("_parts",)
    _parts: Sequence[str]

    def __new__(cls, folder: str) -> Self:
        """`folder` is where the user is, from the root of the project."""
        parts = folder.split("/")
        way = super().__new__(cls, "/".join([".."] * len(parts)))
        way._parts = parts
        return way

    def reach(self, path: str) -> str:
        """Write a path of the project from there."""
        parts = [] if path == "." else path.split("/")
        pairs = enumerate(zip(parts, self._parts, strict=False))
        same = next((at for at, (left, right) in pairs if left != right), min(len(parts), len(self._parts)))
        return "/".join([*[".."] * (len(self._parts) - same), *parts[same:]]) or "."


def join_path(path: str, prefix: str) -> str:
    """Write a path of the report as seen from elsewhere, whatever it holds; `.` for the folder looked from."""
    if isinstance(prefix, WayUp):
        return prefix.reach(posixpath.normpath(path))
    return posixpath.normpath(posixpath.join(prefix, path))


def display_prefix(root: Path) -> str:
    """Write the root of a project as the user's paths would, for the places that are printed."""
    here = Path.cwd()
    if here != root and here.is_relative_to(root):
        return WayUp(here.relative_to(root).as_posix())
    relative = Path(os.path.relpath(root)).as_posix()
    # A path with `..` is harder to read than the whole path.
    return "" if relative == "." else root.as_posix() if relative.startswith("../..") else relative


def show_path(path: str, prefix: str) -> str:
    """Write a path of the report as seen from where the user is, on one line."""
    return make_printable(join_path(path, prefix))


def show_place(location: Location, prefix: str) -> str:
    """Write `path:line:col`, 1-based, as editors and terminals make links of it."""
    start = get_start(location)
    return f"{show_path(location.path, prefix)}:{start.line}:{start.column + 1}"


def name_rule(code: str, name: str, contract: str) -> str:
    """Write the code of a rule with the contract by which it judges, or with its name where it needs none."""
    return make_printable(f"{code} {contract!r}" if contract else f"{code} {name}")


def list_other_places(finding: Finding) -> list[Related]:
    """List the places that belong to a finding besides its own: the imports of its chain, then what is related."""
    hops = [Related(f"{hop.importer} imports {hop.imported}", hop.location) for hop in finding.chain]
    return [*hops, *finding.related]
