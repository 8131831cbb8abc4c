"""What the file system says of a file without opening it."""

from __future__ import annotations

from typing import NamedTuple


class Signature(NamedTuple):
    """What the file system says of one file; as long as nothing of it changes, the content has not changed."""

    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int
