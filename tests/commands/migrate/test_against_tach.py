"""After a conversion, `check` reports the imports that `tach check` reports, at the same lines."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING

import pytest

from tests.commands.migrate.random_imports import find_lines, run_tool
from tests.running import find_tool, write_tree

if TYPE_CHECKING:
    from pathlib import Path

PACKAGES = ["app.a", "app.b", "app.c", "app.d", "app.a.inner"]
MODULES = ["app.a.x", "app.a.y", "app.b.x", "app.c.x", "app.d.x", "app.a.inner.x"]
FORMS = [
    "import {2}\n",
    "from {0} import {1}\n",
    "from {2} import z\n",
    "def f():\n    import {2}\n",
    "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import {2}\n",
]

pytestmark = pytest.mark.skipif(not find_tool("tach"), reason="needs tach")


@pytest.mark.parametrize("seed", range(25))
def test_random_projects_give_the_same_lines(tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    files = {f"{name.replace('.', '/')}/__init__.py": "" for name in ["app", *PACKAGES]}
    for module in [*MODULES, "app.loose", "app.a.tests.x"]:
        imported = dice.sample([each for each in [*MODULES, "app.loose"] if each != module], dice.choice([1, 1, 2]))
        lines = [dice.choice(FORMS).format(*each.rpartition(".")[::2], each) for each in imported]
        files[f"{module.replace('.', '/')}.py"] = "".join(lines)
    write_tree(tmp_path, {**files, **_random_configuration(dice)})

    expected = _lines_of_tach(tmp_path)

    assert find_lines(tmp_path) == expected


def _lines_of_tach(root: Path) -> set[tuple[str, int, str]]:
    process = run_tool(root, "tach", "check", "--output", "json")
    found = [each["Located"] for each in json.loads(process.stdout or "[]") if "Located" in each]
    assert process.returncode == any(each["severity"] == "Error" for each in found), process.stderr
    return {(each["file_path"], each["original_line_number"], each["severity"].lower()) for each in found}


def _random_configuration(dice: random.Random) -> dict[str, str]:
    layers = dice.choice(["", 'layers = ["t", "m", "l"]\n', 'layers = ["t", { name = "m", closed = true }, "l"]\n'])
    text = (
        f'source_roots = ["."]\n{layers}'
        + dice.choice(["", 'root_module = "ignore"\n', 'root_module = "allow"\n'])
        + dice.choice(["", "ignore_type_checking_imports = false\n"])
        + dice.choice(["", "layers_explicit_depends_on = true\n"] if layers else [""])
        + dice.choice(["", 'exclude = ["**/tests"]\n'])
        + dice.choice(["", "", 'rules = { local_imports = "warn" }\n', 'rules = { local_imports = "off" }\n'])
    )
    domain = ""
    for name in PACKAGES:
        others = [each for each in PACKAGES if each != name]
        in_domain = name.startswith("app.a") and dice.random() < 0.5 and "[[modules]]" not in domain
        prefix = "//" if in_domain else ""
        rest = ""
        if dice.random() < 0.6 or not layers:
            listed = dice.sample([*others, "<root>"], dice.choice([0, 1, 2]))
            rest += f"depends_on = {_list_dependencies(dice, [prefix + each for each in listed])}\n"
        rest += dice.choice([f"cannot_depend_on = {json.dumps([prefix + dice.choice(others)])}\n", "", ""])
        rest += f'layer = "{dice.choice("tml")}"\n' if layers and dice.random() < 0.7 else ""
        rest += dice.choice(["utility = true\n", "unchecked = true\n", *[""] * 8])
        if not in_domain:
            text += f'[[modules]]\npath = "{name}"\n{rest}'
        else:
            domain += ("[root]\n" if name == "app.a" else '[[modules]]\npath = "inner"\n') + rest
    for _ in range(dice.choice([0, 1, 2, 3])):
        text += f"[[interfaces]]\nexpose = {json.dumps(dice.sample(['x', 'y|inner', '.*z', '[xy]'], 1))}\n"
        text += dice.choice([f"from = {json.dumps(dice.sample(PACKAGES, 2))}\n", 'from = ["app.[ab]"]\n', ""])
        text += dice.choice(["", "", f"visibility = {json.dumps(dice.sample(PACKAGES, 2))}\n"])
        text += dice.choice(["", "", "exclusive = true\n"])
    if domain:
        domain += '[[interfaces]]\nexpose = ["x"]\nfrom = ["<domain_root>"]\nvisibility = ["//app.b", "inner"]\n'
    return {"tach.toml": text} | ({"app/a/tach.domain.toml": domain} if domain else {})


def _list_dependencies(dice: random.Random, names: list[str]) -> str:
    written = (
        f'{{ path = "{name}", deprecated = true }}' if dice.random() < 0.3 else json.dumps(name) for name in names
    )
    return f"[{', '.join(written)}]"
