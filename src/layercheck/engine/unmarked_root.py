"""The root of a project that nothing marks, for a folder that is named: its imports may name what is beside it."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from layercheck.files.discovery import SUFFIXES, is_environment, may_hold_modules
from layercheck.later_pattern import compile_later
from layercheck.regular_file import read_regular_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_IMPORT = compile_later(
    rb"^[ \t]*(?:from[ \t]+(\.*)([\w.]*)[ \t]+import[ \t]+\(?\s*(\w+)|import[ \t]+()([\w.]+)())", re.MULTILINE
)


def find_root_above(folder: Path) -> Path | None:
    """Find the highest folder above, from which the modules of a folder import what is not in it; None: there is none."""
    names = {each.name.encode() for each in (folder, *folder.parents)}
    # Most imports are written in many modules.
    absolute: dict[tuple[bytes, bytes], None] = {}
    height = -1
    for module in _find_modules(folder):
        for dots, dotted, name in _list_imports(module):
            if len(dots) - 2 > height:
                height = max(height, len(dots) - 2 - os.path.relpath(module, folder).count(os.sep))
            elif not dots and dotted.partition(b".")[0] in names:
                absolute[dotted, name] = None
    found = {*folder.parents[height : height + 1]} if height >= 0 else set()
    known: dict[Path, bool] = {}
    for dotted, name in absolute:
        imported = [part.decode("ascii", "replace") for part in (*dotted.split(b"."), name) if part]
        found.update(_roots_for(imported, folder, known))
    return min(found, key=lambda root: len(root.parts), default=None)


def _find_modules(folder: Path) -> Iterator[str]:
    for place, folders, names in os.walk(folder):
        if is_environment(set(names)):
            folders.clear()
            continue
        folders[:] = filter(may_hold_modules, folders)
        yield from (f"{place}/{name}" for name in names if name.endswith(SUFFIXES))


def _list_imports(module: str) -> Iterator[tuple[bytes, bytes, bytes]]:
    """List the dots, the name and the first imported name of each import in a file."""
    try:
        data = read_regular_file(module)
    except OSError:
        return
    for groups in _IMPORT.findall(data):
        yield groups[0] or groups[3], groups[1] or groups[4], groups[2] or groups[5]


def _roots_for(imported: list[str], folder: Path, known: dict[Path, bool]) -> Iterator[Path]:
    """Find the folders above in which an absolute import finds something, below a name on the way to `folder`."""
    if len(imported) < 2:
        return
    for top in (folder, *folder.parents):
        if not may_hold_modules(top.name):
            return
        if top.name == imported[0]:
            child = top / imported[1]
            if child not in known:
                known[child] = _is_there(child)
            place = top.parent.joinpath(*imported)
            if known[child] and not place.is_relative_to(folder) and not folder.is_relative_to(place):
                yield top.parent


def _is_there(path: Path) -> bool:
    return path.is_dir() or any(path.with_name(path.name + suffix).is_file() for suffix in SUFFIXES)
