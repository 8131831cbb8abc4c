"""The one edit between two versions of a text."""

from __future__ import annotations

import operator
from itertools import takewhile

from layercheck.model.fix import Edit
from layercheck.model.source import Span
from layercheck.python.text.line_index import LineIndex


def find_difference(before: str, after: str, covered: Span | None = None) -> Edit:
    """Find the smallest edit that makes a text another one, and that covers at least a stretch of it."""
    lines = LineIndex(before)
    start = _count_common(before, after)
    if covered is not None:
        start = min(start, lines.find_offset(covered.start))
    end = len(before) - _count_common(before[start:][::-1], after[start:][::-1])
    if covered is not None:
        end = max(end, lines.find_offset(covered.end))
    text = after[start : len(after) - (len(before) - end)]
    return Edit(Span(lines.find_position(start), lines.find_position(end)), text)


def _count_common(one: str, other: str) -> int:
    """Count the characters with which both texts begin."""
    return sum(1 for _ in takewhile(bool, map(operator.eq, one, other)))
