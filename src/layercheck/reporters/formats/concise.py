"""One finding a line, for editors, grep and problem matchers: `path:line:col: error[LC101] message`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck.reporters.display import make_printable, show_place
from layercheck.reporters.paint import make_painter

if TYPE_CHECKING:
    from layercheck.model.report import Report
    from layercheck.rule.render_context import RenderContext


def render(report: Report, context: RenderContext) -> str:
    """Write the findings in the order of the files, and nothing else."""
    paint = make_painter(colour=context.colour)
    return "".join(
        f"{show_place(each.location, context.prefix)}: "
        f"{paint(f'{each.severity}[{each.code}]', each.severity)} {make_printable(each.message)}\n"
        for each in report.findings
    )
