"""The last report, and when it is still an answer."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import msgspec

from layercheck.facts.file_facts import digest_of
from layercheck.model.report import Report

if TYPE_CHECKING:
    from layercheck.engine.find import Found
    from layercheck.engine.options import CheckOptions
    from layercheck.engine.prepare import PreparedRun
    from layercheck.files.file_source import FileSource


class CachedReport(msgspec.Struct, frozen=True):
    """A report as the cache keeps it; without a baseline it is on the whole project, whatever part was asked for."""

    report: Report
    day: dt.date | None
    """The day it is true for; None: any."""
    unparsed: frozenset[str]
    """The files of which only the imports are known, so that their syntax errors are not in the report."""
    digests: dict[str, bytes] = {}
    """Of the project files that rules have read, by path; empty for one that could not be read."""
    asked_about: tuple[str, ...] = ()
    """The files of which a rule wanted to know whether they are under version control."""
    index_fingerprint: str = ""
    """What could be seen of them in git's index."""

    def is_valid_for(self, start: PreparedRun, options: CheckOptions) -> bool:
        """Tell whether it is an answer to what is asked."""
        return (
            self.day in {None, options.day}
            and not start.named & self.unparsed
            and all(digest_at(start.source, path) == digest for path, digest in self.digests.items())
            and (not self.asked_about or start.source.index_fingerprint(self.asked_about) == self.index_fingerprint)
        )


def make_cached_report(report: Report, found: Found, options: CheckOptions, source: FileSource) -> CachedReport:
    """Keep a report, with what it takes to believe it later."""
    facts, files = found.store.facts, found.project.files
    unparsed = (path for path, each in facts.items() if each.imports is None and each.unreadable is None)
    return CachedReport(
        report,
        options.day if found.is_dated else None,
        frozenset(unparsed),
        files.digests,
        tuple(sorted(files.asked_about)),
        source.index_fingerprint(files.asked_about) if files.asked_about else "",
    )


def digest_at(source: FileSource, path: str) -> bytes:
    """Hash the content of a file; empty for one that cannot be read."""
    try:
        return digest_of(source.read(path))
    except OSError:
        return b""
