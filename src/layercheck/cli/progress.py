"""A sign of life for checks that take longer than a second."""

from __future__ import annotations

import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_PATIENCE = 1.0
_CLEAR_LINE = "\r\x1b[K"


@contextmanager
def sign_of_life(text: str) -> Iterator[None]:
    """Show `text` on stderr if the work takes more than a second and stderr is a terminal; take it away at the end."""
    if not sys.stderr.isatty():
        yield
        return
    shown = threading.Event()

    def show() -> None:
        shown.set()
        sys.stderr.write(f"{text} …")
        sys.stderr.flush()

    timer = threading.Timer(_PATIENCE, show)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        if shown.is_set():
            sys.stderr.write(_CLEAR_LINE)
            sys.stderr.flush()
