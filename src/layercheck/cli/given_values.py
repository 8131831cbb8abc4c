"""What values of options have to be, whoever reads the options."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def is_blank(path: str) -> bool:
    """Tell whether a path is empty: Python would take that for the current folder."""
    return not path.strip()


def find_fault_of_folder(folder: Path) -> str:
    """Make the folder for a cache, and say why it cannot be used: who names one wants that; empty where it can."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        return "it is not a folder" if folder.exists() else error.strerror or str(error)
    return "" if os.access(folder, os.W_OK | os.X_OK) else "it is not writable"


def split_at_commas(values: Iterable[str]) -> tuple[str, ...]:
    """Split the values of an option that may be given several times, each with several values."""
    return tuple(entry for value in values for part in value.split(",") if (entry := part.strip()))
