"""Programs at a terminal: what somebody types, and what they see."""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path
    from types import TracebackType
    from typing import Self

_PATIENCE = 60.0
"""Seconds that an answer may take on a busy machine."""


class Terminal:
    """A program that believes to talk to a person."""

    def __init__(self, command: Sequence[str], *, folder: Path, environment: Mapping[str, str]) -> None:
        self.seen = ""
        self._file, other_end = pty.openpty()
        self._process = subprocess.Popen(
            command,
            cwd=folder,
            env={**environment, "TERM": "xterm"},
            stdin=other_end,
            stdout=other_end,
            stderr=other_end,
            start_new_session=True,
        )
        os.close(other_end)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._file)

    def wait_for(self, text: str) -> str:
        """Read until the program has written `text`; return what came before it, and forget both."""
        end = time.monotonic() + _PATIENCE
        while text not in self.seen:
            data = self._read(end)
            assert data, f"{text!r} did not come, but {self.seen!r}"
            self.seen += data
        before, _, self.seen = self.seen.partition(text)
        return before

    def type(self, text: str) -> None:
        """Press the keys of a text."""
        os.write(self._file, text.encode())

    def interrupt(self) -> None:
        """Press Ctrl-C."""
        self._process.send_signal(signal.SIGINT)

    def wait(self) -> int:
        """Wait for the end of the program; return its exit code."""
        end = time.monotonic() + _PATIENCE
        while data := self._read(end):
            self.seen += data
        return self._process.wait(max(0.0, end - time.monotonic()))

    def _read(self, end: float) -> str:
        """Read what is there next; nothing where the program has ended, or when it is too late."""
        if not select.select([self._file], [], [], max(0.0, end - time.monotonic()))[0]:
            return ""
        try:
            return os.read(self._file, 65536).decode("utf-8", "replace")
        except OSError:
            # How Linux says that nobody is at the other end any more.
            return ""
