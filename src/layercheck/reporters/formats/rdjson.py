"""Reviewdog's diagnostic format: paths as the user sees them, columns in UTF-8 bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from layercheck.model.severity import Severity
from layercheck.model.source import Location
from layercheck.reporters.display import join_path, list_other_places
from layercheck.reporters.json_document import encode_document
from layercheck.reporters.source_lines import LineReader, count_utf8

if TYPE_CHECKING:
    from layercheck.model.finding import Finding
    from layercheck.model.report import Report
    from layercheck.model.source import Position
    from layercheck.rule.render_context import RenderContext

_SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.INFO: "INFO"}


def render(report: Report, context: RenderContext) -> str:
    """Write a JSON object with one diagnostic for every finding."""
    writer = _Writer(context)
    return encode_document(
        {
            "source": {"name": "layercheck"},
            "diagnostics": [writer.describe(finding) for finding in report.findings],
        }
    )


class _Writer:
    def __init__(self, context: RenderContext) -> None:
        self._prefix = context.prefix
        self._lines = LineReader(context.root, context.texts)

    def describe(self, finding: Finding) -> dict[str, Any]:
        return {
            "message": "\n".join((finding.message, *finding.notes)),
            "severity": _SEVERITIES[finding.severity],
            "code": {"value": finding.code},
            "location": self._describe_location(finding.location),
            "related_locations": [
                {"message": each.message, "location": self._describe_location(each.location)}
                for each in list_other_places(finding)
            ],
        } | self._suggest(finding)

    def _suggest(self, finding: Finding) -> dict[str, Any]:
        """Reviewdog offers each edit of its own, so that only a fix of one edit can be a suggestion."""
        if finding.fix is None or len(finding.fix.edits) != 1:
            return {}
        edit = finding.fix.edits[0]
        location = self._describe_location(Location(finding.location.path, edit.span))
        return {"suggestions": [{"range": location["range"], "text": edit.text}]}

    def _describe_location(self, location: Location) -> dict[str, Any]:
        path = {"path": join_path(location.path, self._prefix)}
        if location.span is None:
            return path
        start, end = (self._describe_position(location.path, each) for each in (location.span.start, location.span.end))
        return path | {"range": {"start": start, "end": end}}

    def _describe_position(self, path: str, position: Position) -> dict[str, int]:
        column = count_utf8(self._lines.read(path, position.line), position.column)
        return {"line": position.line, "column": column + 1}
