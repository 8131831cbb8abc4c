"""GitLab's code quality report, which shows findings in merge requests."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from layercheck.model.severity import Severity
from layercheck.reporters.display import get_end, get_start
from layercheck.reporters.json_document import encode_document
from layercheck.reporters.repository import RepositoryPaths

if TYPE_CHECKING:
    from layercheck.model.finding import Finding
    from layercheck.model.report import Report
    from layercheck.model.source import Position
    from layercheck.rule.render_context import RenderContext

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def render(report: Report, context: RenderContext) -> str:
    """Write a JSON array with one object for every finding."""
    paths = RepositoryPaths(context)
    seen: Counter[str] = Counter()
    return encode_document([_describe(finding, paths, seen) for finding in report.findings])


def _describe(finding: Finding, paths: RepositoryPaths, seen: Counter[str]) -> dict[str, Any]:
    fingerprint = finding.fingerprint
    seen[fingerprint] += 1
    # Of findings that share a fingerprint GitLab shows one.
    ordinal = f"-{seen[fingerprint]}" if seen[fingerprint] > 1 else ""
    return {
        "check_name": f"{finding.code} {finding.name}",
        "description": f"{finding.code} {finding.message}",
        "severity": _SEVERITIES[finding.severity],
        "fingerprint": fingerprint + ordinal,
        "location": {
            "path": paths.show(finding.location.path),
            "positions": {
                "begin": _describe_position(get_start(finding.location)),
                "end": _describe_position(get_end(finding.location)),
            },
        },
    }


def _describe_position(position: Position) -> dict[str, int]:
    return {"line": position.line, "column": position.column + 1}
