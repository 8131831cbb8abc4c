"""What an editor shows of the findings under the pointer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from layercheck.reporters.markdown_comment import escape_markdown
from layercheck.server.actions import overlap

if TYPE_CHECKING:
    from layercheck.model.finding import Finding
    from layercheck.server.checker import Shown


def write_hover(shown: Shown, position: types.Position) -> types.Hover | None:
    """Write what is known of the findings at a position; None where there are none."""
    here = types.Range(position, position)
    marks = [mark for mark in shown.marks if overlap(mark.diagnostic.range, here)]
    if not marks:
        return None
    value = "\n\n---\n\n".join(_write(mark.finding) for mark in marks)
    return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, value), marks[0].diagnostic.range)


def _write(finding: Finding) -> str:
    notes = [f"- {escape_markdown(line)}" for line in (*finding.notes, *finding.roles)]
    heading = f"**{finding.code}** {escape_markdown(finding.name)} ({finding.severity}): "
    return "\n".join([heading + escape_markdown(finding.message), *(["", *notes] if notes else [])])
