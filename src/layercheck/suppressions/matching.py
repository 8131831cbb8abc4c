"""Which findings the comments put aside, and what is wrong with the comments themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from layercheck.model.source import Location
from layercheck.model.violation import Severity, Suppressed, Violation
from layercheck.suppressions.reading import EXAMPLE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from layercheck.model.source import Span
    from layercheck.suppressions.reading import Suppression


def apply_suppressions(
    violations: Sequence[Violation],
    by_path: Mapping[str, Sequence[Suppression]],
    *,
    known: Mapping[str, str],
    active: Collection[str],
) -> tuple[tuple[Violation, ...], tuple[Suppressed, ...], tuple[Violation, ...]]:
    """Part the findings by the comments of the files they stand in.

    `known` maps the code of every rule that exists to its name; `active` holds the codes of the rules that ran, for only
    these can tell that a comment has nothing to do. Returns the findings to report, those put aside, and the findings
    about the comments: LC002 for one that does nothing, LC003 for one that cannot be understood.
    """
    codes = {word: code for code, name in known.items() for word in (code, name)}
    entries = {
        path: [
            _Entry(suppression, codes[rule], rule)
            for suppression in suppressions
            for rule in _known(suppression, codes)
        ]
        for path, suppressions in by_path.items()
    }
    kept: list[Violation] = []
    suppressed: list[Suppressed] = []
    for violation in violations:
        concerned = [entry for entry in entries.get(violation.location.path, ()) if entry.code == violation.code]
        remainder, reason = _put_aside(violation, concerned)
        if remainder is None:
            suppressed.append(Suppressed(violation, reason))
        else:
            kept.append(remainder)
    findings = [
        *(_report_unused(path, entry) for path in entries for entry in entries[path] if _is_idle(entry, active)),
        *(
            finding
            for path, suppressions in by_path.items()
            for each in suppressions
            for finding in _report_mistakes(path, each, codes)
        ),
    ]
    return tuple(kept), tuple(suppressed), tuple(sorted(findings, key=Violation.sort_key))


class _Entry:
    """One rule in one comment, and whether it was needed."""

    def __init__(self, suppression: Suppression, code: str, written: str) -> None:
        self.suppression = suppression
        self.code = code
        self.written = written
        self.is_used = False

    def covers(self, location: Location, statement: Span | None) -> bool:
        if self.suppression.is_file_wide:
            return True
        first, last = self.suppression.first_line, self.suppression.last_line
        starts_here = location.span is not None and first <= location.span.start.line <= last
        return starts_here or (statement is not None and first <= statement.end.line and statement.start.line <= last)


def _known(suppression: Suppression, codes: Mapping[str, str]) -> Iterator[str]:
    if not suppression.mistake:
        yield from (rule for rule in suppression.rules if rule in codes)


def _put_aside(violation: Violation, entries: Sequence[_Entry]) -> tuple[Violation | None, str]:
    """Return what is left of a finding (None: nothing), and the reason why the rest of it is put aside.

    A finding about an import stands for every place in the file that makes it: a comment at one of them leaves the others.
    """
    reason = _find_cover(violation.location, violation.statement, entries)
    left = tuple(
        place
        for place in violation.related
        if not _is_same_import(violation, place.location) or _find_cover(place.location, None, entries) is None
    )
    if reason is None:
        return msgspec.structs.replace(violation, related=left), ""
    first = next((place for place in left if _is_same_import(violation, place.location)), None)
    if first is None:
        return None, reason
    remainder = msgspec.structs.replace(
        violation,
        location=first.location,
        statement=None,
        import_kind=None,  # which kind it is at this place is not known
        related=tuple(place for place in left if place is not first),
    )
    return remainder, ""


def _is_same_import(violation: Violation, place: Location) -> bool:
    return violation.importer is not None and place.path == violation.location.path and place.span is not None


def _find_cover(location: Location, statement: Span | None, entries: Sequence[_Entry]) -> str | None:
    """Find the reason of the first comment that covers a place, None where none does; all that do are needed."""
    covering = [entry for entry in entries if entry.covers(location, statement)]
    for entry in covering:
        entry.is_used = True
    return covering[0].suppression.reason if covering else None


def _is_idle(entry: _Entry, active: Collection[str]) -> bool:
    return not entry.is_used and entry.code in active


def _report_unused(path: str, entry: _Entry) -> Violation:
    where = "in this file" if entry.suppression.is_file_wide else "in this statement"
    location = Location(path, entry.suppression.span)
    return Violation(
        code="LC002",
        name="unused-suppression",
        severity=Severity.WARNING,
        message=f"unused suppression: {entry.written} finds nothing {where}",
        location=location,
        subject=path,
        object=entry.code,
        statement=location.span,
        notes=("remove the comment, or this rule from its brackets",),
    )


def _report_mistakes(path: str, suppression: Suppression, codes: Mapping[str, str]) -> Iterator[Violation]:
    if suppression.mistake:
        yield _report_mistake(path, suppression, suppression.mistake, f"write `{EXAMPLE}`")
        return
    for rule in suppression.rules:
        if rule not in codes:
            note = _guess(rule, codes)
            yield _report_mistake(path, suppression, f"there is no rule {rule}", note, culprit=rule)


def _report_mistake(path: str, suppression: Suppression, mistake: str, note: str, culprit: str = "") -> Violation:
    return Violation(
        code="LC003",
        name="unknown-suppression",
        severity=Severity.ERROR,
        message=f"suppression without effect: {mistake}",
        location=Location(path, suppression.span),
        subject=path,
        object=culprit,
        statement=suppression.span,
        notes=(note,),
    )


def _guess(rule: str, codes: Mapping[str, str]) -> str:
    # Only a mistake needs it; a clean run does without.
    from difflib import get_close_matches  # noqa: PLC0415

    for written in (rule, rule.upper(), rule.lower().replace("_", "-")):
        if close := get_close_matches(written, codes, n=1):
            return f"did you mean {close[0]}?"
    return "`layercheck rule` lists the rules"
