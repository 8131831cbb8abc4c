"""Tangles (modules in one import cycle) are accepted by their modules and the size of their smallest cut.

Paths through a tangle change with every edit; its modules and its cut do not. A tangle that lost modules, or that became
easier to cut, is still the accepted one; a module more, or a larger cut, is a new finding.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from layercheck.baseline.entry import key_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from layercheck.baseline.entry import Entry, Key, Known
    from layercheck.model.finding import Finding


def match_tangles(known: Sequence[Known], findings: Iterable[Finding]) -> dict[Key, Known]:
    """Find for each tangle the tightest entry that accepts it.

    Where one has fallen apart, an entry accepts the parts as long as their cuts together are no larger than its own.
    """
    spent: Counter[tuple[object, ...]] = Counter()
    found = {}
    for finding in findings:
        if finding.cut is not None:
            covering = [
                each
                for each in known
                if _covers(each.entry, finding) and spent[each.entry.identity] + finding.cut <= (each.entry.cut or 0)
            ]
            if covering:
                tightest = min(covering, key=_looseness)
                spent[tightest.entry.identity] += finding.cut
                found[key_of(finding)] = tightest
    return found


def is_larger(entry: Entry, finding: Finding) -> bool:
    """Return whether an entry accepts more than the tangle of today."""
    return entry.cut != finding.cut or entry.members != frozenset(finding.subject.split(" "))


def _covers(entry: Entry, finding: Finding) -> bool:
    return (
        entry.cut is not None
        and (entry.code, entry.object) == (finding.code, finding.object)
        and entry.application in {None, finding.application}
        and set(finding.subject.split(" ")) <= entry.members
    )


def _looseness(known: Known) -> tuple[int, int, tuple[object, ...]]:
    entry = known.entry
    return (len(entry.members), entry.cut or 0, (entry.code, entry.subject, entry.application or ""))
