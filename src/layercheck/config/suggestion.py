"""Guesses at what a mistyped word was meant to be."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """End a message with a guess: `"; did you mean 'layers'?"`, empty where nothing known is close to the word."""
    # A right configuration never asks, so it does not pay for the import.
    from difflib import get_close_matches  # noqa: PLC0415

    by_folded = {name.casefold(): name for name in known}
    close = get_close_matches(word.strip().casefold(), by_folded, n=1, cutoff=0.65)
    return f"; did you mean {by_folded[close[0]]!r}?" if close else ""
