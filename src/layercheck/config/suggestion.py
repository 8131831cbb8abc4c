"""Guesses at what a mistyped word was meant to be."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_SHORTEST_BEGINNING = 3
_LONGEST = 200


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """End a message with a guess: `"; did you mean 'layers'?"`, empty where nothing known is close to the word."""
    guess = closest(word, known)
    return f"; did you mean {guess!r}?" if guess else ""


def closest(word: str, known: Iterable[str]) -> str:
    """Find the known word that is nearest to a mistyped one, or that it begins; empty where none is close.

    Of names with dots or slashes, every part must be close by itself: `app.users` is not `app.api`.
    """
    wanted, known = word.strip().casefold(), list(known)
    if len(wanted) > _LONGEST:
        return ""
    found = [(slips, name) for name in known if (slips := _measure(wanted, name.casefold())) is not None]
    if not found and len(wanted) >= _SHORTEST_BEGINNING:
        found = [(len(name), name) for name in known if name.casefold().startswith(wanted)]
    # Of several, the one that begins like the word.
    ranked = ((slips, -count_alike(wanted, name.casefold()), name) for slips, name in found)
    return min(ranked, default=(0, 0, ""))[2]


def count_alike(word: str, other: str) -> int:
    """Count the letters that two words begin with."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(word, other, strict=False)))


def _measure(wanted: str, name: str) -> int | None:
    """Count the slips of the pen between two names; None where there are too many."""
    parts, others = re.split(r"[./]", wanted), re.split(r"[./]", name)
    if len(parts) != len(others):
        parts, others = [wanted], [name]
    total = 0
    for part, other in zip(parts, others, strict=True):
        slips = 0 if part == other else _count_slips(part, other, _most_slips(part, other))
        if slips is None:
            return None
        total += slips
    return total


def _most_slips(word: str, other: str) -> int:
    """Find how many slips two words of some length may differ by."""
    longest = max(len(word), len(other))
    if re.search(r"\d", other):
        return min(1, longest // 3)  # codes are all alike
    return 0 if longest < 3 else 1 if longest < 5 else 2 if longest < 9 else 3


def _count_slips(word: str, other: str, most: int) -> int | None:
    """Count letters that are wrong, missing, too many or swapped with the next one; None for more than `most`."""
    if abs(len(word) - len(other)) > most:
        return None
    before, row = [0] * (len(other) + 1), list(range(len(other) + 1))
    for at, letter in enumerate(word, 1):
        older, before, row = before, row, [at]
        for place, expected in enumerate(other, 1):
            slips = min(before[place] + 1, row[place - 1] + 1, before[place - 1] + (letter != expected))
            if at > 1 and place > 1 and letter == other[place - 2] and word[at - 2] == expected:
                slips = min(slips, older[place - 2] + 1)
            row.append(slips)
    return row[-1] if row[-1] <= most else None
