"""The lists of libraries of each layer, and which entry decides about a name."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from layercheck import LIBRARY_WORDS, STANDARD_LIBRARY, THIRD_PARTY, means_library
from layercheck.rules.dependencies.library_groups import GROUPS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

WORDS = (THIRD_PARTY, STANDARD_LIBRARY, *GROUPS)
"""The words that an entry may have instead of a package."""


class Lists(NamedTuple):
    """The entries for one layer."""

    allow: Sequence[str]
    deny: Sequence[str]


def lists_of(layer: str, allow: Mapping[str, Sequence[str]], deny: Mapping[str, Sequence[str]]) -> Lists | None:
    """Return the lists of a layer, None if it is in neither table; `allow` without `deny` forbids all others."""
    if layer not in allow and layer not in deny:
        return None
    return Lists(allow.get(layer, ()), deny.get(layer, () if layer not in allow else (THIRD_PARTY,)))


def denied_by(name: str, lists: Lists) -> str | None:
    """Find the entry that forbids a full name (`sqlalchemy.orm.Session`), None if it may be used.

    The most specific entry decides; where two are equally specific, the one that allows.
    """
    allowed = max((_weight(entry, name) for entry in lists.allow), default=0)
    denied, entry = max(((_weight(entry, name), entry) for entry in lists.deny), default=(0, ""))
    return entry if denied > allowed else None


@cache
def libraries_in(entries: tuple[str, ...]) -> frozenset[str]:
    """List the top-level packages of entries; none if an entry is about any library."""
    found: set[str] = set()
    for entry in entries:
        if entry in LIBRARY_WORDS:
            return frozenset()
        members = GROUPS[entry].members if entry in GROUPS else (entry,)
        found.update(member.partition(".")[0] for member in members)
    return frozenset(found)


def _weight(entry: str, name: str) -> int:
    """Return how specific an entry is for a name: 0 if it does not match, 1 for all libraries, more for longer names."""
    if entry in LIBRARY_WORDS:
        return int(means_library(entry, name))
    group = GROUPS.get(entry)
    if group is None:
        return _depth(entry, name)
    weight = max(_depth(member, name) for member in group.members)
    return 0 if any(_depth(other, name) > weight for other in group.without) else weight


def _depth(entry: str, name: str) -> int:
    return entry.count(".") + 2 if means_library(entry, name) else 0
