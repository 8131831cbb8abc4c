"""Why a file cannot be read."""

from __future__ import annotations

import msgspec

from layercheck.model.imports import Depth


class Unreadable(msgspec.Struct, frozen=True, array_like=True):
    """Why a file could not be read; line is 1-based, column 0-based in code points, None where there is none."""

    reason: str
    line: int | None = None
    column: int | None = None
    depth: Depth | None = None
    """How far the file had to be read to find out; None: its bytes already showed it."""
