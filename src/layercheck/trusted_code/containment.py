"""What keeps foreign code away from our output and our exit code while it runs."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager, redirect_stdout, suppress
from typing import TYPE_CHECKING

from layercheck.interrupts import is_from_user

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_WAYS_TO_END = ("_exit", "execv", "execve")
"""Functions of `os` that end the process with an exit code of its own; the others of their kind call these."""


@contextmanager
def contained() -> Iterator[None]:
    """Send what foreign code prints to stderr, and make of every way in which it ends the process an error of its own.

    Standard output holds the report, and exit codes 0 and 1 are verdicts.
    """
    ways = {name: getattr(os, name) for name in _WAYS_TO_END}
    vars(os).update({name: _refuse(name, end, os.getpid()) for name, end in ways.items()})
    try:
        with _descriptor_redirected(), redirect_stdout(sys.stderr):
            yield
    except (Exception, SystemExit, GeneratorExit):
        raise
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt) and is_from_user():
            raise
        raise RuntimeError(f"{type(error).__name__}: {error}".removesuffix(": ")) from error
    finally:
        vars(os).update(ways)


@contextmanager
def _descriptor_redirected() -> Iterator[None]:
    """Send to stderr what is written to the descriptor of stdout, also by the processes that the code starts."""
    _flush()
    try:
        ours = os.dup(1)
    except OSError:  # there is no stdout
        yield
        return
    try:
        with suppress(OSError):
            os.dup2(2, 1)
        yield
    finally:
        _flush()
        os.dup2(ours, 1)
        os.close(ours)


def _flush() -> None:
    """Write out what the streams hold back, before their descriptor means something else."""
    for stream in {sys.stdout, sys.__stdout__}:
        if stream is not None:
            with suppress(OSError, ValueError):
                stream.flush()


def _refuse(name: str, end: Callable[..., object], process: int) -> Callable[..., None]:
    """Make a function that raises where `end` would end a process; its children may end."""

    def refuse(*arguments: object) -> None:
        if os.getpid() != process:
            end(*arguments)
        # The others are arguments of a program and its environment, which are nobody's business.
        raise RuntimeError(
            f"os.{name}({', '.join([*map(repr, arguments[:1]), *['…'] * (len(arguments) > 1)])}) would end layercheck"
        )

    return refuse
