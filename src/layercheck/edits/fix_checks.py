"""What has to be true of the edits of a fix before a file is changed."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layercheck.model.fix import Edit
    from layercheck.python.text.line_index import LineIndex


def find_problem_of_edits(edits: Sequence[Edit], lines: LineIndex) -> str:
    """Say what is wrong with the edits of one fix, as what follows "a fix that"; empty where nothing is."""
    if not edits:
        return "changes nothing"
    for edit in edits:
        if not lines.holds(edit.span):
            start = edit.span.start
            return f"changes a place outside of the file: line {start.line}, column {start.column}"
    spans = sorted(edit.span for edit in edits)
    for first, second in pairwise(spans):
        if second.start < first.end:
            return f"changes line {second.start.line} twice: its edits overlap"
    return ""
