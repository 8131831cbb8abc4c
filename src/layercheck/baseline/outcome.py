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
from layercheck.model.severity import Severity

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from layercheck.baseline.entry import Entry, Known
    from layercheck.baseline.matching import Match, Matching
    from layercheck.model.finding import Finding

Value = TypeVar("Value")


class MatchPolicy(NamedTuple):
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
    is_wanted: Callable[[Finding], bool]
    """Whether a finding is in the part that is asked for; entries are matched with all of them."""
    strict_package_of: Callable[[Finding], str | None]
    """The package without accepted findings that a finding lies in."""
    pair_moves: Callable[[Matching], Matching]
    """Looks for modules that were renamed; asked only when there are both idle entries and new findings."""
    hint: Callable[[], str]
    """Something to say beside stale entries while there are new findings; empty for nothing."""


class BaselineOutcome(NamedTuple):
    """What came of it. Every finding that was asked for is in exactly one of `new`, `strict`, `known` and `expired`."""

    new: tuple[Finding, ...]
    strict: tuple[Finding, ...]
    """Findings in packages that take no entries."""
    known: tuple[Match, ...]
    expired: tuple[Match, ...]
    stale: tuple[Known, ...]
    """Entries to be taken out."""
    expiring: tuple[Known, ...]
    """Entries that are valid for a month more at the longest."""
    about_entries: tuple[Finding, ...]
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
    def reported(self) -> tuple[Finding, ...]:
        """The findings that are to be reported."""
        back = (bring_back(match.finding, match.known.entry.notes.until) for match in self.expired)
        return (*self.new, *self.strict, *back)


def match_baseline(known: Sequence[Known], findings: Sequence[Finding], facts: MatchPolicy) -> BaselineOutcome:
    """Part the findings into new and known ones, and the entries into needed and stale ones."""
    strict, free = _part(findings, lambda finding: facts.strict_package_of(finding) is not None)
    matching = match_entries(known, free)
    if matching.unmatched and matching.new:
        matching = facts.pair_moves(matching)
    new, _ = _part(matching.new, facts.is_wanted)
    strict, _ = _part(strict, facts.is_wanted)
    matches, _ = _part(matching.matches, lambda match: facts.is_wanted(match.finding))
    expired, needed = _part(matches, lambda match: has_expired(match.known.entry, facts.today))
    stale = tuple(each for each in matching.unmatched if facts.may_judge(each.entry))
    expiring = {m.known.entry.identity: m.known for m in needed if expires_soon(m.known.entry, facts.today)}
    outcome = BaselineOutcome(new, strict, needed, expired, stale, tuple(expiring.values()), ())
    return outcome._replace(about_entries=tuple(_report(outcome, facts)))


def _part(all_: Iterable[Value], is_meant: Callable[[Value], bool]) -> tuple[tuple[Value, ...], tuple[Value, ...]]:
    meant: list[Value] = []
    others: list[Value] = []
    for each in all_:
        (meant if is_meant(each) else others).append(each)
    return tuple(meant), tuple(others)


def _report(outcome: BaselineOutcome, facts: MatchPolicy) -> Iterator[Finding]:
    if STALE in facts.severities:
        yield from _report_stale(outcome, facts)
    if EXPIRED in facts.severities:
        severity = facts.severities[EXPIRED]
        expired = {match.known.entry.identity: match.known for match in outcome.expired}
        yield from (report_expired(each, severity) for each in expired.values())
        yield from (report_expiring(each, severity) for each in outcome.expiring)


def _report_stale(outcome: BaselineOutcome, facts: MatchPolicy) -> Iterator[Finding]:
    severity = facts.severities[STALE] if facts.is_ci else Severity.INFO
    hint = facts.hint() if outcome.stale and outcome.new else ""
    packages = {_name(each): facts.strict_package_of(each) for each in outcome.strict}
    for known in outcome.stale:
        entry = known.entry
        package = packages.get((entry.code, entry.subject, entry.object))
        reason = f"`{package}` is strict and allows no entries" if package else "the finding no longer exists"
        yield report_stale(known, reason, severity, hint)
    for match in outcome.matches:
        if match.is_moved:
            yield report_moved(match, scoped=facts.scoped)
        elif match.known.entry.cut is not None and is_larger(match.known.entry, match.finding):
            yield report_stale(match.known, "the tangle is smaller today", severity)


def _name(finding: Finding) -> tuple[str, str, str]:
    return (finding.code, finding.subject, finding.object)
