"""Long lines, fit to the width of a terminal."""

from __future__ import annotations

import textwrap


def wrap_words(text: str, width: int, *, first: str = "", others: str = "") -> list[str]:
    """Wrap text at words; `first` and `others` are what the lines begin with."""
    return textwrap.wrap(
        text,
        max(40, width),
        initial_indent=first,
        subsequent_indent=others,
        break_long_words=False,
        break_on_hyphens=False,
    )
