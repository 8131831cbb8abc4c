"""What is to be said about the entries themselves: LC004 for those without use, LC005 for those past their day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from layercheck.baseline.entry import entry_of
from layercheck.baseline.entry_line import describe
from layercheck.model.finding import Finding
from layercheck.model.severity import Severity
from layercheck.model.source import Location, Position, Span

if TYPE_CHECKING:
    import datetime as dt

    from layercheck.baseline.entry import Known
    from layercheck.baseline.matching import Match

STALE = "LC004"
EXPIRED = "LC005"
_NAMES = {STALE: "stale-baseline-entry", EXPIRED: "expired-baseline-entry"}
_HELP = "help: run `layercheck baseline --prune`"


def report_stale(known: Known, reason: str, severity: Severity, hint: str = "") -> Finding:
    """Report an entry that hides nothing, or more than there is."""
    entry = describe(known.entry)
    message = f"stale baseline entry: {entry}: {reason}"
    return _report(STALE, severity, known, entry, message, (_HELP, hint) if hint else (_HELP,))


def report_moved(match: Match, *, scoped: bool) -> Finding:
    """Report that the module of an entry was renamed."""
    today = describe(entry_of(match.finding, scoped=scoped))
    entry = describe(match.known.entry)
    message = f"moved baseline entry: {entry} is now {today}"
    return _report(STALE, Severity.INFO, match.known, entry, message, (_HELP,))


def report_expired(known: Known, severity: Severity) -> Finding:
    """Report an entry whose last day is over."""
    entry = describe(known.entry)
    message = f"expired baseline entry: {entry}: was accepted until {known.entry.notes.until}"
    return _report(EXPIRED, severity, known, entry, message, _ways_out(known))


def report_expiring(known: Known, severity: Severity) -> Finding:
    """Warn of an entry whose last day is near."""
    weaker = severity if severity is Severity.INFO else Severity.WARNING
    entry = describe(known.entry)
    message = f"baseline entry expires soon: {entry}: is accepted until {known.entry.notes.until}"
    return _report(EXPIRED, weaker, known, entry, message, _ways_out(known))


def bring_back(finding: Finding, until: dt.date | None) -> Finding:
    """Return a finding to the report with a word on why it is there again."""
    return msgspec.structs.replace(finding, notes=(*finding.notes, f"its baseline entry expired after {until}"))


def _ways_out(known: Known) -> tuple[str, ...]:
    notes = known.entry.notes
    said = {"reason": notes.reason, "owner": notes.owner, "ticket": notes.ticket}
    words = [f"{key}: {text}" for key, text in said.items() if text]
    help_text = f"help: fix it, or accept it again: `layercheck baseline --rule {known.entry.code} --until DAY`"
    return (", ".join(words), help_text) if words else (help_text,)


def _report(code: str, severity: Severity, known: Known, entry: str, message: str, notes: tuple[str, ...]) -> Finding:
    """Report an entry, which `describe` wrote."""
    start = Position(known.line, 0)
    return Finding(
        code=code,
        name=_NAMES[code],
        severity=severity,
        message=message,
        location=Location(known.path, Span(start, Position(known.line, len(entry)))),
        subject=known.path,
        object=entry,
        notes=notes,
    )
