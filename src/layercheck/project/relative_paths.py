"""Relative POSIX paths of files and folders; the project root is `""`."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_T = TypeVar("_T")


def join(folder: str, name: str) -> str:
    """Join two relative POSIX paths, either of which may be empty."""
    return f"{folder}/{name}" if folder and name else folder or name


def is_above(folder: str, path: str) -> bool:
    """Return whether `path` is in `folder`; a folder is in itself."""
    return not folder or path == folder or path.startswith(f"{folder}/")


def folders_above(path: str) -> list[str]:
    """List the folders that contain a file or folder, nearest first; the last is the project root, `""`."""
    found = []
    while path:
        path = path.rpartition("/")[0]
        found.append(path)
    return found


def without_paths(mapping: Mapping[str, _T], paths: Iterable[str]) -> dict[str, _T]:
    """Copy a mapping by path without some paths; fast for mappings with thousands of paths."""
    kept = dict(mapping)
    for path in paths:
        kept.pop(path, None)
    return kept
