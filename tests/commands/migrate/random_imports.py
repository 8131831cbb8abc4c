"""Random projects whose modules import each other, and the lines that layercheck reports after a conversion."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING, Any

from layercheck.commands.migrate.contract_text import write_contracts
from layercheck.commands.migrate.foreign_files import convert_files
from tests.running import check_folder, clean_environment, find_tool, write_tree

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence
    from pathlib import Path

FORMS = (
    "import {2}\n",
    "from {0} import {1}\n",
    "from {2} import Thing\n",
    "def f():\n    import {2}\n",
    "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import {2}\n",
)


def write_random_imports(
    root: Path, dice: random.Random, packages: Sequence[str], modules: Sequence[str], forms: Sequence[str] = FORMS
) -> None:
    """Write modules that import some of the others, or a library, in several forms."""
    files = {f"{name.replace('.', '/')}/__init__.py": "" for name in packages}
    for module in modules:
        imported = dice.sample([each for each in modules if each != module], dice.choice([1, 1, 2]))
        lines = [dice.choice(forms).format(*each.rpartition(".")[::2], each) for each in imported]
        lines += dice.choice([[], [], ["import sqlalchemy.orm\n"], ["import os, json\n"], ["import requests\n"]])
        files[f"{module.replace('.', '/')}.py"] = "".join([*lines, "class Thing: ...\n"])
    write_tree(root, files)


def find_lines(root: Path) -> set[tuple[str, int, str]]:
    """Convert the configuration of another tool in a folder, and list the lines that its contracts are broken at."""
    write_tree(root, {"layercheck.toml": write_contracts(convert_files(None, root), prefix="")})
    return {
        (place.path, place.span.start.line, str(each.severity))
        for each in check_folder(root, select=["LC12"]).findings
        for place in (each.location, *(other.location for other in each.related))
        if place.span is not None
    }


def run_tool(root: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run another tool in a folder."""
    return subprocess.run(
        [find_tool(command[0]), *command[1:]],
        cwd=root,
        env=clean_environment(),
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )


def run_json(root: Path, *command: str) -> tuple[int, Any]:
    """Run another tool that prints JSON."""
    process = run_tool(root, *command)
    assert process.stdout or process.returncode == 0, process.stderr
    return process.returncode, json.loads(process.stdout or "[]")
