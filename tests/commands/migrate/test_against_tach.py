"""After a conversion, `check` reports the imports that `tach check` reports, at the same lines."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from layercheck.commands.migrate.contract_text import write_contracts
from layercheck.config.foreign.tach import convert_tach
from tests.running import check_folder, clean_environment, write_tree

if TYPE_CHECKING:
    from pathlib import Path

PACKAGES = ["app.a", "app.b", "app.c", "app.d", "app.a.inner"]
MODULES = ["app.a.x", "app.a.y", "app.b.x", "app.c.x", "app.d.x", "app.a.inner.x"]
FORMS = [
    "import {}\n",
    "def f():\n    import {}\n",
    "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import {}\n",
]

pytestmark = pytest.mark.skipif(shutil.which("tach") is None, reason="needs tach")


@pytest.mark.parametrize("seed", range(15))
def test_random_projects_give_the_same_lines(tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    files = {f"{name.replace('.', '/')}/__init__.py": "" for name in ["app", *PACKAGES]} | {"app/loose.py": ""}
    for module in MODULES:
        imported = dice.sample([each for each in [*MODULES, "app.loose"] if each != module], dice.choice([1, 1, 2]))
        files[f"{module.replace('.', '/')}.py"] = "".join(dice.choice(FORMS).format(each) for each in imported)
    write_tree(tmp_path, {**files, "tach.toml": _random_configuration(dice)})

    expected = _lines_of_tach(tmp_path)
    write_tree(tmp_path, {"layercheck.toml": write_contracts([convert_tach(tmp_path / "tach.toml")], prefix="")})

    findings = check_folder(tmp_path, select=["LC12"]).findings
    places = [place for each in findings for place in (each.location, *(other.location for other in each.related))]
    assert {(place.path, place.span.start.line) for place in places if place.span is not None} == expected


def _lines_of_tach(root: Path) -> set[tuple[str, int]]:
    process = subprocess.run(
        ["tach", "check", "--output", "json"],
        cwd=root,
        env=clean_environment(),
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    found = [each["Located"] for each in json.loads(process.stdout or "[]") if "Located" in each]
    assert process.returncode == bool(found), process.stderr
    return {(each["file_path"], each["original_line_number"]) for each in found}


def _random_configuration(dice: random.Random) -> str:
    layers = dice.choice(["", 'layers = ["t", "m", "l"]\n', 'layers = ["t", { name = "m", closed = true }, "l"]\n'])
    text = (
        f'source_roots = ["."]\n{layers}'
        + dice.choice(["", 'root_module = "ignore"\n', 'root_module = "allow"\n'])
        + dice.choice(["", "ignore_type_checking_imports = false\n"])
        + dice.choice(["", "layers_explicit_depends_on = true\n"] if layers else [""])
    )
    for name in PACKAGES:
        others = [each for each in PACKAGES if each != name]
        text += f'[[modules]]\npath = "{name}"\n'
        if dice.random() < 0.6 or not layers:
            text += f"depends_on = {json.dumps(dice.sample([*others, '<root>'], dice.choice([0, 1, 2])))}\n"
        text += dice.choice([f"cannot_depend_on = {json.dumps(dice.sample(others, 1))}\n", "", ""])
        text += f'layer = "{dice.choice("tml")}"\n' if layers and dice.random() < 0.7 else ""
        text += dice.choice(["utility = true\n", "unchecked = true\n", *[""] * 8])
    return text
