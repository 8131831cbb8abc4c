"""One accepted finding: what it is known by, and what people say of it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable

    from layercheck.model.finding import Finding

WARNED_AHEAD = dt.timedelta(days=31)
"""How long before its last day an entry begins to warn."""


Identity = tuple[str, str, str, str | None, int]
"""What makes two entries the same."""


class Notes(msgspec.Struct, frozen=True):
    """What people say of an entry; no part of its identity."""

    reason: str = ""
    owner: str = ""
    until: dt.date | None = None
    """The last day on which the finding is accepted."""
    ticket: str = ""


class Entry(msgspec.Struct, frozen=True):
    """An accepted finding: the identity of a `Finding`, without anything that moves when code is edited."""

    code: str
    subject: str
    object: str = ""
    application: str | None = None
    """The folder of the application; None where none is written: then it means the only one there is."""
    cut: int | None = None
    """Only for a tangle: the largest cut that is accepted."""
    notes: Notes = Notes()

    @property
    def identity(self) -> Identity:
        """Code, subject, object, application and cut."""
        return (self.code, self.subject, self.object, self.application, -1 if self.cut is None else self.cut)

    @property
    def members(self) -> frozenset[str]:
        """The modules of a tangle."""
        return frozenset(self.subject.split(" "))


class Known(NamedTuple):
    """An entry and where it is."""

    entry: Entry
    path: str
    """The file of the baseline, POSIX, relative to the project root."""
    line: int
    """1-based."""


Key = tuple[str, str, str, str]
"""What a finding is known by: code, subject, object, application."""


def key_of(finding: Finding) -> Key:
    """Take from a finding what it is known by."""
    return (finding.code, finding.subject, finding.object, finding.application)


def entry_of(finding: Finding, *, scoped: bool, notes: Notes | None = None) -> Entry:
    """Make the entry that accepts a finding; `scoped` writes down the application."""
    return Entry(
        finding.code,
        finding.subject,
        finding.object,
        (finding.application or None) if scoped else None,
        finding.cut,
        notes or Notes(),
    )


def has_expired(entry: Entry, today: dt.date) -> bool:
    """Return whether the last day of an entry is over."""
    return entry.notes.until is not None and entry.notes.until < today


def expires_soon(entry: Entry, today: dt.date) -> bool:
    """Return whether an entry has only a month or less to go."""
    return entry.notes.until is not None and today <= entry.notes.until <= today + WARNED_AHEAD


def merge_notes(notes: Iterable[Notes]) -> Notes:
    """Make one of what is said of the same finding in several places: the earliest day, the first of every word."""
    ordered = list(notes)
    days = [each.until for each in ordered if each.until is not None]
    return Notes(
        reason=next((each.reason for each in ordered if each.reason), ""),
        owner=next((each.owner for each in ordered if each.owner), ""),
        until=min(days, default=None),
        ticket=next((each.ticket for each in ordered if each.ticket), ""),
    )
