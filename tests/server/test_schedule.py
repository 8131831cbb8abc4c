from __future__ import annotations

import asyncio

from layercheck.server.schedule import Schedule


class _Job:
    """Takes its time, and notes when it begins and ends."""

    def __init__(self) -> None:
        self.notes: list[str] = []

    async def work(self) -> None:
        self.notes.append("begin")
        await asyncio.sleep(0.05)
        self.notes.append("end")


def test_many_requests_in_a_row_are_one() -> None:
    job = _Job()

    async def scenario() -> None:
        schedule = Schedule(job.work)
        for _ in range(5):
            schedule.ask(0.02)
            await asyncio.sleep(0.005)
        assert job.notes == []
        await asyncio.sleep(0.15)

    asyncio.run(scenario())
    assert job.notes == ["begin", "end"]


def test_what_is_asked_for_meanwhile_comes_afterwards() -> None:
    job = _Job()

    async def scenario() -> None:
        schedule = Schedule(job.work)
        schedule.ask(0)
        await asyncio.sleep(0.02)
        schedule.ask(0)
        await asyncio.sleep(0.2)

    asyncio.run(scenario())
    assert job.notes == ["begin", "end", "begin", "end"]


def test_who_cannot_wait_has_it_done_at_once() -> None:
    job = _Job()

    async def scenario() -> None:
        schedule = Schedule(job.work)
        await schedule.settle()
        assert job.notes == []
        schedule.ask(60)
        await schedule.settle()
        assert job.notes == ["begin", "end"]
        await schedule.settle()

    asyncio.run(scenario())
    assert job.notes == ["begin", "end"]


def test_who_loses_patience_takes_nothing_from_the_others() -> None:
    job = _Job()

    async def scenario() -> None:
        schedule = Schedule(job.work)
        schedule.ask(0)
        waiting = asyncio.create_task(schedule.settle())
        await asyncio.sleep(0.02)
        waiting.cancel()
        await schedule.settle()

    asyncio.run(scenario())
    assert job.notes == ["begin", "end"]
