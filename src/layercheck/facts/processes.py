"""Work shared between processes, where the system can split one cheaply."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING, NamedTuple, NoReturn, TypeVar

import msgspec

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

T = TypeVar("T")
R = TypeVar("R")

_MOST_CHILDREN = 3
_BATCHES = 24
"""Per process: few enough to cost nothing, many enough that none waits long for the others at the end."""
_FEW = 8
_WORTH_A_CHILD_S = 0.04


class _Child(NamedTuple):
    process: int
    reader: int
    """Where its results come out."""


def map_in_processes(
    work: Callable[[Sequence[T]], list[R]], items: Sequence[T], result: type[list[R]], *, at_least: int
) -> list[R]:
    """Do `work` on all items, here and in child processes; results come in the order of the items.

    Each process takes the next batch when it is free, so a few heavy items delay no others. `result` is the type with which
    msgspec decodes what a child sends. A child that fails is made good for here. There is one for each `at_least`
    items; with fewer it costs more than it saves. Where that makes one, a few items show whether the rest is worth it.
    """
    wanted = min(_MOST_CHILDREN, len(items) // at_least)
    children = wanted and min(_spare_processors(), wanted)
    if not children:
        return work(items)
    done, items = _try_some(work, items) if wanted == 1 else ([], items)
    return done + (_share(work, items, result, children) if items else [])


def _try_some(work: Callable[[Sequence[T]], list[R]], items: Sequence[T]) -> tuple[list[R], Sequence[T]]:
    """Do a few items here, and the others if they take no longer than to start a child; return those that are left."""
    # With the first ones, patterns are compiled and modules imported.
    done = work(items[:_FEW])
    started = time.process_time()
    done += work(items[_FEW : 2 * _FEW])
    rest = items[2 * _FEW :]
    if (time.process_time() - started) / _FEW * len(rest) < _WORTH_A_CHILD_S:
        return done + work(rest), ()
    return done, rest


def _share(work: Callable[[Sequence[T]], list[R]], items: Sequence[T], result: type[list[R]], children: int) -> list[R]:
    """Do `work` on all items, here and in some child processes."""
    size = -(-len(items) // (_BATCHES * (children + 1)))
    batches = [items[start : start + size] for start in range(0, len(items), size)]
    queue, queue_writer = os.pipe()
    # One byte for each batch: the system gives every byte to one reader only.
    os.write(queue_writer, bytes(range(len(batches))))
    os.close(queue_writer)
    started: list[_Child] = []
    try:
        for _ in range(children):
            started.append(_start(work, batches, queue))  # noqa: PERF401  (what has started must be known if the next fails)
        done = _take_batches(work, batches, queue)
        for child in started:
            done |= _collect(child, dict[int, result])  # type: ignore[valid-type]  # a type made at run time
    except BaseException:
        import signal  # noqa: PLC0415  (see below)

        for child in started:
            os.kill(child.process, signal.SIGKILL)
        raise
    finally:
        os.close(queue)
        for child in started:
            os.close(child.reader)
            os.waitpid(child.process, 0)
    return [each for at, batch in enumerate(batches) for each in (done[at] if at in done else work(batch))]


def _spare_processors() -> int:
    # Of several threads only one would live on in a child, with the locks of all of them.
    # Who has not imported it has started none.
    threading = sys.modules.get("threading")
    may_fork = hasattr(os, "fork") and (threading is None or threading.active_count() == 1)
    return (os.cpu_count() or 1) - 1 if may_fork else 0


def _start(work: Callable[[Sequence[T]], list[R]], batches: Sequence[Sequence[T]], queue: int) -> _Child:
    reader, writer = os.pipe()
    process = os.fork()
    if process == 0:
        _work_and_exit(work, batches, queue, writer)
    os.close(writer)
    return _Child(process, reader)


def _take_batches(
    work: Callable[[Sequence[T]], list[R]], batches: Sequence[Sequence[T]], queue: int
) -> dict[int, list[R]]:
    done = {}
    while token := os.read(queue, 1):
        done[token[0]] = work(batches[token[0]])
    return done


def _collect(child: _Child, kind: type[dict[int, list[R]]]) -> dict[int, list[R]]:
    """Read what a child has done; nothing of one that failed."""
    with os.fdopen(child.reader, "rb", closefd=False) as pipe:
        data = pipe.read()
    try:
        return msgspec.msgpack.decode(data, type=kind)
    except msgspec.DecodeError:
        return {}


def _work_and_exit(
    work: Callable[[Sequence[T]], list[R]], batches: Sequence[Sequence[T]], queue: int, writer: int
) -> NoReturn:
    """Be the child: send the results and end at once, without the parent's clean-up."""
    # It names every signal when it is imported, which takes longer than to read a few files.
    import signal  # noqa: PLC0415

    try:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        done = msgspec.msgpack.encode(_take_batches(work, batches, queue))
        with os.fdopen(writer, "wb") as pipe:
            pipe.write(done)
    finally:
        os._exit(0)
