"""How wide the terminal is."""

from __future__ import annotations

import os
import sys

_USUAL = 100


def find_width() -> int:
    """Count the columns, as `shutil.get_terminal_size` does, whose import takes longer than all else that writes a report."""
    try:
        columns = int(os.environ["COLUMNS"])
    except (KeyError, ValueError):
        columns = 0
    if columns > 0:
        return columns
    try:
        return os.get_terminal_size(sys.__stdout__.fileno()).columns or _USUAL  # type: ignore[union-attr]
    except (AttributeError, ValueError, OSError):
        # There is no such stream, it is closed, or it is no terminal.
        return _USUAL
