"""Which files are under version control: a glance at git's index, and git itself only where the glance says "perhaps".

Most projects track neither environments nor secrets, and to find that out costs no process.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from layercheck.errors import HistoryError
from layercheck.files.ignore_rules import folders_above

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

_SIGNATURE = b"DIRC"
# From version 4 on, a name is written as its difference from the one before.
_PLAIN_VERSIONS = (2, 3)
_VERSION = slice(4, 8)
# A split index keeps most names in another file.
_SPLIT = b"link"
_POINTER = "gitdir: "


def glance(root: Path, paths: Collection[str]) -> str:
    """Tell which of `paths` (relative to `root`) the index may hold; where it cannot be read so, when it was written."""
    above = folders_above(root) if paths else None
    if above is None:
        return ""
    top = above[-1] if above else root
    index = _find_index(top)
    try:
        data = index.read_bytes()
        status = index.stat()
    except OSError:
        return ""
    if not _is_plain(data):
        return f"written {status.st_mtime_ns} {status.st_size}"
    way = "" if top == root else f"{root.relative_to(top).as_posix()}/"
    return ascii(sorted(path for path in paths if os.fsencode(f"{way}{path}") + b"\0" in data))


def find_tracked(root: Path, paths: Collection[str]) -> frozenset[str]:
    """Find those of `paths` that git keeps; none where there is no repository, or no git."""
    if glance(root, paths) in {"", "[]"}:
        return frozenset()
    # With it come the processes, which hardly any run needs.
    from layercheck.files.git.runner import Repository  # noqa: PLC0415

    try:
        return Repository(root, "").tracked_files(paths)
    except HistoryError:
        return frozenset()


def _find_index(top: Path) -> Path:
    """Find the index of a repository; that of a further work tree, or of a submodule, lies elsewhere."""
    place = top / ".git"
    try:
        pointer = place.read_text("utf-8", "surrogateescape")
    except OSError:
        return place / "index"
    return top / pointer.removeprefix(_POINTER).strip() / "index"


def _is_plain(data: bytes) -> bool:
    return (
        data.startswith(_SIGNATURE) and int.from_bytes(data[_VERSION], "big") in _PLAIN_VERSIONS and _SPLIT not in data
    )
