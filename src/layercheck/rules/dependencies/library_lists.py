"""Lists of libraries for each layer: which entry decides about a name."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from layercheck import LIBRARY_WORDS, STANDARD_LIBRARY, THIRD_PARTY, means_library
from layercheck.rules.dependencies.library_groups import GROUPS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

WORDS = (THIRD_PARTY, STANDARD_LIBRARY, *GROUPS)
"""What an entry may say instead of a package."""


class Lists(NamedTuple):
    """What is written down for one layer."""

    allow: Sequence[str]
    deny: Sequence[str]


def lists_of(layer: str, allow: Mapping[str, Sequence[str]], deny: Mapping[str, Sequence[str]]) -> Lists | None:
    """Give the lists of a layer, None where it is in neither table; an `allow` that stands alone forbids all others."""
    if layer not in allow and layer not in deny:
        return None
    return Lists(allow.get(layer, ()), deny.get(layer, () if layer not in allow else (THIRD_PARTY,)))


def denied_by(name: str, lists: Lists) -> str | None:
    """Find the entry that forbids a full name (`sqlalchemy.orm.Session`), None where it may be used.

    The most specific entry decides; where two are equally specific, the one that allows.
    """
    allowed = max((_weight(entry, name) for entry in lists.allow), default=0)
    denied, entry = max(((_weight(entry, name), entry) for entry in lists.deny), default=(0, ""))
    return entry if denied > allowed else None


@cache
def libraries_in(entries: tuple[str, ...]) -> frozenset[str]:
    """Name the top-level packages that entries are about; none where they are about any library."""
    found: set[str] = set()
    for entry in entries:
        if entry in LIBRARY_WORDS:
            return frozenset()
        members = GROUPS[entry].members if entry in GROUPS else (entry,)
        found.update(member.partition(".")[0] for member in members)
    return frozenset(found)


def _weight(entry: str, name: str) -> int:
    """Weigh an entry for a name: 0 where it says nothing of it, 1 for all libraries, more the more it names."""
    if entry in LIBRARY_WORDS:
        return int(means_library(entry, name))
    group = GROUPS.get(entry)
    if group is None:
        return _depth(entry, name)
    weight = max(_depth(member, name) for member in group.members)
    return 0 if any(_depth(other, name) > weight for other in group.without) else weight


def _depth(entry: str, name: str) -> int:
    return entry.count(".") + 2 if means_library(entry, name) else 0
