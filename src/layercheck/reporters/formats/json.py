"""The format for programs: an object that `report.schema.json` describes, the same bytes for the same project."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from layercheck.model.report import BaselineSummary
from layercheck.model.source import Location
from layercheck.reporters.display import escape_surrogates, get_end, get_start

if TYPE_CHECKING:
    from layercheck.model.failure import Failure
    from layercheck.model.finding import Finding, Hop
    from layercheck.model.fix import Fix
    from layercheck.model.report import Coverage, Report
    from layercheck.rule.render_context import RenderContext

SCHEMA_VERSION = 2


def render(report: Report, _context: RenderContext) -> str:
    """Write the report as JSON in ASCII: paths relative to the project root, lines and columns 1-based, ends exclusive."""
    document = {
        "schema_version": SCHEMA_VERSION,
        "findings": [describe_finding(finding) for finding in report.findings],
        "failures": [describe_failure(failure) for failure in report.failures],
        "coverage": _describe_coverage(report.coverage),
        "summary": _summarise(report),
    }
    return json.dumps(escape(document), indent=2) + "\n"


def describe_finding(finding: Finding) -> dict[str, Any]:
    """Describe one finding."""
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity,
        "message": finding.message,
        **describe_place(finding.location),
        "importer": finding.importer,
        "imported": finding.imported,
        "import_kind": finding.import_kind,
        "chain": [_describe_hop(hop) for hop in finding.chain],
        "related": [{"message": each.message, **describe_place(each.location)} for each in finding.related],
        "roles": list(finding.roles),
        "fix": None if finding.fix is None else _describe_fix(finding.fix, finding.location.path),
        "fingerprint": finding.fingerprint,
    }


def _describe_fix(fix: Fix, path: str) -> dict[str, Any]:
    return {
        "title": fix.title,
        "applicability": fix.applicability,
        "edits": [{**describe_place(Location(path, edit.span)), "text": edit.text} for edit in fix.edits],
    }


def describe_place(location: Location) -> dict[str, Any]:
    """Describe where something stands."""
    start, end = get_start(location), get_end(location)
    return {
        "path": location.path or ".",
        "line": start.line,
        "column": start.column + 1,
        "end_line": end.line,
        "end_column": end.column + 1,
    }


def _describe_hop(hop: Hop) -> dict[str, Any]:
    return {
        "importer": hop.importer,
        "imported": hop.imported,
        "path": hop.location.path or ".",
        "line": get_start(hop.location).line,
    }


def describe_failure(failure: Failure) -> dict[str, Any]:
    """Describe a rule that raised."""
    return {
        "code": failure.code,
        "name": failure.name,
        "plugin": failure.plugin,
        "message": failure.message,
        "path": failure.path,
        "line": failure.line,
    }


def _describe_coverage(coverage: Coverage) -> dict[str, Any]:
    return {
        "applications": [
            {
                "path": root.path,
                "style": root.style,
                "roles": dict(sorted(root.roles.items())),
                "unmapped": root.unmapped,
            }
            for root in coverage.applications
        ],
        "layout": coverage.layout,
        "modules": coverage.modules,
        "roles": dict(sorted(coverage.roles.items())),
        "unmapped": list(coverage.unmapped),
        "stood_down": [
            {"code": each.code, "name": each.name, "application": each.application, "reason": each.reason}
            for each in coverage.stood_down
        ],
        "outside": dict(sorted(coverage.outside.items())),
        "without_layer": dict(sorted(coverage.without_layer.items())),
        "not_checked_out": coverage.not_checked_out,
        "unread": list(coverage.unread),
        "blind_spots": [
            {"path": spot.path, "line": spot.line, "column": spot.column, "what": spot.what}
            for spot in coverage.blind_spots
        ],
    }


def _summarise(report: Report) -> dict[str, Any]:
    return {
        "modules": report.coverage.modules,
        "suppressed": len(report.suppressed),
        "ignored": report.coverage.ignored,
        "baselined": _describe_baseline(report.baseline_summary or BaselineSummary()),
        "by_severity": {str(severity): count for severity, count in report.count_by_severity().items()},
        "by_rule": {
            rule.code: {"name": rule.name, "severity": rule.severity, "count": rule.count}
            for rule in report.count_by_rule()
        },
    }


def _describe_baseline(summary: BaselineSummary) -> dict[str, int]:
    return {
        "known": summary.known,
        "change": -summary.stale,
        "moved": summary.moved,
        "expired": summary.expired,
        "expiring": summary.expiring,
    }


def escape(value: Any) -> Any:
    """Make every string of a value fit for UTF-8."""
    if isinstance(value, str):
        return escape_surrogates(value)
    if isinstance(value, list):
        return [escape(each) for each in value]
    if isinstance(value, dict):
        return {escape(key): escape(each) for key, each in value.items()}
    return value
