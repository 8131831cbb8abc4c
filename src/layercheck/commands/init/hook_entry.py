"""Our entry in `.pre-commit-config.yaml`, added as text: a YAML library would lose comments and layout."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from layercheck.commands.init.changes import Change, read_text
from layercheck.version import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

FILE_NAME = ".pre-commit-config.yaml"
_REPOSITORY = "https://github.com/layercheck/layercheck"
_ENTRY = (f"- repo: {_REPOSITORY}", f"  rev: v{__version__}", "  hooks:", "    - id: layercheck")
_REPOS = re.compile(r"repos:[ \t]*(#.*)?")
_ITEM = re.compile(r"( *)- +\S")
_OURS = re.compile(
    r"^[ \t-]*(repo|id):[ \t]*[\"']?(\S*/layercheck(\.git)?|layercheck(-project)?)[\"']?[ \t]*(#.*)?$", re.MULTILINE
)
_ODD = re.compile(r"^(---|\.\.\.|\t)|^ +\t", re.MULTILINE)
"""Several documents in one file, and tabs: nothing to add to blindly."""


class Hooking(NamedTuple):
    """What becomes of the pre-commit entry."""

    change: Change | None
    """None where nothing can be written safely, or nothing has to."""
    is_there: bool = False
    """Whether the file has the entry already."""


def entry_text() -> str:
    """Write the entry for a reader to copy."""
    return "".join(f"{line}\n" for line in ("repos:", *(f"  {line}" for line in _ENTRY)))


def hook_in(folder: Path) -> Hooking:
    """Add our entry behind those in the `.pre-commit-config.yaml` of a folder, if there is one that can be understood."""
    path = folder / FILE_NAME
    try:
        before = read_text(path)
    except OSError:
        return Hooking(None)
    if _OURS.search(before):
        return Hooking(None, is_there=True)
    after = _with_entry(before)
    return Hooking(None if after is None else Change(path, before, after))


def _with_entry(text: str) -> str | None:
    newline = "\r\n" if "\r\n" in text else "\n"
    lines = text.replace("\r\n", "\n").split("\n")
    starts = [at for at, line in enumerate(lines) if _REPOS.fullmatch(line)]
    if len(starts) != 1 or _ODD.search(text.removeprefix("---")):
        return None
    start = starts[0] + 1
    first = next((line for line in lines[start:] if line.strip() and not line.lstrip().startswith("#")), "")
    item = _ITEM.match(first)
    if item is None:
        return None
    end = _end_of_block(lines, start, len(item[1]))
    added = [item[1] + line for line in _ENTRY]
    return newline.join([*lines[:end], *added, *(lines[end:] or [""])])


def _end_of_block(lines: Sequence[str], start: int, indent: int) -> int:
    """Find the line behind the last entry: blank lines and comments before what follows belong to that."""
    end = start
    for at in range(start, len(lines)):
        line = lines[at]
        inside = line.startswith(" " * (indent + 1))
        if not line.strip() or (line.lstrip().startswith("#") and not inside):
            continue
        if not inside and not line.startswith(" " * indent + "-"):
            break
        end = at + 1
    return end
