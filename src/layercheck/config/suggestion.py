"""Guesses at what a mistyped word was meant to be."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """End a message with a guess: `"; did you mean 'layers'?"`, empty where nothing known is close to the word."""
    guess = closest(word, known)
    return f"; did you mean {guess!r}?" if guess else ""


def closest(word: str, known: Iterable[str]) -> str:
    """Find the known word that is nearest to a mistyped one; empty where none is close."""
    # A right configuration never asks, so it does not pay for the import.
    from difflib import get_close_matches  # noqa: PLC0415

    by_folded = {name.casefold(): name for name in known}
    close = get_close_matches(word.strip().casefold(), by_folded, n=1, cutoff=0.65)
    return by_folded[close[0]] if close else ""
