"""Annotations for GitHub Actions on what the change introduced, and on nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck.history.wording import summarise_change
from layercheck.model.violation import Severity
from layercheck.reporters.places import make_printable, show_path, show_place

if TYPE_CHECKING:
    from layercheck.history.change import Change
    from layercheck.model.violation import Violation
    from layercheck.reporters.context import RenderContext

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_MOST_ANNOTATIONS = 10
"""So many of one level GitHub shows of one step."""


def render(change: Change, context: RenderContext) -> str:
    """Write an annotation for each finding that was introduced, as many as GitHub shows, and the verdict for the log."""
    lines = []
    for severity, level in _LEVELS.items():
        found = [violation for violation in change.findings.introduced if violation.severity is severity]
        # The last place tells of those for which there is none.
        fitting = len(found) if len(found) <= _MOST_ANNOTATIONS else _MOST_ANNOTATIONS - 1
        lines += [_annotate(violation, level, context.prefix) for violation in found[:fitting]]
        if left := found[fitting:]:
            lines.append(f"::{level} title=layercheck::{len(left):,} more of this severity in the log of this step")
            lines += [_list_plainly(violation, context.prefix) for violation in left]
    return "\n".join([*lines, make_printable(summarise_change(change))]) + "\n"


def _annotate(violation: Violation, level: str, prefix: str) -> str:
    properties = [("file", show_path(violation.location.path, prefix))]
    span = violation.location.span
    if span is not None:
        properties += [("line", str(span.start.line)), ("endLine", str(span.end.line))]
        if span.start.line == span.end.line:
            properties += [("col", str(span.start.column + 1)), ("endColumn", str(span.end.column + 1))]
    properties.append(("title", f"layercheck {violation.code} {violation.name}"))
    written = ",".join(f"{name}={_escape_property(value)}" for name, value in properties)
    text = "\n".join(make_printable(line) for line in (violation.message, *violation.notes))
    return f"::{level} {written}::{_escape(text)}"


def _list_plainly(violation: Violation, prefix: str) -> str:
    place = show_place(violation.location, prefix)
    return f"{place}: {violation.severity}[{violation.code}] {make_printable(violation.message)}"


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape(make_printable(text)).replace(":", "%3A").replace(",", "%2C")
