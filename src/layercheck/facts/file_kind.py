"""What the name of a file says of its content."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

_MOST_KEPT = 1 << 16


class FileKind(NamedTuple):
    """What the name of a file says about the meaning of its content."""

    is_stub: bool
    is_package: bool


@lru_cache(_MOST_KEPT)
def file_kind(path: str) -> FileKind:
    """Read what a path says of its content."""
    return FileKind(path.endswith(".pyi"), path.rpartition("/")[2].startswith("__init__."))
