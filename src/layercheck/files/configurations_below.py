"""The configurations of projects in a folder and below it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from layercheck.config.document import FILE_NAMES, PYPROJECT, is_ours
from layercheck.errors import ConfigurationError
from layercheck.files.discovery import is_environment, may_hold_modules

if TYPE_CHECKING:
    from collections.abc import Iterator


def list_configurations(root: Path) -> Iterator[Path]:
    """Find the configurations of projects in a folder and below it."""
    for folder, folders, names in os.walk(root):
        if is_environment({*folders, *names}):
            folders.clear()
        folders[:] = filter(may_hold_modules, folders)
        for name in FILE_NAMES:
            if name in names and (name != PYPROJECT or _is_surely_ours(Path(folder, name))):
                yield Path(folder, name)
                break


def _is_surely_ours(path: Path) -> bool:
    try:
        return is_ours(path)
    except ConfigurationError:
        return False  # one that nobody asked about; who names a file beside it is told
