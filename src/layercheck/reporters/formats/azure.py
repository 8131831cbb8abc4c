"""Logging commands for Azure Pipelines: errors and warnings become issues of the run, infos are plain lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck.model.severity import Severity
from layercheck.reporters.display import get_start, make_printable
from layercheck.reporters.repository import RepositoryPaths

if TYPE_CHECKING:
    from layercheck.model.finding import Finding
    from layercheck.model.report import Report
    from layercheck.rule.render_context import RenderContext


def render(report: Report, context: RenderContext) -> str:
    """Write one line for every finding, the gravest first: the overview of a run shows only the first ones."""
    paths = RepositoryPaths(context)
    in_order = sorted(report.findings, key=lambda finding: finding.severity.rank)
    return "".join(f"{_write(each, make_printable(paths.show(each.location.path)))}\n" for each in in_order)


def _write(finding: Finding, path: str) -> str:
    message = make_printable(finding.message)
    start = get_start(finding.location)
    line, column = start.line, start.column + 1
    if finding.severity is Severity.INFO:
        return f"{path}:{line}:{column}: info[{finding.code}] {message}"  # there is no type for it
    properties: dict[str, str] = {"type": finding.severity}
    if path != ".":
        properties |= {"sourcepath": path, "linenumber": str(line), "columnnumber": str(column)}
    properties["code"] = finding.code
    written = "".join(f"{name}={_escape_property(value)};" for name, value in properties.items())
    return f"##vso[task.logissue {written}]{_escape_data(message)}"


def _escape_data(text: str) -> str:
    # %25 would do for other agents; this one understands its own sign only.
    return text.replace("%", "%AZP25")


def _escape_property(text: str) -> str:
    return _escape_data(text).replace(";", "%3B").replace("]", "%5D")
