"""The last report, and when it is still an answer."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import msgspec

from layercheck.report import Report

if TYPE_CHECKING:
    from layercheck.pipeline.finding import Found
    from layercheck.pipeline.options import CheckOptions
    from layercheck.pipeline.starting import Start


class Remembered(msgspec.Struct, frozen=True):
    """A report as the cache keeps it; without a baseline it is on the whole project, whatever part was asked for."""

    report: Report
    day: dt.date | None
    """The day it is true for; None: any."""
    unparsed: frozenset[str]
    """The files of which only the imports are known, so that their syntax errors are not in the report."""

    def serves(self, start: Start, options: CheckOptions) -> bool:
        """Tell whether it is an answer to what is asked."""
        return self.day in {None, options.day} and not start.named & self.unparsed


def remember(report: Report, found: Found, options: CheckOptions) -> Remembered:
    """Keep a report, with what it takes to believe it later."""
    facts = found.store.facts
    unparsed = (path for path, each in facts.items() if each.imports is None and each.unreadable is None)
    return Remembered(report, options.day if found.is_dated else None, frozenset(unparsed))
