"""The folder in which a project keeps what earlier runs knew, and when that still holds. Next to nothing is imported."""

from __future__ import annotations

import errno
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from layercheck.facts.signature import Signature

FOLDER_NAME = ".layercheck_cache"
TICK_NS = 20_000_000
"""Clocks of file systems tick coarsely: a file as young as what is known of it may have been written after it was read."""
_CACHEDIR_TAG = (
    "Signature: 8a477f597d28d172789f06886806bc55\n# This folder is a cache of layercheck and may be deleted.\n"
)


def now_ns() -> int:
    """Return the time that files are stamped with."""
    return time.time_ns()


def is_older(signatures: Iterable[Signature], written_ns: int) -> bool:
    """Tell whether files are so much older than a moment that a write after it would show in their signatures."""
    limit = written_ns - TICK_NS
    return all(each.mtime_ns < limit and each.ctime_ns < limit for each in signatures)


def prepare_folder(folder: Path) -> None:
    """Make the folder of a cache, so that git and backups leave it out.

    Raises OSError, also where a link has the default name: only the user decides where the cache is, not a repository.
    """
    if folder.name == FOLDER_NAME and folder.is_symlink():
        raise OSError(errno.ELOOP, "is a link")
    if folder.is_dir():
        return
    folder.mkdir(parents=True)
    (folder / ".gitignore").write_text("*\n", "utf-8")
    (folder / "CACHEDIR.TAG").write_text(_CACHEDIR_TAG, "utf-8")
