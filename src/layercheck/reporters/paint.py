"""The colours of the terminal formats, by what they mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    Painter = Callable[[str, str], str]
    """Text and meaning in, coloured text out."""

_STYLES: dict[str, dict[str, Any]] = {
    "error": {"fg": "red", "bold": True},
    "warning": {"fg": "yellow", "bold": True},
    "info": {"fg": "cyan", "bold": True},
    "good": {"fg": "green", "bold": True},
    "strong": {"bold": True},
    "faint": {"dim": True},
}


def make_painter(*, colour: bool) -> Painter:
    """Make a function that colours text by its meaning (a severity, `good`, `strong`, `faint`), or leaves it alone."""
    if not colour:
        return lambda text, _meaning: text
    from click import style  # noqa: PLC0415 - machines and pipes never need it

    return lambda text, meaning: style(text, **_STYLES[meaning])
