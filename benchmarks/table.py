"""The figures as Markdown."""

from __future__ import annotations

import os
import platform
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

from environment import PEERS
from measuring import median_ratio, spread

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from environment import Environment
    from measuring import Sample, Spread

_MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Row:
    """One tool in one scenario."""

    project: str
    scenario: str
    tool: str
    samples: Sequence[Sample]
    ours: Sequence[Sample]
    """The runs of layercheck in the same rounds."""


def describe_machine(environment: Environment, runs: int) -> str:
    """Say where and how the figures came about."""
    version = subprocess.run((str(environment.python), "--version"), capture_output=True, encoding="utf-8", check=True)
    ours = subprocess.run(
        (str(environment.executable("layercheck")), "--version"), capture_output=True, encoding="utf-8", check=True
    )
    tools = ", ".join((ours.stdout.strip(), *(peer.replace("==", " ") for peer in PEERS)))
    place = f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors, {version.stdout.strip()}"
    return f"{tools}; {place}; {runs} runs each, in turn, after one that does not count."


def result_lines(rows: Sequence[Row]) -> list[str]:
    """Lay out what was measured; ratios below 1 mean that layercheck takes less."""
    head = ("project", "scenario", "tool", "wall s (min / median / max)", "CPU s", "peak MB")
    return markdown_table((*head, "layercheck ÷ tool, wall", "layercheck ÷ tool, CPU"), map(_cells, rows))


def startup_lines(figures: Mapping[str, Spread]) -> list[str]:
    """Lay out what a start costs."""
    rows = (
        (name, *(f"{seconds * 1000:.0f}" for seconds in (at.low, at.median, at.high))) for name, at in figures.items()
    )
    return markdown_table(("beyond `python -c pass`", "min ms", "median ms", "max ms"), rows)


def _cells(row: Row) -> tuple[str, ...]:
    wall = spread(sample.wall for sample in row.samples)
    cpu = spread(sample.cpu for sample in row.samples)
    peak = max(sample.peak for sample in row.samples)
    ratios = ("", "")
    if row.samples is not row.ours:
        ratios = (
            f"**{median_ratio([each.wall for each in row.ours], [each.wall for each in row.samples]):.2f}**",
            f"{median_ratio([each.cpu for each in row.ours], [each.cpu for each in row.samples]):.2f}",
        )
    times = f"{wall.low:.2f} / {wall.median:.2f} / {wall.high:.2f}"
    return (row.project, row.scenario, row.tool, times, f"{cpu.median:.2f}", f"{peak / _MEGABYTE:.0f}", *ratios)


def markdown_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Lay out rows of cells."""
    rule = ["---"] * len(head)
    return [f"| {' | '.join(cells)} |" for cells in (head, rule, *rows)]
