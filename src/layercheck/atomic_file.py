"""The one way in which files are written: whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
from pathlib import Path

_NEW_FILE = 0o666
"""As any new file: what the user's mask leaves of it."""


def replace_file(target: Path, data: bytes, *, mode: int = _NEW_FILE, follow_link: bool = True) -> None:
    """Write a file so that nobody ever reads half of it; a link stays, and so do the permissions of an existing file.

    Without `follow_link`, a link is replaced. Raises OSError, also for what is there and is not a regular file.
    """
    # An unlinked path stays relative: the folders above it need not be readable.
    target = Path(os.path.realpath(target)) if follow_link and target.is_symlink() else target
    if not target.is_symlink() and target.exists() and not target.is_file():
        # For root, a device would be replaced like any file.
        raise OSError(errno.EINVAL, "is not a regular file")
    try:
        handle, beside = open_beside(target, mode=mode)
    except OSError:
        if target.is_symlink() or not target.exists():
            raise
        # A folder that takes no new files may still hold one that can be written.
        target.write_bytes(data)
        return
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        if target.exists() and not target.is_symlink():
            beside.chmod(target.stat().st_mode & 0o7777)
        beside.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise


def open_beside(target: Path, *, mode: int = _NEW_FILE) -> tuple[int, Path]:
    """Open a new file in the folder of another one. Raises OSError."""
    beside = target.with_name(f".{target.name[:100]}.{os.urandom(4).hex()}")
    return os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode), beside


def is_inside(folder: Path, path: Path) -> bool:
    """Return whether a path, links followed, lies in a folder: a stranger's link may lead anywhere."""
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))
