"""Adding a finding to the baseline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck.baseline.entry import Notes, entry_of
from layercheck.baseline.entry_line import describe, find_note
from layercheck.baseline.entry_location import is_per_package
from layercheck.baseline.revision import FiledEntry, Revision, accept
from layercheck.baseline.revision_writer import write_revision
from layercheck.commands.explain.remedies import find_entry
from layercheck.engine.check import check_baseline
from layercheck.engine.options import CheckOptions
from layercheck.errors import UsageError
from layercheck.files.discovery import BASELINE_NAME

if TYPE_CHECKING:
    from layercheck.engine.project_target import ProjectTarget
    from layercheck.files.file_source import FileSource


def accept_finding(target: ProjectTarget, source: FileSource, fingerprint: str, reason: str) -> str:
    """Add the finding with this fingerprint to the baseline, and return its line.

    Raises UsageError where it cannot be accepted, and what `check_baseline` and writing the baseline raise.
    """
    notes = Notes(_clean(reason))
    held = check_baseline(target, CheckOptions(source=source))
    candidates = (*held.outcome.new, *held.outcome.strict)
    found = next((each for each in candidates if each.fingerprint == fingerprint), None)
    if found is None:
        raise UsageError("the finding is not there any more, or is accepted already")
    _, obstacle = find_entry(found, held.checker)
    if obstacle:
        raise UsageError(f"{found.code} cannot be accepted here: {obstacle}")
    headers, scoped = held.baseline.headers, held.checker.is_scoped
    revision = Revision(tuple(FiledEntry(each.path, each.entry) for each in held.baseline.known))
    place = held.checker.place_in_package if is_per_package(headers) else lambda _: BASELINE_NAME
    write_revision(target.root, headers, accept(revision, [found], notes, place, scoped=scoped))
    return describe(entry_of(found, scoped=scoped))


def _clean(reason: str) -> str:
    """Make one line of a reason. Raises UsageError where it would be read as more than a reason."""
    text = " ".join(reason.split()).lstrip("# ")
    note = find_note(text)
    if note or not text.isprintable():
        raise UsageError(
            f"the reason contains {note!r}" if note else "the reason contains characters that cannot be printed"
        )
    return text
