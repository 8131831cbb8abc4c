"""Which tangle of the base is which of the head: as in the baseline, what became smaller is the same one, less of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from layercheck.baseline.entry import Known, entry_of, key_of
from layercheck.baseline.tangle_entries import match_tangles

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from layercheck.commands.diff.identity import RenameMap
    from layercheck.model.finding import Finding

    _Pairs = list[tuple[Finding, Finding]]


class TanglePairs(NamedTuple):
    """The tangles of both sides, and all findings that are left."""

    same: _Pairs
    """Of which the head has no more than the base; one of the base may have fallen apart into several."""
    moved: _Pairs
    """Likewise, under new names of the modules."""
    before: list[Finding]
    after: list[Finding]


def pair_tangles(before: Sequence[Finding], after: Sequence[Finding], today: RenameMap) -> TanglePairs:
    """Pair the tangles of the base with those of the head; other findings are all left."""

    def rename(finding: Finding) -> Finding:
        return msgspec.structs.replace(
            finding, subject=today.current_names(finding.subject)[-1], application=today.path_of(finding.application)
        )

    same, before_left, after_left = _match(before, after, lambda finding: finding)
    moved, before_left, after_left = _match(before_left, after_left, rename)
    grown = [frozenset(finding.subject.split(" ")) for finding in after_left if finding.cut is not None]
    # What lives on in a larger tangle is not resolved: the larger one is introduced.
    before_left = [
        finding
        for finding in before_left
        if finding.cut is None
        or not any(grown_one.issuperset(rename(finding).subject.split(" ")) for grown_one in grown)
    ]
    return TanglePairs(same, moved, before_left, after_left)


def _match(
    before: Sequence[Finding], after: Sequence[Finding], rename: Callable[[Finding], Finding]
) -> tuple[_Pairs, list[Finding], list[Finding]]:
    known = {}
    for finding in before:
        if finding.cut is not None:
            entry = entry_of(rename(finding), scoped=True)
            known[entry.identity] = (Known(entry, "", 0), finding)
    found = match_tangles([each for each, _ in known.values()], after)
    pairs = [
        (known[found[key_of(now)].entry.identity][1], now)
        for now in after
        if now.cut is not None and key_of(now) in found
    ]
    taken = {id(finding) for pair in pairs for finding in pair}
    return (
        pairs,
        [finding for finding in before if id(finding) not in taken],
        [finding for finding in after if id(finding) not in taken],
    )
