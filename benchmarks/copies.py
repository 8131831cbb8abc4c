"""A project several times, side by side, each copy under a name of its own."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

from tools import LAYERCHECK

if TYPE_CHECKING:
    from pathlib import Path

    from environment import Environment
    from projects import Project


def lay_copies(environment: Environment, project: Project, count: int, folder: Path) -> list[str]:
    """Copy a project into an empty folder, with a configuration for all copies; return their names."""
    shutil.rmtree(folder, ignore_errors=True)
    names = [f"copy{number:02}" for number in range(count)]
    for name in names:
        _copy_renamed(environment.fetch(project) / project.package, folder / name)
    layers = ", ".join(f'"*.{layer}"' for layer in project.layers)
    (folder / LAYERCHECK.configuration).write_text(f"layers = [{layers}]\n", "utf-8")
    return names


def _copy_renamed(source: Path, target: Path) -> None:
    """Copy the Python files of a package under another name, and make its imports of itself follow."""
    own_name = re.compile(rb"\b%s\b" % source.name.encode())
    for path in source.rglob("*.py"):
        copy = target / path.relative_to(source)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(own_name.sub(target.name.encode(), path.read_bytes()))
