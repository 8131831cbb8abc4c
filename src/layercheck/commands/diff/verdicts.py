"""The verdict on every finding: which of the base is which of the head."""

from __future__ import annotations

from collections import defaultdict
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from layercheck.commands.diff.change import Dropped, Findings, Moved
from layercheck.commands.diff.tangle_verdicts import pair_tangles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from layercheck.commands.diff.identity import RenameMap
    from layercheck.model.finding import Finding
    from layercheck.model.report import Report

    _Key = tuple[str, ...]


class Known(NamedTuple):
    """One finding of the base."""

    finding: Finding
    is_own: bool
    """Whether the base's own configuration reports it."""
    is_todays: bool
    """Whether today's configuration reports it in the base's files."""


def merge_known(own: Sequence[Finding], todays: Sequence[Finding]) -> list[Known]:
    """Put together what the base's own configuration and today's configuration find in the files of the base."""
    pairs: list[tuple[Finding, Finding]] = []
    only_own, only_todays = list(own), list(todays)
    # Where the two call the root of the project differently, so are its applications called.
    for key in (_identity, _ends):
        matched, only_own, only_todays = _pair(only_own, only_todays, _one(key), key)
        pairs += matched
    return [
        *(Known(finding, is_own=True, is_todays=True) for _, finding in pairs),
        *(Known(finding, is_own=True, is_todays=False) for finding in only_own),
        *(Known(finding, is_own=False, is_todays=True) for finding in only_todays),
    ]


def judge(known: Sequence[Known], head: Report, today: RenameMap) -> Findings:
    """Give every finding its verdict.

    Findings are paired one to one: by identity first, then by what their ends are called today.
    """
    # Two findings may share one identity, so it is the very record that is looked up.
    by_record = {id(each.finding): each for each in known}
    tangles = pair_tangles([each.finding for each in known], head.findings, today)
    same, before, after = _pair(tangles.before, tangles.after, _one(_identity), _identity)
    moved, before, after = _pair(before, after, _todays(today), _ends_and_place)
    same, moved = [*tangles.same, *same], [*tangles.moved, *moved]
    suppress_findings = [each.finding for each in head.suppressed]
    _, left, suppress_findings = _pair(before, suppress_findings, _one(_identity), _identity)
    _, left, _ = _pair(left, suppress_findings, _todays(today), _ends_and_place)
    still_there = {id(finding) for finding in left}
    gone = [by_record[id(finding)] for finding in before if by_record[id(finding)].is_own]
    return Findings(
        introduced=tuple(after),
        exposed=_in_order(now for was, now in [*same, *moved] if not by_record[id(was)].is_own),
        moved=tuple(
            sorted(
                (Moved(was, now) for was, now in moved if by_record[id(was)].is_own),
                key=lambda pair: pair.after.sort_key(),
            )
        ),
        carried=_in_order(now for was, now in same if by_record[id(was)].is_own),
        resolved=_in_order(each.finding for each in gone if each.is_todays and id(each.finding) in still_there),
        dropped=tuple(
            Dropped(each.finding, "comment" if id(each.finding) not in still_there else "rules")
            for each in sorted(gone, key=lambda each: each.finding.sort_key())
            if not each.is_todays or id(each.finding) not in still_there
        ),
    )


def _pair(
    left: Iterable[Finding],
    right: Iterable[Finding],
    keys_of: Callable[[Finding], Iterable[_Key]],
    key_of: Callable[[Finding], _Key],
) -> tuple[list[tuple[Finding, Finding]], list[Finding], list[Finding]]:
    """Pair each of the left with one of the right that has one of its keys; return pairs, left and right leftovers."""
    free: dict[_Key, list[Finding]] = defaultdict(list)
    for finding in right:
        free[key_of(finding)].append(finding)
    pairs, unpaired = [], []
    for finding in left:
        found = next((free[key] for key in keys_of(finding) if free[key]), None)
        if found is None:
            unpaired.append(finding)
        else:
            # The same application first, where several have such a finding.
            best = min(found, key=lambda other: other.application != finding.application)
            found[:] = [other for other in found if other is not best]
            pairs.append((finding, best))
    taken = {id(other) for _, other in pairs}
    return pairs, unpaired, [other for other in right if id(other) not in taken]


def _one(key_of: Callable[[Finding], _Key]) -> Callable[[Finding], Iterable[_Key]]:
    return lambda finding: [key_of(finding)]


def _identity(finding: Finding) -> _Key:
    return (finding.fingerprint,)


def _ends(finding: Finding) -> _Key:
    return (finding.code, finding.subject, finding.object)


def _ends_and_place(finding: Finding) -> _Key:
    # A finding about several modules may stand in any of them.
    place = "" if " " in finding.subject else finding.location.path
    return (*_ends(finding), place)


def _todays(today: RenameMap) -> Callable[[Finding], Iterator[_Key]]:
    """Make a function that lists what a finding may be called today: either end may have kept its name."""

    def list_keys(finding: Finding) -> Iterator[_Key]:
        place = _ends_and_place(finding)[-1]
        ends = (
            today.current_names(finding.subject),
            today.current_names(finding.object),
            [place, today.path_of(place)],
        )
        return ((finding.code, *key) for key in dict.fromkeys(product(*ends)))

    return list_keys


def _in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda each: each.sort_key()))
