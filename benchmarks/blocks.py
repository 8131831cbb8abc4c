"""The parts of the table of `run.py`: what is run beside what."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from copies import lay_copies
from measuring import Job, measure_in_turn
from scenarios import COLD, WARM, forget, keep, scenarios
from small import FILES, write_small
from table import Row
from tools import DEFAULT_SET, LAYERCHECK, TOOLS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from environment import Environment
    from projects import Project

_BARE = "`python -c pass`"
_NEWER = "cold, with newer syntax"


def compare_tools(environment: Environment, project: Project, rounds: int) -> Iterator[Row]:
    """Run all tools on the same layers of a project."""
    folder = environment.lay_out(project, TOOLS)
    caches = environment.folder / "caches" / project.name
    with scenarios(folder / project.package / project.changed) as found:
        for name, prepare in found.items():
            jobs = {tool.name: tool.job(environment, folder, caches, prepare) for tool in TOOLS}
            yield from _rows(project.name, name, jobs, rounds)


def compare_rules(environment: Environment, project: Project, rounds: int) -> Iterator[Row]:
    """Run the whole default set beside the layer rules alone."""
    tools = (DEFAULT_SET, LAYERCHECK)
    folder = environment.lay_out(project, tools)
    caches = environment.folder / "caches" / f"{project.name}, rules"
    names = {DEFAULT_SET.name: DEFAULT_SET, "layercheck, layer rules alone": LAYERCHECK}
    for name, prepare in ((COLD, forget), (WARM, keep)):
        jobs = {what: tool.job(environment, folder, caches, prepare) for what, tool in names.items()}
        yield from _rows(project.name, f"default set, {name}", jobs, rounds)


def measure_small(environment: Environment, rounds: int) -> Iterator[Row]:
    """Run the whole default set on a small project, beside a Python that does nothing."""
    for name, prepare, newer in ((WARM, keep, False), (COLD, forget, False), (_NEWER, forget, True)):
        folder = write_small(environment.folder / "projects" / "small", newer=newer)
        jobs = {
            DEFAULT_SET.name: LAYERCHECK.job(environment, folder, environment.folder / "caches" / "small", prepare),
            _BARE: Job((str(environment.python), "-c", "pass"), folder),
        }
        yield from _rows(f"{FILES} files", name, jobs, rounds)


def measure_copies(environment: Environment, project: Project, counts: tuple[int, ...], rounds: int) -> Iterator[Row]:
    """Run the whole default set on several copies of a project."""
    folders = {count: environment.folder / "copies" / f"{project.name}-{count}" for count in counts}
    try:
        for count, folder in folders.items():
            lay_copies(environment, project, count, folder)
        caches = environment.folder / "caches" / f"{project.name}, copies"
        jobs = {
            count: LAYERCHECK.job(environment, folder, caches / str(count), forget) for count, folder in folders.items()
        }
        for count, samples in measure_in_turn(jobs, rounds).items():
            yield Row(f"{project.name}, {count} copies", COLD, DEFAULT_SET.name, samples, samples)
    finally:
        for folder in folders.values():
            shutil.rmtree(folder, ignore_errors=True)


def _rows(project: str, scenario: str, jobs: Mapping[str, Job], rounds: int) -> Iterator[Row]:
    """Run jobs in turn; the first is ours, and is compared with the others."""
    samples = measure_in_turn(jobs, rounds)
    ours = next(iter(samples.values()))
    for name, found in samples.items():
        yield Row(project, scenario, name, found, ours)
