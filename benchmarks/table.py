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
    from collections.abc import Iterable, Sequence

    from environment import Environment
    from measuring import Sample

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
    return (
        f"{tools}; {place}; {runs} runs each, in turn, after one that does not count; bytecode of all tools compiled,"
        " every tool with a cache folder of its own, files in the page cache."
    )


def result_lines(rows: Sequence[Row]) -> list[str]:
    """Lay out what was measured; ratios below 1 mean that the first row of the same run takes less."""
    head = ("project", "run", "what runs", "wall s (min / median / max)", "CPU s", "peak MB")
    return markdown_table((*head, "layercheck ÷ this, wall", "layercheck ÷ this, CPU"), map(cells, rows))


def cells(row: Row) -> tuple[str, ...]:
    """Write one row."""
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
