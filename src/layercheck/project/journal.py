"""What somebody asked about a project: the ground on which a result may be kept when something changes."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

Question = tuple["Hashable", ...]
"""What was asked, as far as the answer may change by itself: `("imports", path, path of the imported)`."""


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
