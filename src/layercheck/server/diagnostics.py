"""Findings and mistakes in configurations as the diagnostics of the protocol."""

from __future__ import annotations

import os.path
from typing import TYPE_CHECKING

from lsprotocol import types
from pygls.uris import from_fs_path

from layercheck.model.severity import Severity
from layercheck.rule.rule_names import is_ours
from layercheck.server.configured_lines import list_lines
from layercheck.server.positions import Positions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pygls.workspace import PositionCodec

    from layercheck.engine.project_target import ProjectTarget
    from layercheck.errors import Problem
    from layercheck.model.finding import Finding
    from layercheck.model.source import Location

_SOURCE = "layercheck"
_PAGES = "https://github.com/layercheck/layercheck/blob/main/docs/rules"
_UNUSED = "LC002"
_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.INFO: types.DiagnosticSeverity.Information,
}


class DiagnosticWriter:
    """Writes the findings of one check of one project."""

    def __init__(self, target: ProjectTarget, read: Callable[[str], str], codec: PositionCodec) -> None:
        """`read` gives the text of a file as it was checked."""
        self._root = target.root
        self._loaded = target.loaded
        self._configuration = target.configuration_path
        self._read = read
        self._codec = codec
        self._documented = {rule.code for rule in target.plugins.rules if is_ours(rule)}
        """The codes of the rules that have a page."""
        self._positions: dict[str, Positions] = {}

    def write(self, finding: Finding, text: str | None = None) -> types.Diagnostic:
        """Write a finding; its place is in `text`, if it is given, else in the file as it was checked."""
        has_page = finding.code in self._documented
        return types.Diagnostic(
            range=self._place(finding.location).range
            if text is None
            else Positions(text, self._codec).range_of(finding.location.span),
            message=finding.message,
            severity=_SEVERITIES[finding.severity],
            code=finding.code,
            code_description=types.CodeDescription(f"{_PAGES}/{finding.name}.md") if has_page else None,
            source=_SOURCE,
            tags=[types.DiagnosticTag.Unnecessary] if finding.code == _UNUSED else None,
            related_information=[*self._list_related(finding)] or None,
        )

    def _list_related(self, finding: Finding) -> Iterator[types.DiagnosticRelatedInformation]:
        for hop in finding.chain:
            message = f"{hop.importer} imports {hop.imported}"
            yield types.DiagnosticRelatedInformation(self._place(hop.location), message)
        for related in finding.related:
            yield types.DiagnosticRelatedInformation(self._place(related.location), related.message)

        for line, message in list_lines(finding, self._loaded):
            path = self._configuration
            place = types.Location(uri_of(self._root / path), self._find_positions(path).range_of_line(line))
            yield types.DiagnosticRelatedInformation(place, message)

    def _place(self, location: Location) -> types.Location:
        positions = self._find_positions(location.path)
        return types.Location(uri_of(self._root / location.path), positions.range_of(location.span))

    def _find_positions(self, path: str) -> Positions:
        if path not in self._positions:
            self._positions[path] = Positions(self._read(path), self._codec)
        return self._positions[path]


def write_problem(problem: Problem, text: str, codec: PositionCodec) -> types.Diagnostic:
    """Write a mistake in a file with this text that tells us what to do."""
    message = f"{problem.key}: {problem.message}" if problem.key else problem.message
    return types.Diagnostic(
        range=Positions(text, codec).range_of_line(problem.line or 1),
        message=message,
        severity=types.DiagnosticSeverity.Error,
        source=_SOURCE,
    )


def uri_of(path: Path) -> str:
    """Write the path of a file as a URI."""
    # The configuration may stand above the root of its project.
    uri: str | None = from_fs_path(os.path.normpath(path))
    if uri is None:
        raise ValueError(f"no URI can be made of {path}")
    return uri
