"""`path:line:column`, as reports write it and editors copy it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from layercheck.reporters.places import get_end, get_start

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layercheck.model.source import Location
    from layercheck.model.violation import Violation

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


def stands_at(violation: Violation, path: str, line: int) -> bool:
    """Tell whether a finding, or one of the places that belong to it, is at a line of a file."""
    statement = violation.statement
    if violation.location.path == path and statement is not None and statement.start.line <= line <= statement.end.line:
        return True
    return any(
        place.path == path and get_start(place).line <= line <= get_end(place).line for place in list_places(violation)
    )


def begins_at(violation: Violation, path: str, line: int, column: int) -> bool:
    """Tell whether a finding, or one of the places that belong to it, begins exactly there."""
    starts = (get_start(place) for place in list_places(violation) if place.path == path)
    return any((start.line, start.column + 1) == (line, column) for start in starts)


def list_places(violation: Violation) -> Iterator[Location]:
    """List a finding's own place, the imports of its chain, and what is related."""
    yield violation.location
    yield from (hop.location for hop in violation.chain)
    yield from (each.location for each in violation.related)
