"""What an editor shows of the findings and imports under the pointer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from layercheck.server.markdown import write_plain
from layercheck.server.positions import overlap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layercheck.model.finding import Finding
    from layercheck.server.inquiry import Shown


def write_hover(shown: Shown, here: types.Range, imports: Sequence[tuple[types.Range, str]]) -> types.Hover | None:
    """Write what is known of the findings at a place, and of the `imports` there; None where there are none."""
    marks = [mark for mark in shown.marks if overlap(mark.diagnostic.range, here)]
    ranges = [*(mark.diagnostic.range for mark in marks), *(range_ for range_, _ in imports)]
    if not ranges:
        return None
    parts = [*(_write(mark.finding) for mark in marks), *dict.fromkeys(text for _, text in imports)]
    return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, "\n\n---\n\n".join(parts)), ranges[0])


def _write(finding: Finding) -> str:
    notes = [f"- {write_plain(line)}" for line in (*finding.notes, *finding.roles)]
    heading = f"**{finding.code}** {write_plain(finding.name)} ({finding.severity}): "
    return "\n".join([heading + write_plain(finding.message), *(["", *notes] if notes else [])])
