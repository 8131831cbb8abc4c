"""The steps that take the last report from the cache, and keep this one there."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import msgspec

from layercheck.engine.grounds import find_grounds
from layercheck.engine.timings import timed
from layercheck.facts.fact_cache import are_all_read
from layercheck.facts.file_facts import digest_of
from layercheck.model.report import Report

if TYPE_CHECKING:
    from layercheck.engine.check import Examination
    from layercheck.engine.open_files import OpenFiles
    from layercheck.facts.fact_store import SourceStore
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

    def is_valid_for(self, files: OpenFiles) -> bool:
        """Tell whether it is an answer to what is asked, as long as the Python files are the same."""
        source = files.source
        return (
            self.day in {None, files.options.day}
            and not files.named & self.unparsed
            and all(digest_at(source, path) == digest for path, digest in self.digests.items())
            and (not self.asked_about or source.index_fingerprint(self.asked_about) == self.index_fingerprint)
        )


def load_report(files: OpenFiles) -> CachedReport | None:
    """Give the last report, if it still answers what is asked as far as the Python files are the same."""
    cached = files.source.cache.report(files.key, CachedReport)
    return cached if cached is not None and cached.is_valid_for(files) else None


def are_files_unchanged(files: OpenFiles) -> bool:
    """Tell whether surely none of the files has changed since the last report."""
    return files.source.cache.is_current(files.discovery.files)


def save_report(files: OpenFiles, facts: SourceStore, cached: CachedReport, *, is_lasting: bool = True) -> None:
    """Keep a report and all facts; of a report that need not be the same next time, only the facts are used again."""
    key = files.key if is_lasting else ""
    with timed(files.timings, "report"):
        files.source.cache.write(files.discovery.files, facts.facts, key, cached, files.started)
    if is_lasting and are_all_read(facts.facts):
        note_grounds(files, cached)


def note_grounds(files: OpenFiles, cached: CachedReport) -> None:
    """Tell who asked for it what a report rests on; not where the files are other than those on disk."""
    note = files.options.note_grounds
    if note is not None and files.options.source is None:
        grounds = find_grounds(files, cached)
        if grounds is not None:
            note(grounds)


def save_examination(files: OpenFiles, examined: Examination) -> None:
    """Keep what was found out about a project."""
    project_files, source, store = examined.project.files, files.source, examined.store
    unparsed = (path for path, each in store.facts.items() if each.imports is None and each.unreadable is None)
    cached = CachedReport(
        examined.report,
        files.options.day if examined.found.is_dated else None,
        frozenset(unparsed),
        project_files.digests,
        tuple(sorted(project_files.asked_about)),
        source.index_fingerprint(project_files.asked_about) if project_files.asked_about else "",
    )
    # What git says may change while no file does, a rule that failed may not fail again, and what a class of the team says
    # of a contract may depend on anything.
    runs_classes = bool(examined.project.foreign_contracts.of_classes)
    is_lasting = not (examined.found.failures or examined.has_asked_history or runs_classes)
    save_report(files, store, cached, is_lasting=is_lasting)


def digest_at(source: FileSource, path: str) -> bytes:
    """Hash the content of a file; empty for one that cannot be read."""
    try:
        return digest_of(source.read(path))
    except OSError:
        return b""
