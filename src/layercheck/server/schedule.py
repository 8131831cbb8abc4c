"""When to check: not at every keystroke, and never twice at once."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable


class Schedule:
    """Does a job some time after it was last asked for."""

    def __init__(self, job: Callable[[], Awaitable[None]]) -> None:
        self._job = job
        self._is_asked = False
        self._timer: asyncio.TimerHandle | None = None
        self._task: asyncio.Task[None] | None = None

    def ask(self, delay_s: float) -> None:
        """Have the job done when nobody has asked for that long; to be called in the event loop."""
        self._is_asked = True
        self._stop_timer()
        self._timer = asyncio.get_running_loop().call_later(delay_s, self._start)

    async def settle(self) -> None:
        """Have done at once what was asked for, and wait for it."""
        if self._is_asked:
            self._start()
        if self._task is not None:
            # Who asks may lose patience; the job goes on for the others.
            await asyncio.shield(self._task)

    async def rest(self) -> None:
        """Wait until all that was asked for is done, in its own time."""
        while self._is_asked or (self._task is not None and not self._task.done()):
            if self._task is not None and not self._task.done():
                await asyncio.shield(self._task)
            elif self._timer is not None:
                await asyncio.sleep(max(0.0, self._timer.when() - asyncio.get_running_loop().time()))
            else:
                return

    def _start(self) -> None:
        self._stop_timer()
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._work())

    async def _work(self) -> None:
        # While a timer runs, it is the one to start the next round.
        while self._is_asked and self._timer is None:
            self._is_asked = False
            await self._job()

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = None
