"""What Ctrl-C does to the program: it ends it at once, except where something is to be put right before."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    import signal
    from collections.abc import Callable
    from types import FrameType
else:
    # The client of the resident process begins here; `signal` would import enum, `typing` re, and `contextlib` more.
    import _signal as signal


def end_at_once() -> None:
    """Let Ctrl-C end this process from now on; where the caller ignores it, as for a job in the background, so do we.

    An exception would be lost where Python cannot raise one: in a callback during an import, or just before a read.
    """
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)


def is_from_user() -> bool:
    """Return whether Ctrl-C may have raised a KeyboardInterrupt; the first one ends our handling of it."""
    return signal.getsignal(signal.SIGINT) is not _raise


def raising() -> _Handling:
    """Let Ctrl-C raise KeyboardInterrupt meanwhile, if it would end the process; the second one ends it all the same."""
    return _Handling(signal.SIG_DFL, _raise)


def ending_at_once() -> _Handling:
    """Let Ctrl-C end the process meanwhile, if it would raise KeyboardInterrupt: nothing has been done yet."""
    return _Handling(_raise, signal.SIG_DFL)


class _Handling:
    """Handles Ctrl-C in another way in a `with` block, if it is handled in a certain way before."""

    def __init__(self, before: object, meanwhile: Callable[[int, FrameType | None], None] | signal.Handlers) -> None:
        self._before = before
        self._meanwhile = meanwhile

    def __enter__(self) -> None:
        self._found = signal.getsignal(signal.SIGINT)
        if self._found == self._before:
            signal.signal(signal.SIGINT, self._meanwhile)

    def __exit__(self, *_: object) -> None:
        if self._found == self._before:
            signal.signal(signal.SIGINT, self._found)


def _raise(_: int, __: FrameType | None) -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    raise KeyboardInterrupt
