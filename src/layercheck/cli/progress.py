"""Progress for checks that take longer than a second."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from layercheck.reporters.display import make_printable

if TYPE_CHECKING:
    from collections.abc import Iterator

_PATIENCE = 1.0
_CLEAR_LINE = "\r\x1b[K"


@contextmanager
def show_progress(text: str) -> Iterator[None]:
    """Show `text` on stderr if the work takes more than a second and stderr is a terminal; clear it at the end."""
    # An alarm and no thread: the work may fork, which is only safe in a process with one thread.
    if not sys.stderr.isatty():
        yield
        return
    import signal  # noqa: PLC0415  (it names every signal when it is imported)

    if not hasattr(signal, "setitimer"):
        yield
        return

    def show(*_: object) -> None:
        sys.stderr.write(f"{make_printable(text)} …")
        sys.stderr.flush()

    before = signal.signal(signal.SIGALRM, show)
    signal.setitimer(signal.ITIMER_REAL, _PATIENCE)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        sys.stderr.write(_CLEAR_LINE)
        sys.stderr.flush()
