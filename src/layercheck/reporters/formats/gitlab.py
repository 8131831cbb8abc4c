"""GitLab's code quality report, which shows findings in merge requests."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from layercheck.model.finding import Severity
from layercheck.reporters.display import get_end, get_start
from layercheck.reporters.json_document import encode_document
from layercheck.reporters.repository import RepositoryPaths

if TYPE_CHECKING:
    from layercheck.model.finding import Violation
    from layercheck.model.report import Report
    from layercheck.model.source import Position
    from layercheck.reporters.context import RenderContext

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def render(report: Report, context: RenderContext) -> str:
    """Write a JSON array with one object for every finding."""
    paths = RepositoryPaths(context)
    seen: Counter[str] = Counter()
    return encode_document([_describe(violation, paths, seen) for violation in report.violations])


def _describe(violation: Violation, paths: RepositoryPaths, seen: Counter[str]) -> dict[str, Any]:
    fingerprint = violation.fingerprint
    seen[fingerprint] += 1
    # Of findings that share a fingerprint GitLab shows one.
    ordinal = f"-{seen[fingerprint]}" if seen[fingerprint] > 1 else ""
    return {
        "check_name": f"{violation.code} {violation.name}",
        "description": f"{violation.code} {violation.message}",
        "severity": _SEVERITIES[violation.severity],
        "fingerprint": fingerprint + ordinal,
        "location": {
            "path": paths.show(violation.location.path),
            "positions": {
                "begin": _describe_position(get_start(violation.location)),
                "end": _describe_position(get_end(violation.location)),
            },
        },
    }


def _describe_position(position: Position) -> dict[str, int]:
    return {"line": position.line, "column": position.column + 1}
