"""Names in a sentence: all of a few, or the first ones and a count."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_NAMES = 4


def enumerate_names(names: Sequence[str], noun: str = "modules") -> str:
    """List names as the subject of a sentence: `a and b`, `5 modules (a, b, c and 2 more)`."""
    if len(names) == 2:
        return " and ".join(names)
    return f"{len(names):,} {noun} ({cut_short(names, MOST_NAMES)})"


def cut_short(names: Sequence[str], most: int) -> str:
    """List names, and count those beyond `most`."""
    if len(names) <= most:
        return ", ".join(names)
    return f"{', '.join(names[: most - 1])} and {len(names) - most + 1:,} more"
