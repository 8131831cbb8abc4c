"""The verdict on every finding: which of the base is which of the head."""

from __future__ import annotations

from collections import defaultdict
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from layercheck.commands.diff.change import Dropped, Findings, Moved

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from layercheck.commands.diff.identity import Today
    from layercheck.model.finding import Violation
    from layercheck.model.report import Report

    _Key = tuple[str, ...]


class Known(NamedTuple):
    """One finding of the base."""

    violation: Violation
    is_own: bool
    """Whether the base's own configuration reports it."""
    is_todays: bool
    """Whether today's configuration reports it in the base's files."""


def merge_known(own: Sequence[Violation], todays: Sequence[Violation]) -> list[Known]:
    """Put together what the base's own configuration and today's configuration find in the files of the base."""
    pairs: list[tuple[Violation, Violation]] = []
    only_own, only_todays = list(own), list(todays)
    # Where the two call the root of the project differently, so are its applications called.
    for key in (_identity, _ends):
        matched, only_own, only_todays = _pair(only_own, only_todays, _one(key), key)
        pairs += matched
    return [
        *(Known(violation, is_own=True, is_todays=True) for _, violation in pairs),
        *(Known(violation, is_own=True, is_todays=False) for violation in only_own),
        *(Known(violation, is_own=False, is_todays=True) for violation in only_todays),
    ]


def judge(known: Sequence[Known], head: Report, today: Today) -> Findings:
    """Give every finding its verdict.

    Findings are paired one to one: by identity first, then by what their ends are called today.
    """
    # Two findings may share one identity, so it is the very record that is looked up.
    by_record = {id(each.violation): each for each in known}
    same, before, after = _pair([each.violation for each in known], head.violations, _one(_identity), _identity)
    moved, before, after = _pair(before, after, _todays(today), _ends_and_place)
    put_aside = [each.violation for each in head.suppressed]
    _, left, put_aside = _pair(before, put_aside, _one(_identity), _identity)
    _, left, _ = _pair(left, put_aside, _todays(today), _ends_and_place)
    still_there = {id(violation) for violation in left}
    gone = [by_record[id(violation)] for violation in before if by_record[id(violation)].is_own]
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
        resolved=_in_order(each.violation for each in gone if each.is_todays and id(each.violation) in still_there),
        dropped=tuple(
            Dropped(each.violation, "comment" if id(each.violation) not in still_there else "rules")
            for each in sorted(gone, key=lambda each: each.violation.sort_key())
            if not each.is_todays or id(each.violation) not in still_there
        ),
    )


def _pair(
    left: Iterable[Violation],
    right: Iterable[Violation],
    keys_of: Callable[[Violation], Iterable[_Key]],
    key_of: Callable[[Violation], _Key],
) -> tuple[list[tuple[Violation, Violation]], list[Violation], list[Violation]]:
    """Pair each of the left with one of the right that has one of its keys; return pairs, left and right leftovers."""
    free: dict[_Key, list[Violation]] = defaultdict(list)
    for violation in right:
        free[key_of(violation)].append(violation)
    pairs, unpaired = [], []
    for violation in left:
        found = next((free[key] for key in keys_of(violation) if free[key]), None)
        if found is None:
            unpaired.append(violation)
        else:
            # The same application first, where several have such a finding.
            best = min(found, key=lambda other: other.scope != violation.scope)
            found[:] = [other for other in found if other is not best]
            pairs.append((violation, best))
    taken = {id(other) for _, other in pairs}
    return pairs, unpaired, [other for other in right if id(other) not in taken]


def _one(key_of: Callable[[Violation], _Key]) -> Callable[[Violation], Iterable[_Key]]:
    return lambda violation: [key_of(violation)]


def _identity(violation: Violation) -> _Key:
    return (violation.fingerprint,)


def _ends(violation: Violation) -> _Key:
    return (violation.code, violation.subject, violation.object)


def _ends_and_place(violation: Violation) -> _Key:
    # A finding about several modules may stand in any of them.
    place = "" if " " in violation.subject else violation.location.path
    return (*_ends(violation), place)


def _todays(today: Today) -> Callable[[Violation], Iterator[_Key]]:
    """Make a function that lists what a finding may be called today: either end may have kept its name."""

    def list_keys(violation: Violation) -> Iterator[_Key]:
        place = _ends_and_place(violation)[-1]
        ends = (today.ends_of(violation.subject), today.ends_of(violation.object), [place, today.path_of(place)])
        return ((violation.code, *key) for key in dict.fromkeys(product(*ends)))

    return list_keys


def _in_order(violations: Iterable[Violation]) -> tuple[Violation, ...]:
    return tuple(sorted(violations, key=lambda each: each.sort_key()))
