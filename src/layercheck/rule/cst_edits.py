"""The edit that puts another node of libcst in the place of one, with the indentation of the lines around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck.model.fix import Edit
from layercheck.model.source import Span
from layercheck.python.text.line_index import LineIndex

if TYPE_CHECKING:
    import libcst


def replace_node(module: libcst.Module, place: Span, old: libcst.CSTNode, new: libcst.CSTNode) -> Edit:
    """Replace a node that stands at `place` of the module.

    The whole module is written with the new node, so all lines are indented as in the old one, and lines inside of texts
    stay as they are. The edit also covers what belongs to the nodes and lies outside of them, such as comments above.
    """
    before, after = module.code, module.deep_replace(old, new).code  # type: ignore[attr-defined]  # gives a module
    lines = LineIndex(before)
    start = min(_count_same(before, after), lines.find_offset(place.start))
    behind = _count_same(before[start:][::-1], after[start:][::-1])
    end = max(len(before) - behind, lines.find_offset(place.end))
    text = after[start : len(after) - (len(before) - end)]
    return Edit(Span(lines.find_position(start), lines.find_position(end)), text)


def _count_same(text: str, other: str) -> int:
    """Count the characters with which both begin."""
    pairs = enumerate(zip(text, other, strict=False))
    return next((at for at, (one, two) in pairs if one != two), min(len(text), len(other)))
