"""Annotations for GitHub Actions, within what it shows of one step: 10 errors, 10 warnings and 10 notices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck.model.severity import Severity
from layercheck.plurals import count
from layercheck.reporters.display import get_start, make_printable
from layercheck.reporters.repository import RepositoryPaths

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layercheck.model.finding import Finding
    from layercheck.model.report import Report
    from layercheck.rule.render_context import RenderContext

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_MOST_ANNOTATIONS = 10


def render(report: Report, context: RenderContext) -> str:
    """Write the annotations, the gravest first, then what exceeds the limits as plain lines, folded."""
    writer = _Writer(context)
    lines: list[str] = []
    left: list[Finding] = []
    for severity, level in _LEVELS.items():
        found = [finding for finding in report.findings if finding.severity is severity]
        # The last place tells of those for which there is none.
        fitting = len(found) if len(found) <= _MOST_ANNOTATIONS else _MOST_ANNOTATIONS - 1
        lines += map(writer.annotate, found[:fitting])
        if cut := found[fitting:]:
            lines.append(f"::{level} title=layercheck::{_describe_cut(len(cut), severity)}")
            left += cut
    if left:
        lines += ["::group::layercheck: the findings without an annotation", *map(writer.list_plainly, left)]
        lines.append("::endgroup::")
    return "".join(f"{line}\n" for line in lines)


def _describe_cut(number: int, severity: Severity) -> str:
    verb = "is" if number == 1 else "are"
    return (
        f"{count(number, f'more {severity}')} {verb} in the log of this step:"
        f" GitHub shows {_MOST_ANNOTATIONS} annotations of each kind"
    )


class _Writer:
    def __init__(self, context: RenderContext) -> None:
        self._paths = RepositoryPaths(context)

    def annotate(self, finding: Finding) -> str:
        properties = ",".join(f"{name}={_escape_property(value)}" for name, value in self._list_properties(finding))
        # GitHub takes the properties away before it writes the line to the log, so the place is said once more.
        text = "\n".join(
            [f"{self._show_place(finding)}: {finding.code} {make_printable(finding.message)}"]
            + [make_printable(note) for note in finding.notes]
        )
        return f"::{_LEVELS[finding.severity]} {properties}::{_escape_data(text)}"

    def list_plainly(self, finding: Finding) -> str:
        # The severity comes first: a path could begin with the signs of a command.
        return make_printable(f"{finding.severity}[{finding.code}] {self._show_place(finding)}: {finding.message}")

    def _list_properties(self, finding: Finding) -> Iterator[tuple[str, str]]:
        yield "title", f"layercheck ({finding.code})"
        path = make_printable(self._paths.show(finding.location.path))
        if path == ".":
            return
        yield "file", path
        span = finding.location.span
        if span is None:
            return
        yield "line", str(span.start.line)
        if span.end.line == span.start.line:
            yield "col", str(span.start.column + 1)
            yield "endLine", str(span.end.line)
            yield "endColumn", str(span.end.column + 1)
        else:
            yield "endLine", str(span.end.line)

    def _show_place(self, finding: Finding) -> str:
        start = get_start(finding.location)
        path = make_printable(self._paths.show(finding.location.path))
        return f"{path}:{start.line}:{start.column + 1}"


def _escape_data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape_data(text).replace(":", "%3A").replace(",", "%2C")
