"""Applies suppression comments to findings, and reports problems of the comments."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from layercheck.model.finding import Finding, Suppressed
from layercheck.suppressions.comment_findings import (
    report_expired,
    report_malformed,
    report_missing_parts,
    report_unused,
)
from layercheck.suppressions.policy import SuppressionPolicy
from layercheck.suppressions.weight import find_needed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from layercheck.model.source import Location, Span
    from layercheck.suppressions.suppression import Suppression

_LENIENT = SuppressionPolicy()


def apply_suppressions(
    findings: Sequence[Finding],
    by_path: Mapping[str, Sequence[Suppression]],
    *,
    known: Mapping[str, str],
    active: Collection[str],
    policy: SuppressionPolicy = _LENIENT,
    today: str = "",
) -> tuple[tuple[Finding, ...], tuple[Suppressed, ...], tuple[Finding, ...]]:
    """Apply the comments of each file to its findings.

    `known` maps the code of every existing rule to its name; `active` contains the codes of the rules that ran, as
    a comment for another rule cannot be called unused. `policy` is what comments must have; a comment whose date is
    before `today` (`2027-03-01`) has expired.

    Returns the findings to report, the suppressed ones, and the findings about comments: LC002 for an unused one,
    LC003 for an invalid one, LC006 for an expired one, LC007 for one that lacks what the policy requires.
    """
    codes = {word: code for code, name in known.items() for word in (code, name)}
    counted = {
        path: [each for each in suppressions if policy.noqa or not each.is_noqa]
        for path, suppressions in by_path.items()
    }
    entries = {
        path: [
            _Entry(suppression, codes[rule], rule, is_expired="" < suppression.until < today)
            for suppression in suppressions
            for rule in _known(suppression, codes)
        ]
        for path, suppressions in counted.items()
    }
    kept: list[Finding] = []
    suppressed: list[Suppressed] = []
    covers: list[list[_Entry]] = []
    for finding in findings:
        concerned = [entry for entry in entries.get(finding.location.path, ()) if entry.code == finding.code]
        remainder, reason = _suppress(finding, concerned, covers)
        if remainder is None:
            suppressed.append(Suppressed(finding, reason))
        else:
            kept.append(remainder)
    _mark_needed(entries, covers)
    about_comments = _report_comments(counted, entries, codes, active, policy, today)
    return tuple(kept), tuple(suppressed), tuple(sorted(about_comments, key=Finding.sort_key))


def _report_comments(
    counted: Mapping[str, Sequence[Suppression]],
    entries: Mapping[str, Sequence[_Entry]],
    codes: Mapping[str, str],
    active: Collection[str],
    policy: SuppressionPolicy,
    today: str,
) -> Iterator[Finding]:
    for path, suppressions in counted.items():
        for each in suppressions:
            yield from report_malformed(path, each, codes)
            yield from _report_entries(path, [entry for entry in entries[path] if entry.suppression is each], active)
            if _is_needed(each, entries[path]):
                yield from report_missing_parts(path, each, policy, today)


def list_places(finding: Finding) -> list[Location]:
    """List the locations of a finding that all need a comment to suppress it."""
    others = (place.location for place in finding.related)
    return [finding.location, *(place for place in others if _is_same_import(finding, place))]


class _Entry:
    """One rule in one comment, and whether it was needed."""

    def __init__(self, suppression: Suppression, code: str, written: str, *, is_expired: bool) -> None:
        self.suppression = suppression
        self.code = code
        self.written = written
        self.is_expired = is_expired
        self.is_used = False
        """Whether something would be reported without it."""
        self.is_redundant = False
        """Whether it covers something that other comments cover as well, and nothing else."""

    def covers(self, location: Location, statement: Span | None) -> bool:
        if self.suppression.is_file_wide:
            return True
        first, last = self.suppression.first_line, self.suppression.last_line
        starts_here = location.span is not None and first <= location.span.start.line <= last
        return starts_here or (statement is not None and first <= statement.end.line and statement.start.line <= last)


def _known(suppression: Suppression, codes: Mapping[str, str]) -> Iterator[str]:
    if not suppression.problem:
        yield from (rule for rule in suppression.rules if rule in codes)


def _mark_needed(entries: Mapping[str, Sequence[_Entry]], covers: Sequence[Sequence[_Entry]]) -> None:
    """Find out which comments are needed; of two for the same findings it is the narrower one."""
    everything = [entry for in_file in entries.values() for entry in reversed(in_file)]
    needed = find_needed(covers, sorted(everything, key=lambda entry: not entry.suppression.is_file_wide))
    covering = {entry for cover in covers for entry in cover}
    for entry in everything:
        entry.is_used = entry in needed
        entry.is_redundant = entry in covering and not entry.is_used


def _suppress(finding: Finding, entries: Sequence[_Entry], covers: list[list[_Entry]]) -> tuple[Finding | None, str]:
    """Return what is left of a finding (None: nothing), and the reason for which the rest is suppressed.

    A finding about an import stands for every place in the file that makes it: a comment at one of them leaves the others.
    """
    reason = _find_cover(finding.location, finding.statement, entries, covers)
    left = tuple(
        place
        for place in finding.related
        if not _is_same_import(finding, place.location) or _find_cover(place.location, None, entries, covers) is None
    )
    if reason is None:
        return msgspec.structs.replace(finding, related=left), ""
    first = next((place for place in left if _is_same_import(finding, place.location)), None)
    if first is None:
        return None, reason
    remainder = msgspec.structs.replace(
        finding,
        location=first.location,
        statement=None,
        import_kind=None,  # which kind it is at this place is not known
        related=tuple(place for place in left if place is not first),
    )
    return remainder, ""


def _is_same_import(finding: Finding, place: Location) -> bool:
    return finding.importer is not None and place.path == finding.location.path and place.span is not None


def _find_cover(
    location: Location, statement: Span | None, entries: Sequence[_Entry], covers: list[list[_Entry]]
) -> str | None:
    """Find the reason of the first comment that covers a place, None where none does; note all that do.

    Comments that have expired are only needed where no other covers the place: they are what is to be renewed.
    """
    covering = [entry for entry in entries if entry.covers(location, statement)]
    valid = [entry for entry in covering if not entry.is_expired]
    if covering:
        covers.append(valid or covering)
    return valid[0].suppression.reason if valid else None


def _is_needed(suppression: Suppression, entries: Sequence[_Entry]) -> bool:
    return any(entry.is_used for entry in entries if entry.suppression is suppression)


def _report_entries(path: str, entries: Sequence[_Entry], active: Collection[str]) -> Iterator[Finding]:
    """Report of one comment what finds nothing, and what has expired."""
    for entry in entries:
        if entry.is_used:
            if entry.is_expired:
                yield report_expired(path, entry.suppression, entry.written, entry.code)
        elif entry.code in active:
            yield report_unused(path, entry.suppression, entry.written, entry.code, is_redundant=entry.is_redundant)
