"""SonarQube's generic issue format (10.3 and later): issues of an external engine, with their rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from layercheck.model.severity import Severity
from layercheck.reporters.display import list_other_places
from layercheck.reporters.json_document import encode_document
from layercheck.reporters.repository import RepositoryPaths
from layercheck.reporters.rule_texts import describe_rules
from layercheck.reporters.source_lines import LineReader, count_utf16

if TYPE_CHECKING:
    from layercheck.model.finding import Finding
    from layercheck.model.report import Report
    from layercheck.model.source import Location
    from layercheck.rule.render_context import RenderContext

_IMPACTS = {Severity.ERROR: "HIGH", Severity.WARNING: "MEDIUM", Severity.INFO: "LOW"}


def render(report: Report, context: RenderContext) -> str:
    """Write a JSON object with the rules that were broken, and one issue for every finding."""
    writer = _Writer(context)
    return encode_document(
        {
            "rules": _describe_rules(report, context),
            "issues": [writer.describe(finding) for finding in report.findings],
        }
    )


def _describe_rules(report: Report, context: RenderContext) -> list[dict[str, Any]]:
    texts = {text.code: text for text in describe_rules(report, context.rules)}
    return [
        {
            "id": rule.code,
            "name": f"{rule.code} {rule.name}",
            "description": texts[rule.code].text,
            "engineId": "layercheck",
            "cleanCodeAttribute": "MODULAR",
            # Severity belongs to the rule here, so it is that of its gravest finding.
            "impacts": [{"softwareQuality": "MAINTAINABILITY", "severity": _IMPACTS[rule.severity]}],
        }
        for rule in report.count_by_rule()
    ]


class _Writer:
    def __init__(self, context: RenderContext) -> None:
        self._paths = RepositoryPaths(context)
        self._lines = LineReader(context.root, context.texts)

    def describe(self, finding: Finding) -> dict[str, Any]:
        return {
            "ruleId": finding.code,
            "primaryLocation": self._describe_place(finding.message, finding.location),
            "secondaryLocations": [
                self._describe_place(each.message, each.location) for each in list_other_places(finding)
            ],
        }

    def _describe_place(self, message: str, location: Location) -> dict[str, Any]:
        return {
            "message": message,
            "filePath": self._paths.show(location.path),
            "textRange": self._describe_range(location),
        }

    def _describe_range(self, location: Location) -> dict[str, int]:
        """Lines from 1, columns from 0 in UTF-16 units. A column that is not in the file would stop the whole import."""
        if location.span is None:
            return {"startLine": 1}
        start, end = location.span.start, location.span.end
        first, last = (self._lines.read(location.path, position.line) for position in (start, end))
        is_known = first is not None and last is not None and start < end
        if not is_known or start.column > len(first or "") or end.column > len(last or ""):
            return {"startLine": start.line}
        return {
            "startLine": start.line,
            "endLine": end.line,
            "startColumn": count_utf16(first, start.column),
            "endColumn": count_utf16(last, end.column),
        }
