"""The root of a project that nothing marks, for a folder that is named: its imports may name what stands beside it."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from layercheck.files.discovery import SUFFIXES, is_environment, may_hold_modules
from layercheck.regular_file import read_regular_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_IMPORT = re.compile(
    rb"^[ \t]*(?:from[ \t]+(\.*)([\w.]*)[ \t]+import[ \t]+\(?\s*(\w+)|import[ \t]+()([\w.]+)())", re.MULTILINE
)


def find_root_above(folder: Path) -> Path | None:
    """Find the highest folder above, from which the modules of a folder import what is not in it; None: there is none."""
    found = {root for module in _find_modules(folder) for root in _roots_of(module, folder)}
    return min(found, key=lambda root: len(root.parts), default=None)


def _find_modules(folder: Path) -> Iterator[str]:
    for place, folders, names in os.walk(folder):
        if is_environment(set(names)):
            folders.clear()
            continue
        folders[:] = filter(may_hold_modules, folders)
        yield from (f"{place}/{name}" for name in names if name.endswith(SUFFIXES))


def _roots_of(module: str, folder: Path) -> Iterator[Path]:
    """Find the folders from which one module imports what lies outside of `folder`."""
    try:
        data = read_regular_file(module)
    except OSError:
        return
    depth = os.path.relpath(module, folder).count(os.sep)
    for groups in _IMPORT.findall(data):
        dots, dotted, name = (groups[at] or groups[at + 3] for at in range(3))
        height = len(dots) - depth - 2
        if dots:
            yield from folder.parents[height : height + 1] if height >= 0 else ()
        else:
            yield from _roots_for(
                [part.decode("ascii", "replace") for part in (*dotted.split(b"."), name) if part], folder
            )


def _roots_for(imported: list[str], folder: Path) -> Iterator[Path]:
    """Find the folders above in which an absolute import finds something, below a name on the way to `folder`."""
    if len(imported) < 2:
        return
    for top in (folder, *folder.parents):
        if not may_hold_modules(top.name):
            return
        if top.name == imported[0] and _is_there(top / imported[1]):
            place = top.parent.joinpath(*imported)
            if not place.is_relative_to(folder) and not folder.is_relative_to(place):
                yield top.parent


def _is_there(path: Path) -> bool:
    return path.is_dir() or any(path.with_name(path.name + suffix).is_file() for suffix in SUFFIXES)
