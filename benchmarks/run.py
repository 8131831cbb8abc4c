"""Measure layercheck beside import-linter and tach on the same layers of the same projects.

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
from environment import Environment
from measuring import measure_in_turn
from projects import PROJECTS
from scenarios import scenarios
from startup import measure_startup
from table import Row, describe_machine, result_lines, startup_lines
from tools import LAYERCHECK, TOOLS

if TYPE_CHECKING:
    from projects import Project


def main() -> None:
    options = _read_arguments()
    environment = Environment(options.work.resolve(), options.wheels and options.wheels.resolve())
    _report(f"setting up in {environment.folder}")
    environment.install_tools()
    chosen = PROJECTS.values() if options.project == "all" else [PROJECTS[options.project]]
    folders = {project: _prepare(environment, project) for project in chosen}
    rows = [row for project, folder in folders.items() for row in _measure(environment, project, folder, options.runs)]
    startup = measure_startup(environment, options.runs)
    # Last, because the reports make this program big, and no run is seen to be smaller than the program that starts it.
    agreement = [line for project, folder in folders.items() for line in _compare(environment, project, folder)]
    lines = [
        *(describe_machine(environment, options.runs), ""),
        *(*result_lines(rows), ""),
        *(*startup_lines(startup), ""),
        *agreement,
    ]
    text = "\n".join(lines) + "\n"
    sys.stdout.write(text)
    if options.output:
        options.output.write_text(text, "utf-8")


def _read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--project", choices=[*PROJECTS, "all"], default="homeassistant")
    parser.add_argument("--runs", type=int, default=5, help="measured runs of each tool in each scenario [5]")
    parser.add_argument("--work", type=Path, default=default_folder(), help="where to set everything up [%(default)s]")
    parser.add_argument("--wheels", type=Path, help="folder that already holds the wheels of the projects")
    parser.add_argument("--output", type=Path, help="write the tables here as well")
    return parser.parse_args()


def default_folder() -> Path:
    """Give the folder that is used when the user names none."""
    cache = os.environ.get("XDG_CACHE_HOME")
    return (Path(cache) if cache else Path.home() / ".cache") / "layercheck-benchmarks"


def _prepare(environment: Environment, project: Project) -> Path:
    """Lay out a project with the configurations of all tools."""
    _report(f"{project.name}: fetching")
    folder = environment.fetch(project)
    for tool in TOOLS:
        (folder / tool.configuration).write_text(tool.configure(project), "utf-8")
    return folder


def _measure(environment: Environment, project: Project, folder: Path, runs: int) -> list[Row]:
    rows = []
    caches = environment.folder / "caches" / project.name
    with scenarios(folder / project.package / project.changed) as found:
        for name, prepare in found.items():
            _report(f"{project.name}: {name}, {runs} rounds")
            samples = measure_in_turn(
                {tool.name: tool.job(environment, folder, caches, prepare) for tool in TOOLS}, runs
            )
            rows += [Row(project.name, name, tool, samples[tool], samples[LAYERCHECK.name]) for tool in samples]
    return rows


def _compare(environment: Environment, project: Project, folder: Path) -> list[str]:
    _report(f"{project.name}: comparing what is found")
    caches = environment.folder / "caches" / f"{project.name}, comparing"
    shutil.rmtree(caches, ignore_errors=True)
    return agreement_lines(project, {tool.name: tool.findings(environment, folder, caches) for tool in TOOLS})


def _report(text: str) -> None:
    print(f"· {text}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
