"""Markdown for a comment on a pull or merge request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck.reporters.markdown_comment import write_comment

if TYPE_CHECKING:
    from layercheck.model.report import Report
    from layercheck.rule.render_context import RenderContext

# GitHub takes 65,536 characters; bytes are on the safe side, and leave room for a line of the user's own.
_MOST_BYTES = 65_000


def render(report: Report, context: RenderContext) -> str:
    """Write a short summary and the folded findings; what does not fit is counted."""
    return write_comment(report, context, _MOST_BYTES)
