"""What somebody asked about a project: the ground on which a result may be kept when something changes."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping

Question = tuple["Hashable", ...]
"""What was asked, as far as the answer may change by itself: `("imports", path, path of the imported)`."""

_Key = TypeVar("_Key")


def find_differing(before: Mapping[_Key, Any], after: Mapping[_Key, Any]) -> set[_Key]:
    """List the keys of which two mappings say different things; a missing one is like None."""
    return {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}


class Journal:
    """Notes the questions of those who asked to have theirs noted."""

    def __init__(self) -> None:
        self._open: list[set[Question]] = []

    def note(self, *question: Hashable) -> None:
        """Record a question for the innermost recording."""
        if self._open:
            self._open[-1].add(question)

    @contextmanager
    def recording(self) -> Iterator[set[Question]]:
        """Collect the questions that are asked meanwhile; those that are collected further inside are not among them."""
        asked: set[Question] = set()
        self._open.append(asked)
        try:
            yield asked
        finally:
            self._open.pop()
