"""The one way in which files of a checked project are read: regular files of a bounded size, never a device or a pipe."""

from __future__ import annotations

import errno
import os
import stat
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

LARGEST_FILE = 1 << 28
"""Bytes; a repository may link to `/dev/zero`, or hold a file that is larger than the memory."""
_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
    # Opening a pipe would wait for a writer.
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOCTTY", 0)
)
_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)


def read_regular_file(path: str | Path, *, follow_link: bool = True) -> bytes:
    """Read a file whole. Raises OSError, also for what is not a regular file, or larger than `LARGEST_FILE`."""
    handle = os.open(path, _FLAGS if follow_link else _FLAGS | _NO_FOLLOW)
    try:
        status = os.fstat(handle)
        if stat.S_ISDIR(status.st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if not stat.S_ISREG(status.st_mode):
            raise OSError(errno.EINVAL, "is not a regular file")
        if status.st_size > LARGEST_FILE:
            raise OSError(errno.EFBIG, f"is larger than {LARGEST_FILE >> 20} MB")
        data = os.read(handle, status.st_size + 1)
        if len(data) <= status.st_size and (len(data) == status.st_size or not data):
            return data
        # It grows meanwhile, or the system hands out less at once than was asked for.
        parts, total = [data], len(data)
        while total <= LARGEST_FILE and (data := os.read(handle, 1 << 20)):
            parts.append(data)
            total += len(data)
        return b"".join(parts)
    finally:
        os.close(handle)
