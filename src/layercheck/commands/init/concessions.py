"""What a configuration has to put up with, so that the first check is green and the next mistake is not."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from layercheck.model.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from layercheck.model.report import Report

_UNREADABLE = "LC001"
_MOST_FILES = 20
"""Unreadable files that are named one by one; more of them, and the rule only warns."""
_SPECIAL = re.compile(r"([\\*?\[\]!#])")


class Concessions(NamedTuple):
    """Errors that there are today, and what lets them pass."""

    lowered: dict[str, int]
    """Rules that only warn → how many errors they found."""
    unreadable: dict[str, str]
    """Files that cannot be read → why."""
    ignored: tuple[str, ...] = ()
    """Rules that found errors even so, and do not run."""

    def apply_to(self, table: Mapping[str, Any]) -> dict[str, Any]:
        """Add to the table of a setting what lets the errors pass."""
        conceded = dict(table)
        if self.lowered:
            conceded["severity"] = {**table.get("severity", {}), **dict.fromkeys(self.lowered, "warning")}
        if self.ignored:
            conceded["ignore"] = [*table.get("ignore", ()), *self.ignored]
        if self.unreadable:
            conceded["per-path-ignores"] = {as_pattern(path): [_UNREADABLE] for path in self.unreadable}
        return conceded


def find_concessions(report: Report) -> Concessions:
    """Find what lets every error of a report pass: files that cannot be read by name, everything else by rule."""
    errors = [finding for finding in report.findings if finding.severity is Severity.ERROR]
    unreadable = {each.location.path: each.message for each in errors if each.code == _UNREADABLE}
    if len(unreadable) > _MOST_FILES:
        unreadable = {}
    lowered = Counter(each.code for each in errors if each.location.path not in unreadable or each.code != _UNREADABLE)
    return Concessions(dict(sorted(lowered.items())), dict(sorted(unreadable.items())))


def as_pattern(path: str) -> str:
    """Write the .gitignore pattern that matches one file of the project only."""
    return "/" + _SPECIAL.sub(r"\\\1", path)
