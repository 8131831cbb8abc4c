"""SARIF 2.1.0, as GitHub code scanning reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from layercheck.model.finding import Finding, Suppressed
from layercheck.model.severity import Severity
from layercheck.model.source import Location
from layercheck.reporters.display import get_end, get_start, list_other_places
from layercheck.reporters.json_document import encode_document
from layercheck.reporters.line_hashes import LineHasher
from layercheck.reporters.repository import RepositoryPaths
from layercheck.reporters.rule_texts import describe_rules
from layercheck.version import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layercheck.model.failure import Failure
    from layercheck.model.finding import Baselined
    from layercheck.model.fix import Fix
    from layercheck.model.report import Report
    from layercheck.reporters.rule_texts import RuleText
    from layercheck.rule.render_context import RenderContext

    _Listed = Finding | Suppressed | Baselined

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_HOME = "https://github.com/layercheck/layercheck"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_PROBLEMS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "recommendation"}
# GitHub refuses a file that holds more, and cuts longer descriptions.
_MOST_RESULTS = 25_000
_MOST_PLACES = 1_000
_LONGEST_DESCRIPTION = 1_024


def render(report: Report, context: RenderContext) -> str:
    """Write one run: the rules with findings and their help, all findings, and the suppressed ones with their reasons.

    URIs are relative to the top of the repository, lines and columns 1-based in code points, ends exclusive.
    """
    rules = describe_rules(report, context.rules)
    findings: list[_Listed] = [
        *sorted(report.findings, key=lambda finding: finding.severity.rank),
        *report.suppressed,
        *report.baselined,
    ]
    writer = _Writer(context, rules)
    run = {
        "tool": {
            "driver": {
                "name": "layercheck",
                "semanticVersion": __version__,
                "informationUri": _HOME,
                "rules": [_describe_rule(rule) for rule in rules],
            }
        },
        # What is uploaded under one id replaces what was: each project of a repository needs its own.
        "automationDetails": {"id": "layercheck/" + writer.name_project()},
        "columnKind": "unicodeCodePoints",
        "invocations": [_describe_invocation(len(findings), report.failures)],
        "results": [writer.describe(finding) for finding in findings[:_MOST_RESULTS]],
    }
    return encode_document({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _describe_rule(rule: RuleText) -> dict[str, Any]:
    return {
        "id": rule.code,
        "name": _cut(rule.name or rule.code, 255),
        "shortDescription": {"text": _cut(rule.title, _LONGEST_DESCRIPTION)},
        "fullDescription": {"text": _cut(rule.summary, _LONGEST_DESCRIPTION)},
        "help": {"text": rule.text, "markdown": rule.text},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {
            "tags": ["architecture", "maintainability"],
            "precision": "very-high",
            "problem.severity": _PROBLEMS[rule.severity],
        },
    }


def _describe_invocation(found: int, failures: Sequence[Failure]) -> dict[str, Any]:
    notifications = [
        {"level": "error", "message": {"text": str(failure)}, "associatedRule": {"id": failure.code}}
        for failure in failures
    ]
    if found > _MOST_RESULTS:
        text = (
            f"{found - _MOST_RESULTS:,} of {found:,} findings are left out, the least grave ones:"
            f" GitHub refuses files with more than {_MOST_RESULTS:,}."
        )
        notifications.append({"level": "warning", "message": {"text": text}})
    invocation: dict[str, Any] = {"executionSuccessful": not failures}
    return invocation | {"toolExecutionNotifications": notifications} if notifications else invocation


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


class _Writer:
    def __init__(self, context: RenderContext, rules: Sequence[RuleText]) -> None:
        self._indexes = {rule.code: index for index, rule in enumerate(rules)}
        self._paths = RepositoryPaths(context)
        self._hasher = LineHasher(context.root, context.texts)

    def name_project(self) -> str:
        """Name the project by its folder in the repository; nothing where that is the top."""
        folder = self._paths.show("")
        return "" if folder == "." else f"{folder}/"

    def describe(self, listed: _Listed) -> dict[str, Any]:
        finding = listed if isinstance(listed, Finding) else listed.finding
        others = list_other_places(finding)[: _MOST_PLACES - 1]
        fix = {} if finding.fix is None else {"fixes": [self._describe_fix(finding.fix, finding.location.path)]}
        return fix | {
            "ruleId": finding.code,
            "ruleIndex": self._indexes[finding.code],
            "level": _LEVELS[finding.severity],
            "message": {"text": "\n".join((finding.message, *finding.notes))},
            "locations": [{"physicalLocation": self._describe_location(finding.location)}],
            "relatedLocations": [
                {
                    "id": number,
                    "message": {"text": each.message},
                    "physicalLocation": self._describe_location(each.location),
                }
                for number, each in enumerate(others, start=1)
            ],
            "partialFingerprints": self._make_fingerprints(finding),
            # Either every result of a run has the list, or none.
            "suppressions": [] if isinstance(listed, Finding) else [_describe_suppression(listed)],
        }

    def _describe_fix(self, fix: Fix, path: str) -> dict[str, Any]:
        places = [self._describe_location(Location(path, edit.span)) for edit in fix.edits]
        return {
            "description": {"text": fix.title},
            "artifactChanges": [
                {
                    "artifactLocation": places[0]["artifactLocation"],
                    "replacements": [
                        {"deletedRegion": place["region"], "insertedContent": {"text": edit.text}}
                        for place, edit in zip(places, fix.edits, strict=True)
                    ],
                }
            ],
        }

    def _describe_location(self, location: Location) -> dict[str, Any]:
        start, end = get_start(location), get_end(location)
        return {
            "artifactLocation": {"uri": _make_uri(self._paths.show(location.path))},
            "region": {
                "startLine": start.line,
                "startColumn": start.column + 1,
                "endLine": end.line,
                "endColumn": end.column + 1,
            },
        }

    def _make_fingerprints(self, finding: Finding) -> dict[str, str]:
        fingerprints = {"layercheck/v1": finding.fingerprint}
        line = self._hasher.hash_line(finding.location.path, get_start(finding.location).line)
        return fingerprints if line is None else fingerprints | {"primaryLocationLineHash": line}


def _describe_suppression(finding: Suppressed | Baselined) -> dict[str, str]:
    suppression = {"kind": "inSource" if isinstance(finding, Suppressed) else "external"}
    return suppression | {"justification": finding.reason} if finding.reason else suppression


def _make_uri(path: str) -> str:
    try:
        data = path.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # a name of Windows that is no text
        data = path.encode("utf-8", "surrogatepass")
    return quote(data, safe="/")
