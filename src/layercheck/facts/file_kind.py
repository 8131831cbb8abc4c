"""What the name of a file says of its content."""

from __future__ import annotations

from typing import NamedTuple


class FileKind(NamedTuple):
    """What the name of a file says about the meaning of its content."""

    is_stub: bool
    is_package: bool


def file_kind(path: str) -> FileKind:
    """Read what a path says of its content."""
    return FileKind(path.endswith(".pyi"), path.rpartition("/")[2].startswith("__init__."))
