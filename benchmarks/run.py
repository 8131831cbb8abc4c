"""Measure layercheck beside import-linter and tach, on a small project, with all rules, and on many copies.

    python benchmarks/run.py --project homeassistant

Needs Python 3.11 or later, pip and the network; sets up everything else in a folder outside the repository.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from agreement import agreement_lines
from blocks import compare_rules, compare_tools, measure_copies, measure_small
from environment import Environment
from projects import PROJECTS
from table import cells, describe_machine, result_lines
from tools import TOOLS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from projects import Project
    from table import Row


def main() -> None:
    options = _read_arguments()
    environment = Environment(options.work.resolve(), options.wheels and options.wheels.resolve())
    _report(f"setting up in {environment.folder}")
    environment.install_tools()
    chosen = [each for name, each in PROJECTS.items() if {name, "all"} & {*options.project}]
    rows = []
    for row in _measure(environment, chosen, options):
        rows.append(row)
        _report("  ".join(cells(row)))
    # Last, because the reports make this program big, and no run is seen to be smaller than the program that starts it.
    agreement = [line for project in chosen for line in _compare(environment, project)]
    lines = [describe_machine(environment, options.runs), "", *result_lines(rows), "", *agreement]
    text = "\n".join(lines) + "\n"
    sys.stdout.write(text)
    if options.output:
        options.output.write_text(text, "utf-8")


def _read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--project", choices=[*PROJECTS, "all"], nargs="+", default=["homeassistant"])
    parser.add_argument("--runs", type=int, default=5, help="measured rounds [5]")
    parser.add_argument("--small-runs", type=int, default=15, help="measured rounds on the small project [15]")
    parser.add_argument("--copied", choices=PROJECTS, default="superset", help="project to be copied [superset]")
    parser.add_argument("--copies", type=int, nargs="*", default=[16], help="how many copies, beside one [16]")
    parser.add_argument("--work", type=Path, default=default_folder(), help="where to set everything up [%(default)s]")
    parser.add_argument("--wheels", type=Path, help="folder that already holds the wheels of the projects")
    parser.add_argument("--output", type=Path, help="write the tables here as well")
    return parser.parse_args()


def default_folder() -> Path:
    """Give the folder that is used when the user names none."""
    cache = os.environ.get("XDG_CACHE_HOME")
    return (Path(cache) if cache else Path.home() / ".cache") / "layercheck-benchmarks"


def _measure(environment: Environment, chosen: Iterable[Project], options: argparse.Namespace) -> Iterator[Row]:
    """Measure one part of the table after the other."""
    _report(f"a small project, {options.small_runs} rounds")
    yield from measure_small(environment, options.small_runs)
    for project in chosen:
        _report(f"{project.name}: all tools, {options.runs} rounds")
        yield from compare_tools(environment, project, options.runs)
        _report(f"{project.name}: all rules, {options.runs} rounds")
        yield from compare_rules(environment, project, options.runs)
    if options.copies:
        project, counts = PROJECTS[options.copied], (1, *options.copies)
        _report(f"{project.name}: {', '.join(map(str, counts))} copies, {options.runs} rounds")
        yield from measure_copies(environment, project, counts, options.runs)


def _compare(environment: Environment, project: Project) -> list[str]:
    _report(f"{project.name}: comparing what is found")
    folder = environment.lay_out(project, TOOLS)
    caches = environment.folder / "caches" / f"{project.name}, comparing"
    shutil.rmtree(caches, ignore_errors=True)
    return agreement_lines(project, {tool.name: tool.findings(environment, folder, caches) for tool in TOOLS})


def _report(text: str) -> None:
    print(f"· {text}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
