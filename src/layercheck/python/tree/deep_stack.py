"""Running a function where deep nesting cannot kill the process."""

from __future__ import annotations

import sys
import threading
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

_STACK_BYTES = 512 * 1024 * 1024
_RECURSION_LIMIT = 100_000
# Stack size and recursion limit belong to the whole process.
_lock = threading.Lock()
_stack = threading.local()


def is_stack_deep() -> bool:
    """Return whether this runs where the stack is as deep as it gets."""
    return getattr(_stack, "is_deep", False)


def run_with_deep_stack(function: Callable[[], T]) -> T:
    """Run a function in a thread with a large stack, and return or raise what it does.

    Within such a function this may be called again, as when one file leads to another: it runs on the same stack.

    Raises RecursionError where even that is not enough, or where the system grants no such stack.
    """
    if is_stack_deep():
        return function()
    results: list[T] = []
    errors: list[BaseException] = []

    def work() -> None:
        _stack.is_deep = True
        try:
            results.append(function())
        except BaseException as error:  # noqa: BLE001  # it is raised in the waiting thread
            errors.append(error)

    with _lock:
        limit = sys.getrecursionlimit()
        thread = threading.Thread(target=work, name="layercheck-deep-stack")
        try:
            old_size = threading.stack_size(_STACK_BYTES)
            sys.setrecursionlimit(max(limit, _RECURSION_LIMIT))
            try:
                thread.start()
            finally:
                threading.stack_size(old_size)
            thread.join()
        except (RuntimeError, ValueError, MemoryError) as error:
            raise RecursionError("no thread with a large stack could be started") from error
        finally:
            sys.setrecursionlimit(limit)
    if errors:
        raise errors[0]
    return results[0]
