"""Which exceptions are needed: without them, there would be more findings."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterable

_Exception = TypeVar("_Exception", bound="Hashable")


def find_needed(covers: Iterable[Collection[_Exception]], order: Iterable[_Exception]) -> set[_Exception]:
    """Choose exceptions that are all needed, and that together hide what all of them hide.

    Each of `covers` holds the exceptions that hide one thing. Where several do, those that are first in `order` are given
    up first; all that are given up can be removed at once.
    """
    hiding: dict[_Exception, list[set[_Exception]]] = defaultdict(list)
    for cover in covers:
        left = set(cover)
        for each in left:
            hiding[each].append(left)
    needed = set()
    for each in order:
        if any(len(left) == 1 for left in hiding.get(each, ())):
            needed.add(each)
        else:
            for left in hiding.get(each, ()):
                left.discard(each)
    return needed
