"""All that a report rests on, as far as the file system knows: as long as it says the same, the next report is the same."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from layercheck.config.document import FILE_NAMES
from layercheck.files.git.settings import INCLUDE, git_folder, hold_any, list_settings
from layercheck.files.ignore_rules import find_top

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from layercheck.engine.open_files import OpenFiles
    from layercheck.engine.report_cache import CachedReport
    from layercheck.facts.signature import Signature

MARKERS = (
    ".git",
    "pyproject.toml",
    "setup.py",
    "setup.cfg",
    "requirements.txt",
    "Pipfile",
    "poetry.lock",
    "uv.lock",
    "manage.py",
)
"""What stands at the top of a project that has no configuration."""


class Grounds(NamedTuple):
    """Where to look; all paths but those of the modules are absolute."""

    root: str
    modules: Mapping[str, Signature]
    folders: tuple[str, ...]
    """The folders whose content was listed, the root among them."""
    files: tuple[str, ...]
    """Other files, and folders that need only be there; some need not be there."""
    day: str
    """The day that it is true for, as 2026-11-28; empty: any."""


def find_grounds(files: OpenFiles, cached: CachedReport) -> Grounds | None:
    """Collect what a report rests on; None where that is more than the file system can say."""
    root, discovery = files.target.root, files.discovery
    loaded = files.target.loaded
    if loaded.path is None and not any((root / marker).exists() for marker in MARKERS):
        # Imports decide where such a project begins, perhaps far above.
        return None
    top = find_top(root)
    if top is not None and hold_any(list_settings(top), INCLUDE):
        return None
    named = (*discovery.unreadable, *discovery.baselines, *discovery.project_files, *cached.digests)
    places = [
        *discovery.looks.files,
        *(os.path.normpath(f"{root}/{path}") for path in dict.fromkeys(named)),
        *(path for folder in discovery.looks.folders if os.path.lexists(path := f"{folder}/.gitignore")),
        *([] if loaded.path is None else [os.fspath(loaded.path)]),
        *(() if top is None else _list_files_of_git(top)),
        *_list_upward(Path.cwd(), root, *(root / path for path in files.target.paths)),
    ]
    is_dated = cached.day is not None or any(b"until" in text.data for text in files.accepted)
    return Grounds(
        os.fspath(root),
        discovery.files,
        discovery.looks.folders,
        tuple(dict.fromkeys(places)),
        files.options.day.isoformat() if is_dated else "",
    )


def _list_files_of_git(top: Path) -> Iterator[str]:
    """List the files of git that decide on which files are read."""
    folder = git_folder(top)
    yield from map(os.fspath, (folder, folder / "index", folder / "commondir", *list_settings(top)))


def _list_upward(*starts: Path) -> Iterator[str]:
    """List what may stand above some paths and decide on which project they belong to."""
    yield from map(os.fspath, starts)
    places = {place for start in starts for place in (start, Path(os.path.realpath(start)))}
    # A hook names hundreds of files in a few folders. That a file becomes a folder shows in itself.
    nearest = {place if place.is_dir() else place.parent for place in places}
    for folder in {each for place in nearest for each in (place, *place.parents)}:
        yield from (os.path.join(folder, name) for name in (*FILE_NAMES, *MARKERS))  # noqa: PTH118  (a quarter of the time)
