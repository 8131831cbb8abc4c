"""The edit that puts another node of libcst in the place of one, with the indentation of the lines around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck.edits.difference import find_difference

if TYPE_CHECKING:
    import libcst

    from layercheck.model.fix import Edit
    from layercheck.model.source import Span


def replace_node(module: libcst.Module, place: Span, old: libcst.CSTNode, new: libcst.CSTNode) -> Edit:
    """Replace a node that is at `place` of the module.

    The whole module is written with the new node, so all lines are indented as in the old one, and lines inside of texts
    stay as they are. The edit also covers what belongs to the nodes and lies outside of them, such as comments above.
    """
    before, after = module.code, module.deep_replace(old, new).code  # type: ignore[attr-defined]  # gives a module
    return find_difference(before, after, covered=place)
