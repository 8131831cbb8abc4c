"""What a configuration has to put up with, so that the first check is green and the next mistake is not."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from layercheck.model.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from layercheck.model.report import Report

_UNREADABLE = "LC001"
_MOST_FILES = 20
"""Unreadable files that are named one by one; more of them, and the rule only warns."""
_SPECIAL = re.compile(r"([\\*?\[\]!#])")


class Concessions(NamedTuple):
    """Findings that fail the check today, and what lets them pass."""

    lowered: dict[str, int]
    """Rules that weigh less → how many such findings they have."""
    unreadable: dict[str, str]
    """Files that cannot be read → why."""
    ignored: tuple[str, ...] = ()
    """Rules that fail the check even so, and do not run."""
    severity: Severity = Severity.WARNING
    """What the lowered rules report."""

    def apply_to(self, table: Mapping[str, Any]) -> dict[str, Any]:
        """Add to the table of a setting what lets the findings pass."""
        conceded = dict(table)
        if self.lowered:
            lowered = dict.fromkeys(self.lowered, self.severity.value)
            conceded["severity"] = {**table.get("severity", {}), **lowered}
        if self.ignored:
            conceded["ignore"] = [*table.get("ignore", ()), *self.ignored]
        if self.unreadable:
            conceded["per-path-ignores"] = {as_pattern(path): [_UNREADABLE] for path in self.unreadable}
        return conceded


def find_concessions(report: Report, fail_on: Severity = Severity.ERROR) -> Concessions:
    """Find what lets every finding pass that fails a check: unreadable files by name, everything else by rule."""
    failing = [finding for finding in report.findings if finding.severity.rank <= fail_on.rank]
    unreadable = {each.location.path: each.message for each in failing if each.code == _UNREADABLE}
    if len(unreadable) > _MOST_FILES:
        unreadable = {}
    lowered = Counter(each.code for each in failing if each.location.path not in unreadable or each.code != _UNREADABLE)
    passing = Severity.WARNING if fail_on is Severity.ERROR else Severity.INFO
    return Concessions(dict(sorted(lowered.items())), dict(sorted(unreadable.items())), severity=passing)


def as_pattern(path: str) -> str:
    """Write the .gitignore pattern that matches one file of the project only."""
    return "/" + _SPECIAL.sub(r"\\\1", path)
