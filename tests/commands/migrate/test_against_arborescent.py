"""After a conversion, `check` reports the imports that `arborescent check` reports, at the same lines."""

from __future__ import annotations

import json
import random
import re
from typing import TYPE_CHECKING

import pytest

from tests.commands.migrate.random_imports import find_lines, run_tool, write_random_imports
from tests.running import find_tool, write_tree

if TYPE_CHECKING:
    from pathlib import Path

PACKAGES = ["app", "app.a", "app.b", "app.c", "app.c.inner"]
MODULES = ["app.a.x", "app.a.y", "app.b.x", "app.b.y", "app.c.x", "app.c.inner.x"]
PLACE = re.compile(r"(?P<module>[\w.]+):(?P<line>\d+): \[(?P<rule>internal-import|external-import)\]")

pytestmark = pytest.mark.skipif(not find_tool("arborescent"), reason="needs arborescent")


@pytest.mark.parametrize("seed", range(12))
def test_random_projects_give_the_same_lines(tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    write_random_imports(tmp_path, dice, PACKAGES, MODULES)
    write_tree(tmp_path, {"arborescent.toml": _random_policy(dice)})

    process = run_tool(tmp_path, "arborescent", "check", "--no-tools", "--no-cache")
    assert "arborescent" in process.stdout, process.stderr

    assert find_lines(tmp_path) == {
        (f"{place['module'].replace('.', '/')}.py", int(place["line"]), "error")
        for place in PLACE.finditer(process.stdout)
    }


def _random_policy(dice: random.Random) -> str:
    classes = {"app": "inner"}
    for name in dice.sample(PACKAGES[1:], 4):
        ring = dice.choice(["inner", "middle", "outer"])
        classes |= {name: ring, f"{name}.*": ring} if dice.random() < 0.7 else {f"{name}*": ring}
    classes["app.*"] = dice.choice(["inner", "middle", "outer"])
    return "\n".join(
        [
            'rings = ["inner", "middle", "outer"]',
            f"preset = {json.dumps(dice.choice(['strict', 'standard', 'relaxed']))}",
            "forbid_circular_imports = false",
            'groups = { base = ["json", "__future__", "typing"] }',
            *(["module_forbid_imports = { 'app.b.*' = ['app.b.x'] }"] if dice.random() < 0.3 else []),
            "[ring.inner]",
            f"external = {json.dumps(dice.choice([['@base'], ['@base', 'os'], ['@base', 'requests', 'sqlalchemy']]))}",
            "[ring.middle]",
            f"may_import = {json.dumps(dice.choice([[], ['inner']]))}",
            f"external = {json.dumps(dice.choice([['*'], ['@base'], []]))}",
            "[ring.outer]",
            f"may_import = {json.dumps(dice.choice([['inner'], ['*'], ['middle']]))}",
            'external = ["*"]',
            "[classify]",
            *(f"{json.dumps(name)} = {json.dumps(ring)}" for name, ring in classes.items()),
        ]
    )


@pytest.mark.parametrize("seed", range(6))
def test_random_projects_have_the_same_cycles(tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    write_random_imports(tmp_path, dice, PACKAGES, MODULES, ["import {2}\n", "def f():\n    import {2}\n"])
    policy = 'rings = ["all"]\nring.all.external = ["*"]\nclassify = { "*" = "all" }\n'
    write_tree(tmp_path, {"arborescent.toml": policy})

    process = run_tool(tmp_path, "arborescent", "check", "--no-tools", "--no-cache")

    assert bool(find_lines(tmp_path)) == ("[circular-import]" in process.stdout)
