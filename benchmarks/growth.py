"""Measure whether layercheck's cost grows with the number of files and no faster.

    python benchmarks/growth.py --project django

Lays one, four and sixteen copies of a project side by side, each under a name of its own, and measures whole runs.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from copies import lay_copies
from environment import Environment
from measuring import measure_in_turn, spread
from projects import PROJECTS
from run import default_folder
from scenarios import scenarios
from table import markdown_table
from tools import LAYERCHECK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from measuring import Sample
    from projects import Project

_COPIES = (1, 4, 16)


def main() -> None:
    options = _read_arguments()
    environment = Environment(options.work.resolve(), options.wheels and options.wheels.resolve())
    environment.install_tools()
    project = PROJECTS[options.project]
    head = ("copies", "files", "scenario", "wall s (median)", "ms per file", "CPU ms per file", "peak MB")
    rows = [row for copies in _COPIES for row in _measure(environment, project, copies, options.runs)]
    sys.stdout.write("\n".join(markdown_table(head, rows)) + "\n")


def _read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--project", choices=PROJECTS, default="django")
    parser.add_argument("--runs", type=int, default=3, help="measured runs for each row [3]")
    parser.add_argument("--work", type=Path, default=default_folder(), help="where to set everything up [%(default)s]")
    parser.add_argument("--wheels", type=Path, help="folder that already holds the wheels of the projects")
    return parser.parse_args()


def _measure(environment: Environment, project: Project, copies: int, runs: int) -> Iterator[tuple[str, ...]]:
    folder = environment.folder / "growth" / f"{project.name}-{copies}"
    names = lay_copies(environment, project, copies, folder)
    files = sum(1 for _ in folder.rglob("*.py"))
    cache = folder / "cache"
    with scenarios(folder / names[0] / project.changed) as found:
        for scenario, prepare in found.items():
            job = LAYERCHECK.job(environment, folder, cache, prepare)
            yield (str(copies), str(files), scenario, *_cells(measure_in_turn({"": job}, runs)[""], files))
    shutil.rmtree(folder)


def _cells(samples: list[Sample], files: int) -> tuple[str, ...]:
    wall = spread(sample.wall for sample in samples).median
    cpu = spread(sample.cpu for sample in samples).median
    peak = max(sample.peak for sample in samples)
    return f"{wall:.2f}", f"{wall / files * 1000:.3f}", f"{cpu / files * 1000:.3f}", f"{peak / 1_000_000:.0f}"


if __name__ == "__main__":
    main()
