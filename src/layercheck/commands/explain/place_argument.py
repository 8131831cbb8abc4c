"""`path:line:column`, as reports write it and editors copy it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from layercheck.reporters.display import get_end, get_start

if TYPE_CHECKING:
    from layercheck.model.finding import Finding
    from layercheck.model.source import Location

_PLACE = re.compile(r"(?P<path>.+?):(?P<line>[0-9]{1,9})(?::(?P<column>[0-9]{1,9}))?:?")


class Place(NamedTuple):
    """A line of a file, and perhaps a column in it; both 1-based."""

    path: Path
    line: int
    column: int | None = None


def parse_place(text: str) -> Place | None:
    """Read `path:line` or `path:line:column`; None for anything else."""
    match = _PLACE.fullmatch(text)
    if match is None:
        return None
    column = match["column"]
    return Place(Path(match["path"]), int(match["line"]), None if column is None else int(column))


def stands_at(finding: Finding, path: str, line: int) -> bool:
    """Return whether a finding is reported at a line of a file, or in the statement that the line is part of."""
    if finding.location.path != path:
        return False
    statement = finding.statement
    is_inside = statement is not None and statement.start.line <= line <= statement.end.line
    return is_inside or _covers(finding.location, line)


def runs_through(finding: Finding, path: str, line: int) -> bool:
    """Return whether a line is a further place of a finding: an import of its chain, or one of those that are related."""
    others = (*(hop.location for hop in finding.chain), *(each.location for each in finding.related))
    return any(place.path == path and _covers(place, line) for place in others)


def begins_at(finding: Finding, line: int, column: int) -> bool:
    """Return whether a finding begins exactly there."""
    start = get_start(finding.location)
    return (start.line, start.column + 1) == (line, column)


def _covers(place: Location, line: int) -> bool:
    return get_start(place).line <= line <= get_end(place).line
