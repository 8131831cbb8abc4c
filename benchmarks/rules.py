"""Measure what the rules about syntax cost: the default set beside the layer rules alone, and beside deply.

    python benchmarks/rules.py --project superset

Needs what `run.py` needs, and sets it up in the same folder. deply is held to the same layers, with one rule of each of its
kinds about content: base classes, decorators, names, foreign imports. layercheck runs its whole default set.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from environment import Environment
from measuring import BrokenRunError, Job, measure, measure_in_turn, median_ratio, spread
from peer_versions import DEPLY
from projects import PROJECTS
from run import default_folder
from scenarios import COLD, WARM, scenarios
from table import markdown_table

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from measuring import Sample
    from projects import Project

LAYERS_ALONE, DEFAULT_SET = "layer rules alone", "default set"
_CLEAN_OR_BROKEN = (0, 1)


@dataclass(frozen=True)
class Way:
    """One way to check a project."""

    name: str
    command: tuple[str, ...]

    def job(self, environment: Environment, folder: Path, cache: Path, prepare: Callable[[Path], None]) -> Job:
        """Make a run in `folder`; `prepare` is called before it, with its own folder in `cache`."""
        program, *arguments = self.command
        own = cache / self.name
        command = (str(environment.executable(program)), *(argument.format(cache=own) for argument in arguments))
        return Job(command, folder, _CLEAN_OR_BROKEN, lambda: prepare(own))


_CHECK = ("layercheck", "check", "--cache-dir", "{cache}")
WAYS = (Way(LAYERS_ALONE, (*_CHECK, "--select", "LC0,LC1")), Way(DEFAULT_SET, _CHECK))
PEER = Way("deply", ("deply", "analyze", "--config", "deply.yaml"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--project", choices=[*PROJECTS], default="superset")
    parser.add_argument("--runs", type=int, default=5, help="measured rounds [5]")
    parser.add_argument("--peer-limit", type=int, default=300, help="seconds after which deply is stopped [300]")
    parser.add_argument("--work", type=Path, default=default_folder(), help="where to set everything up [%(default)s]")
    parser.add_argument("--wheels", type=Path, help="folder that already holds the wheels of the projects")
    options = parser.parse_args()
    environment = Environment(options.work.resolve(), options.wheels and options.wheels.resolve())
    environment.install_tools(DEPLY)
    project = PROJECTS[options.project]
    folder = environment.fetch(project)
    modules = ", ".join(f'"{module}"' for module in project.modules)
    (folder / "layercheck.toml").write_text(f"layers = [{modules}]\n", "utf-8")
    (folder / "deply.yaml").write_text(_configure_deply(project), "utf-8")
    sys.stdout.write("\n".join(_measure(environment, project, folder, options)) + "\n")


def _measure(environment: Environment, project: Project, folder: Path, options: argparse.Namespace) -> list[str]:
    caches = environment.folder / "caches" / f"{project.name}, rules"
    rows, samples_of_ours = [], {}
    with scenarios(folder / project.package / project.changed) as found:
        for scenario in (COLD, WARM):
            jobs = {way.name: way.job(environment, folder, caches, found[scenario]) for way in WAYS}
            samples = measure_in_turn(jobs, options.runs)
            rows += _rows(scenario, samples, LAYERS_ALONE)
            samples_of_ours = samples_of_ours or samples
        ours = samples_of_ours[DEFAULT_SET]
        rows.append(_run_peer(PEER.job(environment, folder, caches, found[COLD]), ours, options.peer_limit))
    return markdown_table(("scenario", "what runs", "wall s (min / median / max)", "CPU s", "÷", "wall", "CPU"), rows)


def _run_peer(job: Job, ours: Sequence[Sample], limit: int) -> tuple[str, ...]:
    """Run deply once; it is compared with the slowest of our cold runs, and may be stopped before its end."""
    slowest = max(sample.wall for sample in ours)
    try:
        wall = measure(replace(job, command=("timeout", str(limit), *job.command))).wall
    except BrokenRunError:
        return (COLD, PEER.name, f"> {limit} (stopped)", "", DEFAULT_SET, f"> **{limit / slowest:.0f}**", "")
    return (COLD, PEER.name, f"{wall:.2f}", "", DEFAULT_SET, f"**{wall / slowest:.0f}**", "")


def _rows(scenario: str, samples: Mapping[str, Sequence[Sample]], other: str) -> list[tuple[str, ...]]:
    rows = []
    for name, runs in samples.items():
        wall = spread(sample.wall for sample in runs)
        cpu = spread(sample.cpu for sample in runs)
        times = f"{wall.low:.2f} / {wall.median:.2f} / {wall.high:.2f}"
        ratios: tuple[str, ...] = ("", "", "")
        if name != other:
            theirs = samples[other]
            ratios = (
                other,
                f"**{median_ratio([each.wall for each in runs], [each.wall for each in theirs]):.3g}**",
                f"{median_ratio([each.cpu for each in runs], [each.cpu for each in theirs]):.3g}",
            )
        rows.append((scenario, name, times, f"{cpu.median:.2f}", *ratios))
    return rows


def _configure_deply(project: Project) -> str:
    """Write deply's configuration: the layers by their folders, and in each one rule of every kind about content."""
    lines = ["deply:", "  paths:", f"    - {project.package}", "  exclude_files: []", "  layers:"]
    for layer in project.layers:
        lines += [
            f"    - name: {layer}",
            "      collectors:",
            "        - type: file_regex",
            f'          regex: ".*{project.package}/{layer}/.*"',
        ]
    lines.append("  ruleset:")
    for layer in project.layers:
        lines += [
            f"    {layer}:",
            "      disallow_external_imports: [fastapi]",
            "      enforce_inheritance:",
            "        - type: class_inherits",
            "          base_class: Base",
            "      enforce_class_naming:",
            "        - type: class_name_regex",
            '          class_name_regex: "^[A-Z].*"',
            "      enforce_function_decorator_usage:",
            "        - type: function_decorator_name_regex",
            '          decorator_name_regex: ".*"',
        ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
