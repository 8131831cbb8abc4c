"""What came and went between two trees of files, and the texts of imports that may mean it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from layercheck.project.journal import find_differing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from layercheck.project.module_names import SourceTree


def compare_trees(before: SourceTree, after: SourceTree) -> set[str]:
    """Find the folders and stems that were added or removed, and the stems that are another file now."""
    return (before.folders ^ after.folders) | find_differing(before.stems, after.stems)


def match_names(stems: Iterable[str], *, more: str = "") -> re.Pattern[str]:
    """Make a pattern for texts with the name of a module, of which there may be none, or with what `more` matches."""
    words = sorted({stem.rpartition("/")[2] for stem in stems} - {""})
    patterns = [*([rf"\b(?:{'|'.join(map(re.escape, words))})\b"] if words else []), *([more] if more else [])]
    return re.compile("|".join(patterns) or r"(?!)")
