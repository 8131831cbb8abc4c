"""Checkstyle's XML, which many CI plugins read."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from layercheck.reporters.display import get_start, show_path
from layercheck.reporters.elements import make_element, write_document

if TYPE_CHECKING:
    from layercheck.model.report import Report
    from layercheck.rule.render_context import RenderContext

_VERSION = "4.3"


def render(report: Report, context: RenderContext) -> str:
    """Write one `error` for every finding, by file; paths as the user sees them, columns 1-based."""
    root = make_element("checkstyle", version=_VERSION)
    for path, found in groupby(report.findings, key=lambda finding: finding.location.path):
        file = make_element("file", root, name=show_path(path, context.prefix))
        for finding in found:
            start = get_start(finding.location)
            make_element(
                "error",
                file,
                line=start.line,
                column=start.column + 1,
                severity=finding.severity,
                message=finding.message,
                source=f"layercheck.{finding.code}",
            )
    return write_document(root)
