"""The configurations of projects in a folder and below it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from layercheck.config.document import FILE_NAMES, PYPROJECT, is_ours
from layercheck.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Iterator

# Folders in which other people's projects lie.
_NEVER_OURS = frozenset({"node_modules", "site-packages", "__pycache__"})


def list_configurations(root: Path) -> Iterator[Path]:
    """Find the configurations of projects in a folder and below it."""
    for folder, folders, names in os.walk(root):
        if "pyvenv.cfg" in names:
            folders.clear()
        folders[:] = [name for name in folders if not name.startswith(".") and name not in _NEVER_OURS]
        for name in FILE_NAMES:
            if name in names and (name != PYPROJECT or _is_surely_ours(Path(folder, name))):
                yield Path(folder, name)
                break


def _is_surely_ours(path: Path) -> bool:
    try:
        return is_ours(path)
    except ConfigurationError:
        return False  # one that nobody asked about; who names a file beside it is told
