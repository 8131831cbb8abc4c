"""The questions asked about a project: a result is kept as long as their answers stay the same."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping

Question = tuple["Hashable", ...]
"""One question, for example `("imports", path, path of the imported)`."""

_Key = TypeVar("_Key")


def find_differing(before: Mapping[_Key, Any], after: Mapping[_Key, Any]) -> set[_Key]:
    """List the keys whose values differ in two mappings; a missing key counts as None."""
    return {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}


class Journal:
    """Records questions for the recordings that are open."""

    def __init__(self) -> None:
        self._open: list[set[Question]] = []

    def note(self, *question: Hashable) -> None:
        """Record a question in the innermost recording."""
        if self._open:
            self._open[-1].add(question)

    @contextmanager
    def recording(self) -> Iterator[set[Question]]:
        """Collect the questions asked in this context, without those of recordings inside it."""
        asked: set[Question] = set()
        self._open.append(asked)
        try:
            yield asked
        finally:
            self._open.pop()
