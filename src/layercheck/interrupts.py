"""What Ctrl-C does to the program: it ends it at once, except where something is to be put right before."""

from __future__ import annotations

import contextlib

TYPE_CHECKING = False
if TYPE_CHECKING:
    import signal
    from collections.abc import Callable, Iterator
    from types import FrameType
else:
    # The client of the resident process begins here; `signal` would import enum, and `typing` re.
    import _signal as signal


def end_at_once() -> None:
    """Let Ctrl-C end this process from now on; where the caller ignores it, as for a job in the background, so do we.

    An exception would be lost where Python cannot raise one: in a callback during an import, or just before a read.
    """
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)


def is_from_user() -> bool:
    """Tell of a KeyboardInterrupt whether Ctrl-C may have raised it: the first one ends our handling of it."""
    return signal.getsignal(signal.SIGINT) is not _raise


@contextlib.contextmanager
def raising() -> Iterator[None]:
    """Let Ctrl-C raise KeyboardInterrupt meanwhile, if it would end the process; the second one ends it all the same."""
    with _handling(signal.SIG_DFL, _raise):
        yield


@contextlib.contextmanager
def ending_at_once() -> Iterator[None]:
    """Let Ctrl-C end the process meanwhile, if it would raise KeyboardInterrupt: nothing has been done yet."""
    with _handling(_raise, signal.SIG_DFL):
        yield


@contextlib.contextmanager
def _handling(before: object, meanwhile: Callable[[int, FrameType | None], None] | signal.Handlers) -> Iterator[None]:
    found = signal.getsignal(signal.SIGINT)
    if found != before:
        yield
        return
    signal.signal(signal.SIGINT, meanwhile)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, found)


def _raise(_: int, __: FrameType | None) -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    raise KeyboardInterrupt
