"""The entries of folders that are project files: README, manifests, locks and the like."""

from __future__ import annotations

import contextlib
import os
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

from layercheck.atomic_file import is_inside
from layercheck.files.manifest_names import is_named_as_one, is_project_file, may_hold_requirements

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

BY_NAME = attrgetter("name")
"""To sort entries."""


def find_project_files(folder: str, entries: Iterable[os.DirEntry[str]], top: str) -> Iterator[os.DirEntry[str]]:
    """Find the project files among the entries of a folder; `top` is the real path of the top of the repository.

    A link that leads out of it is none: what rules say of a project file is not for a file of somebody else.
    """
    if may_hold_requirements(folder):
        found = [entry for entry in entries if is_project_file(folder, entry.name)]
    else:
        # Most folders, with most of all entries: for each of them this is a look into a table.
        found = [entry for entry in entries if is_named_as_one(entry.name)]
    for entry in found:
        with contextlib.suppress(OSError):
            if entry.is_file() and (not entry.is_symlink() or is_inside(Path(top), Path(entry.path))):
                yield entry


def project_files_in(above: Iterable[Path]) -> Iterator[str]:
    """Find the project files in the folders above a project, the last of which is the top of the repository."""
    above = list(above)
    top = os.fspath(above[-1]) if above else ""
    for height, folder in enumerate(above, 1):
        try:
            entries = sorted(os.scandir(folder), key=BY_NAME)
        except OSError:
            continue
        yield from (f"{'../' * height}{entry.name}" for entry in find_project_files("", entries, top))
