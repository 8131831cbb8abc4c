"""Annotations for GitHub Actions on what the change introduced, and on nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from layercheck.commands.diff.sentences import summarise_change
from layercheck.reporters.display import make_printable
from layercheck.reporters.formats.github import render as annotate

if TYPE_CHECKING:
    from layercheck.commands.diff.change import Change
    from layercheck.rule.render_context import RenderContext


def render(change: Change, context: RenderContext) -> str:
    """Write the annotations as `layercheck check` does, and the verdict for the log."""
    introduced = msgspec.structs.replace(change.report, findings=change.findings.introduced)
    return f"{annotate(introduced, context)}{make_printable(summarise_change(change))}\n"
