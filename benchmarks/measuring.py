"""Whole processes, measured from outside: time on the clock, time on the processors, peak memory."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

Key = TypeVar("Key")

# Linux counts the peak in kibibytes, macOS in bytes.
_PEAK_UNIT = 1 if sys.platform == "darwin" else 1024


class BrokenRunError(Exception):
    """A measured process did not do its work; its time says nothing."""


@dataclass(frozen=True)
class Sample:
    """One run."""

    wall: float
    """Seconds."""
    cpu: float
    """Seconds, user and system, of the process and those it waited for."""
    peak: int
    """Bytes of memory; never less than what this program itself takes (some 20 MB), as a child starts as its copy."""


@dataclass(frozen=True)
class Job:
    """Something to run again and again."""

    command: tuple[str, ...]
    folder: Path
    exit_codes: tuple[int, ...] = (0,)
    prepare: Callable[[], None] = lambda: None
    """What is done before each run, outside the measured time."""


@dataclass(frozen=True)
class Spread:
    """The smallest, the middle and the largest of some figures."""

    low: float
    median: float
    high: float


def measure(job: Job) -> Sample:
    """Run a job once. Raises BrokenRunError where it ends with another exit code than it should."""
    job.prepare()
    start = time.perf_counter()
    process = subprocess.Popen(
        job.command,
        cwd=job.folder,
        env=plain_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    # Popen did not see the end of its child, and would look for it.
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in job.exit_codes:
        raise BrokenRunError(f"exit code {process.returncode} from: {' '.join(job.command)}  (in {job.folder})")
    return Sample(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * _PEAK_UNIT)


def measure_in_turn(jobs: Mapping[Key, Job], rounds: int) -> dict[Key, list[Sample]]:
    """Run all jobs in turn (A B C A B C …) after one round that does not count.

    In turn, so that whatever else the machine does in the meantime meets all of them.
    """
    samples: dict[Key, list[Sample]] = {key: [] for key in jobs}
    for number in range(rounds + 1):
        for key, job in jobs.items():
            sample = measure(job)
            if number:
                samples[key].append(sample)
    return samples


def spread(figures: Iterable[float]) -> Spread:
    """Sum up some figures."""
    found = sorted(figures)
    return Spread(found[0], statistics.median(found), found[-1])


def median_ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """Compare two tools round by round: the median of the ratios, not the ratio of the medians."""
    return statistics.median(our / their for our, their in zip(ours, theirs, strict=True))


def plain_environment() -> dict[str, str]:
    """Make an environment in which a tool behaves the same in every terminal and every shell."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "FORCE_", "CLICOLOR"))}
    # Wide enough that no line of a report is broken.
    return {**kept, "NO_COLOR": "1", "COLUMNS": "10000", "PYTHONUTF8": "1"}
