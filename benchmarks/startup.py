"""What it costs to start: what a small project, a commit hook or an editor feels."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from environment import CHECKOUT
from measuring import Job, measure_in_turn, spread

if TYPE_CHECKING:
    from environment import Environment
    from measuring import Spread

_SMALL = CHECKOUT / "fixtures" / "clean" / "app"


def measure_startup(environment: Environment, rounds: int) -> dict[str, Spread]:
    """Measure seconds beyond those that the interpreter itself needs, round by round."""
    folder = environment.folder / "projects" / "small"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(_SMALL, folder / "app", ignore=shutil.ignore_patterns("__pycache__"))
    files = sum(1 for _ in folder.rglob("*.py"))
    layercheck, python = str(environment.executable("layercheck")), str(environment.python)
    bare = Job((python, "-c", "pass"), folder)
    jobs = {
        "`layercheck --version`": Job((layercheck, "--version"), folder),
        f"`layercheck check`, {files} files, warm": Job((layercheck, "check", "."), folder),
    }
    samples = measure_in_turn({"": bare, **jobs}, rounds)
    walls = {name: [sample.wall for sample in found] for name, found in samples.items()}
    return {name: spread(wall - base for wall, base in zip(walls[name], walls[""], strict=True)) for name in jobs}
