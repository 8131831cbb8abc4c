from __future__ import annotations

import os
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

from layercheck.facts.processes import map_in_processes
from tests.running import clean_environment

if TYPE_CHECKING:
    from collections.abc import Sequence

MANY = range(3000)

# In a process of its own: the one that runs the tests may have threads, and then nothing is forked.
PROGRAM = """
import os
from layercheck.facts.processes import map_in_processes

parent = os.getpid()

def work(numbers):
    {body}

found = map_in_processes(work, range(3000), list[tuple[int, bool]], at_least={at_least})
assert [number for number, _ in found] == list(range(3000)), found[:3]
print(sum(is_parent for _, is_parent in found))
"""


def _run(body: str, at_least: int = 1000) -> int:
    process = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(body=body, at_least=at_least)],
        env=clean_environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert process.returncode == 0, process.stderr
    return int(process.stdout)


def test_what_processes_do_comes_back_in_order() -> None:
    in_parent = _run("import time; time.sleep(0.005); return [(number, os.getpid() == parent) for number in numbers]")

    assert 0 < in_parent < 3000 or os.cpu_count() == 1


def test_whoever_is_free_takes_the_next() -> None:
    slow_parent = "import time; os.getpid() == parent and time.sleep(0.2)\n    "

    assert (
        _run(slow_parent + "return [(number, os.getpid() == parent) for number in numbers]") < 1000
        or os.cpu_count() == 1
    )


def test_work_that_is_soon_done_is_done_here() -> None:
    assert _run("return [(number, os.getpid() == parent) for number in numbers]", at_least=2000) == 3000


def test_work_that_takes_long_is_shared_where_it_is_for_one_child() -> None:
    busy = "sum(range(2000 * len(numbers)))\n    return [(number, os.getpid() == parent) for number in numbers]"

    assert 0 < _run(busy, at_least=2000) < 3000 or os.cpu_count() == 1


def test_a_child_that_raises_is_made_good_for() -> None:
    assert _run("if os.getpid() != parent: raise OSError\n    return [(number, True) for number in numbers]") == 3000


def test_a_child_that_dies_is_made_good_for() -> None:
    assert _run("if os.getpid() != parent: os.abort()\n    return [(number, True) for number in numbers]") == 3000


def _with_process(numbers: Sequence[int]) -> list[tuple[int, int]]:
    return [(number, os.getpid()) for number in numbers]


def test_few_items_are_not_worth_a_process() -> None:
    found = map_in_processes(_with_process, MANY, list[tuple[int, int]], at_least=3001)

    assert found == [(number, os.getpid()) for number in MANY]


def test_a_process_with_threads_is_not_forked() -> None:
    release = threading.Event()
    thread = threading.Thread(target=release.wait)
    thread.start()
    try:
        found = map_in_processes(_with_process, MANY, list[tuple[int, int]], at_least=1000)
    finally:
        release.set()
        thread.join()

    assert found == [(number, os.getpid()) for number in MANY]
