"""A small backend with one file of interest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.running import LAYERS, check_tree, of_rule

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def lines_in(root: Path, code: str, path: str, text: str, others: Mapping[str, str] | None = None) -> list[int]:
    """List the lines of one file at which a rule reports it, further places included."""
    report = check_tree(root, {**LAYERS, **(others or {}), path: text}, select=[code])
    places = [
        location
        for finding in of_rule(report, code)
        for location in (finding.location, *(related.location for related in finding.related))
    ]
    return sorted(place.span.start.line for place in places if place.path == path and place.span is not None)
