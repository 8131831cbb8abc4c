"""The findings of one check held against the baseline: what is reported, what is known, what the entries are worth."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeVar

from layercheck.baseline.entry import expires_soon, has_expired
from layercheck.baseline.entry_findings import (
    EXPIRED,
    STALE,
    bring_back,
    report_expired,
    report_expiring,
    report_moved,
    report_stale,
)
from layercheck.baseline.matching import match_entries
from layercheck.baseline.tangle_entries import is_larger
from layercheck.model.finding import Severity

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from layercheck.baseline.entry import Entry, Known
    from layercheck.baseline.matching import Match, Matching
    from layercheck.model.finding import Violation

Value = TypeVar("Value")


class Circumstances(NamedTuple):
    """What besides entries and findings decides."""

    today: dt.date
    is_ci: bool
    """Whether a stale entry is an error; else it is a hint."""
    severities: Mapping[str, Severity]
    """By code, of the rules that ran; what is not there is not reported."""
    scoped: bool
    """Whether there are several applications, so that entries name theirs."""
    may_judge: Callable[[Entry], bool]
    """Whether the lack of a finding means that an entry is stale."""
    is_wanted: Callable[[Violation], bool]
    """Whether a finding stands in the part that is asked for; entries are matched with all of them."""
    strict_package_of: Callable[[Violation], str | None]
    """The package without accepted findings that a finding lies in."""
    pair_moves: Callable[[Matching], Matching]
    """Looks for modules that were renamed; asked only when there are both idle entries and new findings."""
    hint: Callable[[], str]
    """Something to say beside stale entries while there are new findings; empty for nothing."""


class Settlement(NamedTuple):
    """What came of it. Every finding that was asked for is in exactly one of `new`, `strict`, `known` and `expired`."""

    new: tuple[Violation, ...]
    strict: tuple[Violation, ...]
    """Findings in packages that take no entries."""
    known: tuple[Match, ...]
    expired: tuple[Match, ...]
    stale: tuple[Known, ...]
    """Entries to be taken out."""
    expiring: tuple[Known, ...]
    """Entries that are valid for a month more at the longest."""
    about_entries: tuple[Violation, ...]
    """Findings about the entries themselves."""

    @property
    def matches(self) -> tuple[Match, ...]:
        """Every entry that has a finding, with it."""
        return (*self.known, *self.expired)

    @property
    def moved(self) -> tuple[Match, ...]:
        """The entries that have another name today."""
        return tuple(match for match in self.matches if match.is_moved)

    @property
    def reported(self) -> tuple[Violation, ...]:
        """The findings that are to be reported."""
        back = (bring_back(match.violation, match.known.entry.notes.until) for match in self.expired)
        return (*self.new, *self.strict, *back)


def settle(known: Sequence[Known], violations: Sequence[Violation], facts: Circumstances) -> Settlement:
    """Part the findings into new and known ones, and the entries into needed and stale ones."""
    strict, free = _part(violations, lambda violation: facts.strict_package_of(violation) is not None)
    matching = match_entries(known, free)
    if matching.idle and matching.new:
        matching = facts.pair_moves(matching)
    new, _ = _part(matching.new, facts.is_wanted)
    strict, _ = _part(strict, facts.is_wanted)
    matches, _ = _part(matching.matches, lambda match: facts.is_wanted(match.violation))
    expired, needed = _part(matches, lambda match: has_expired(match.known.entry, facts.today))
    stale, _ = _part(matching.idle, lambda each: facts.may_judge(each.entry))
    expiring = {m.known.entry.identity: m.known for m in needed if expires_soon(m.known.entry, facts.today)}
    settlement = Settlement(new, strict, needed, expired, stale, tuple(expiring.values()), ())
    return settlement._replace(about_entries=tuple(_report(settlement, facts)))


def _part(all_: Iterable[Value], is_meant: Callable[[Value], bool]) -> tuple[tuple[Value, ...], tuple[Value, ...]]:
    meant: list[Value] = []
    others: list[Value] = []
    for each in all_:
        (meant if is_meant(each) else others).append(each)
    return tuple(meant), tuple(others)


def _report(settlement: Settlement, facts: Circumstances) -> Iterator[Violation]:
    if STALE in facts.severities:
        yield from _report_stale(settlement, facts)
    if EXPIRED in facts.severities:
        severity = facts.severities[EXPIRED]
        expired = {match.known.entry.identity: match.known for match in settlement.expired}
        yield from (report_expired(each, severity) for each in expired.values())
        yield from (report_expiring(each, severity) for each in settlement.expiring)


def _report_stale(settlement: Settlement, facts: Circumstances) -> Iterator[Violation]:
    severity = facts.severities[STALE] if facts.is_ci else Severity.INFO
    hint = facts.hint() if settlement.stale and settlement.new else ""
    packages = {_name(each): facts.strict_package_of(each) for each in settlement.strict}
    for known in settlement.stale:
        entry = known.entry
        package = packages.get((entry.code, entry.subject, entry.object))
        reason = f"`{package}` is strict and takes no entries" if package else "there is no such finding any more"
        yield report_stale(known, reason, severity, hint)
    for match in settlement.matches:
        if match.is_moved:
            yield report_moved(match, scoped=facts.scoped)
        elif match.known.entry.cut is not None and is_larger(match.known.entry, match.violation):
            yield report_stale(match.known, "the tangle is smaller today", severity)


def _name(violation: Violation) -> tuple[str, str, str]:
    return (violation.code, violation.subject, violation.object)
