"""After a conversion, `check` reports the imports that `inwards check` reports, at the same lines."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING

import pytest

from tests.commands.migrate.random_imports import FORMS, find_lines, run_json, write_random_imports
from tests.running import find_tool, write_tree

if TYPE_CHECKING:
    from pathlib import Path

PACKAGES = ["shop", "shop.a", "shop.b", "shop.c", "shop.c.inner", "shop.d"]
MODULES = ["shop.a.x", "shop.b.x", "shop.b.y", "shop.c.x", "shop.c.inner.x", "shop.d.x", "shop.loose"]

pytestmark = pytest.mark.skipif(not find_tool("inwards"), reason="needs inwards")


@pytest.mark.parametrize("seed", range(12))
def test_random_projects_give_the_same_lines(tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    write_random_imports(
        tmp_path, dice, PACKAGES, MODULES, [*FORMS, 'import importlib\nimportlib.import_module("{2}")\n']
    )
    write_tree(tmp_path, {"pyproject.toml": _random_configuration(dice)})

    _, found = run_json(tmp_path, "inwards", "check", "--format", "json", "--no-cache")

    assert find_lines(tmp_path) == {
        (each["file"], each["line"], each["severity"])
        for each in found["diagnostics"]
        if each["code"] in {"INW001", "INW002", "INW003", "INW005", "INW006", "INW011"} and each["severity"] == "error"
    }


def _random_configuration(dice: random.Random) -> str:
    names = dice.sample(
        ["shop.a", dice.choice(["shop.b", "shop.*.y"]), "shop.c", "shop.c.inner"], dice.choice([2, 3, 4])
    )
    layers = [
        f"{{ name = {json.dumps(name)}, modules = {json.dumps([name])}{_random_libraries(dice)} }}" for name in names
    ]
    if dice.random() < 0.3:
        layers[-2:] = [f"[{', '.join(layers[-2:])}]"]
    text = f"[tool.inwards]\nlayers = [{', '.join(layers)}]\ncycles = []\n"
    text += dice.choice(
        ["", "", '[tool.inwards.rules]\nignore = ["INW006"]\n', '[tool.inwards.rules]\nignore = ["INW011"]\n']
    )
    contexts = dice.sample(["shop.b", "shop.c", "shop.d", "shop.c.inner"], dice.choice([0, 2, 3]))
    for name in contexts:
        depends_on = dice.sample([each for each in contexts if each != name], dice.choice([0, 1]))
        public = dice.choice([[], [name], [f"{name}.x"], [f"={name}"]])
        text += f"[[tool.inwards.contexts]]\nname = {json.dumps(name)}\nmodules = [{json.dumps(name)}]\n"
        text += f"depends-on = {json.dumps(depends_on)}\npublic = {json.dumps(public)}\n"
    return text


def _random_libraries(dice: random.Random) -> str:
    return dice.choice(
        [
            "",
            "",
            ', allow-libraries = ["requests"]',
            ', deny-libraries = ["os"]',
            ', extend-deny-libraries = ["json"], allow-libraries = ["sqlalchemy"]',
        ]
    )
