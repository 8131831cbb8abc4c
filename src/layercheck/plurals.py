"""Numbers before nouns, in messages."""

from __future__ import annotations


def count(number: int, noun: str) -> str:
    """Put a number before a noun: `1 error`, `2 errors`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
