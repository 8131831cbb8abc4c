"""What may come out of foreign code, on one line."""

from __future__ import annotations

CAUGHT = (Exception, SystemExit)
"""What may come out of foreign code and must not end the run in any way of its own."""


def summarise(error: BaseException) -> str:
    """Write an exception on one line: `ValueError: what it says`."""
    said = error.msg if isinstance(error, SyntaxError) else _say(error)
    first = next((line for line in said.splitlines() if line.strip()), "")
    return f"{type(error).__name__}: {first.strip()}" if first else type(error).__name__


def _say(error: BaseException) -> str:
    try:
        return str(error)
    except CAUGHT:
        return ""  # an exception of its own that cannot even be told
