"""The side that answers: one command after the other, in a process that has everything imported and read."""

from __future__ import annotations

import contextlib
import gc
import importlib
import io
import os
import socket
import stat
import sys
import time
from typing import NamedTuple

from layercheck.cli.main import run
from layercheck.engine.checking import DeclinedError, KeptChecking
from layercheck.resident import wire
from layercheck.version import describe_code

_IDLE_S = 900.0
"""So long nobody must have asked."""
_TICK_S = 5.0
_SEND_S = 10.0
_BEFOREHAND = (
    "layercheck.cli.commands.check",
    "layercheck.cli.commands.hook",
    "layercheck.commands.hook.judging",
    "layercheck.commands.hook.wording",
    "layercheck.engine.run_rules",
    "layercheck.facts.fact_store",
    "layercheck.reporters.formats.concise",
    "layercheck.reporters.formats.json",
)
"""What most answers need."""
_FOREIGN = "layercheck.plugins.configured"
"""Imported where a project brings plugins of its own."""


class Answer(NamedTuple):
    """What a command did."""

    exit_code: int
    out: bytes
    err: bytes


def serve(path: str) -> None:
    """Answer at a socket, replacing the process that did so, until it is idle or replaced."""
    code, process = describe_code(), wire.describe_process()
    listener = _listen(path)
    place = os.stat(path).st_ino  # noqa: PTH116  (as written)
    _warm_up()
    worker = _Worker()
    last = time.monotonic()
    with listener:
        while time.monotonic() - last < _IDLE_S and _is_at(path, place):
            try:
                connection, _ = listener.accept()
            except TimeoutError:
                continue
            last = time.monotonic()
            with connection, contextlib.suppress(OSError, ValueError):
                connection.settimeout(_SEND_S)
                if not wire.is_ours(connection):
                    continue
                request = wire.receive(connection, wire.REQUEST_FIELDS)
                if request[0] != process or describe_code() != code:
                    connection.sendall(wire.REFUSED)
                    break
                connection.sendall(wire.ACCEPTED)
                answer = worker.work(request)
                if answer is None:
                    break
                connection.sendall(wire.encode([str(answer.exit_code).encode(), answer.out, answer.err]))
            worker.warm_up()
            gc.collect(0)
        if _is_at(path, place):
            os.unlink(path)  # noqa: PTH108


def _listen(path: str) -> socket.socket:
    """Take a place at a path at once: who asks finds the one before or this one."""
    own = f"{path}.{os.getpid()}"
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    before = os.umask(0o177)
    try:
        listener.bind(own)
    finally:
        os.umask(before)
    listener.listen()
    listener.settimeout(_TICK_S)
    os.rename(own, path)  # noqa: PTH104
    return listener


def _is_at(path: str, place: int) -> bool:
    """Return whether it is still this process that is asked."""
    try:
        status = os.lstat(path)
    except OSError:
        return False
    return stat.S_ISSOCK(status.st_mode) and status.st_ino == place


def _warm_up() -> None:
    for name in _BEFOREHAND:
        importlib.import_module(name)
    from layercheck.plugins.built_in import builtin_rules  # noqa: PLC0415  (see above)

    builtin_rules()
    # All this lives as long as the process: nobody needs to look at it for garbage again.
    gc.collect()
    gc.freeze()
    gc.enable()


class _Output(io.TextIOWrapper):
    """A stream that keeps what is written to it."""

    def __init__(self) -> None:
        self._written = io.BytesIO()
        super().__init__(self._written, "utf-8", "backslashreplace", write_through=True)

    def getvalue(self) -> bytes:
        self.flush()
        return self._written.getvalue()


class _Worker:
    """Runs commands as if each had a process of its own."""

    def __init__(self) -> None:
        self._checking = KeptChecking()

    def warm_up(self) -> None:
        """Do beforehand what the next command would wait for."""
        self._checking.warm_up()

    def work(self, request: list[bytes]) -> Answer | None:
        """Run a command; None where a process is better that knows nothing of other projects."""
        _, folder, arguments, environment, given = request
        variables = dict(line.split(b"=", 1) for line in environment.split(b"\0") if b"=" in line)
        out, err = _Output(), _Output()
        before = sys.stdin, sys.stdout, sys.stderr, sys.argv
        words = [os.fsdecode(word) for word in arguments.split(b"\0")]
        os.chdir(folder)
        os.environb.clear()
        os.environb.update(variables)
        sys.stdin = io.TextIOWrapper(io.BytesIO(given), "utf-8")
        sys.stdout, sys.stderr = out, err
        sys.argv = ["layercheck", *words]
        try:
            code = run(words, self._checking)
        except DeclinedError:
            return None
        finally:
            sys.stdin, sys.stdout, sys.stderr, sys.argv = before
            os.chdir("/")
        if _FOREIGN in sys.modules:
            # The code of a project's plugins stays in this process: from now on it serves this project only.
            self._checking.bind()
        return Answer(code, out.getvalue(), err.getvalue())
