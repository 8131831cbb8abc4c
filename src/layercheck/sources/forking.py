"""Work shared between two processes, where the system can split one cheaply."""

from __future__ import annotations

import os
import signal
import threading
from typing import TYPE_CHECKING, TypeVar

import msgspec

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

T = TypeVar("T")
R = TypeVar("R")


def map_in_two(
    work: Callable[[Sequence[T]], list[R]], items: Sequence[T], result: type[list[R]], *, at_least: int
) -> list[R]:
    """Do `work` on all items, every second one in a child process; results come in the order of the items.

    `result` is the type with which msgspec decodes what the child sends. A child that fails is made good for here.
    With fewer than `at_least` items the second process costs more than it saves, and there is none.
    """
    if len(items) < at_least or not _may_fork():
        return work(items)
    # What lies side by side is alike: halves would be of very different weight.
    own_items, others = items[::2], items[1::2]
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        _work_and_exit(work, others, writer)
    os.close(writer)
    try:
        own = work(own_items)
        with os.fdopen(reader, "rb") as pipe:
            data = pipe.read()
    except BaseException:
        os.kill(child, signal.SIGKILL)
        raise
    finally:
        _, status = os.waitpid(child, 0)
    results: list[R] = [*own, *(work(others) if status != 0 else msgspec.msgpack.decode(data, type=result))]
    results[::2], results[1::2] = results[: len(own)], results[len(own) :]
    return results


def _may_fork() -> bool:
    # Of several threads only one would live on in the child, with the locks of all of them.
    return hasattr(os, "fork") and (os.cpu_count() or 1) > 1 and threading.active_count() == 1


def _work_and_exit(work: Callable[[Sequence[T]], list[R]], items: Sequence[T], writer: int) -> None:
    """Be the child: send the results and end at once, without the parent's clean-up."""
    status = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        with os.fdopen(writer, "wb") as pipe:
            pipe.write(msgspec.msgpack.encode(work(items)))
        status = 0
    finally:
        os._exit(status)
