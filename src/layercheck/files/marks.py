"""What the file system says of a path without opening it, so that one can see later whether it still says the same.

Nothing is imported here: a run that finds all as it was does nothing else.
"""

from __future__ import annotations

import os
import stat

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

Mark = tuple[int, ...]
"""What kind of thing it is, its inode, size, times of modification and of change; empty where there is nothing."""
_NOTHING: Mark = ()


def mark(path: str) -> Mark:
    """Mark a file by its content, and a folder by no more than that it is there."""
    try:
        status = os.stat(path)  # noqa: PTH116  (without pathlib)
    except OSError:
        return _mark_broken(path)
    kind = stat.S_IFMT(status.st_mode)
    if kind == stat.S_IFDIR:
        return (kind, status.st_ino, 0, 0, 0)
    return (kind, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)


def mark_listing(folder: str) -> Mark:
    """Mark a folder by the names in it, which its times follow."""
    try:
        status = os.stat(folder)  # noqa: PTH116  (see above)
    except OSError:
        return _mark_broken(folder)
    return (stat.S_IFMT(status.st_mode), status.st_ino, 0, status.st_mtime_ns, status.st_ctime_ns)


def list_names(folder: str, without: str) -> list[tuple[str, bool, bool]]:
    """List what a folder holds, and whether it is a folder and a link; one name has no say. Raises OSError."""
    with os.scandir(folder) as entries:
        return sorted((each.name, each.is_dir(), each.is_symlink()) for each in entries if each.name != without)


def are_settled(marks: Iterable[Mark], moment_ns: int) -> bool:
    """Return whether a write after some moment would show in the marks."""
    return all(not each or (each[3] < moment_ns and each[4] < moment_ns) for each in marks)


def _mark_broken(path: str) -> Mark:
    """Mark what leads nowhere."""
    try:
        status = os.lstat(path)
    except OSError:
        return _NOTHING
    return (-1, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
