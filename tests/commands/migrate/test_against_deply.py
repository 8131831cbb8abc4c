"""After a conversion, `check` reports the modules that `deply analyze` reports.

deply reports every use of a name, and only what classes, functions and variables use; so files are compared, not lines.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from tests.commands.migrate.random_imports import find_lines, run_json, write_random_imports
from tests.running import find_tool, write_tree

if TYPE_CHECKING:
    from pathlib import Path

PACKAGES = ["app", "app.a", "app.b", "app.c", "app.c.inner"]
MODULES = ["app.a.x", "app.a.y", "app.b.x", "app.b.y", "app.c.x", "app.c.inner.x"]
FORMS = ["from {2} import Thing\nprint(Thing)\n", "def f():\n    from {2} import Thing as Other\n    Other()\n"]
COLLECTORS = {
    "a": "- type: directory\n          directories: [app/a]\n",
    "b": '- type: file_regex\n          regex: ".*/b/.*"\n          exclude_files_regex: "b/y"\n',
    "c": "- type: bool\n          must:\n            - {type: directory, directories: [app/c]}\n"
    "          must_not:\n            - type: directory\n              directories:\n                - app/c/inner\n",
    "inner": "- type: directory\n          directories: ['app/c/inner', app/b]\n",
}

pytestmark = pytest.mark.skipif(not find_tool("deply"), reason="needs deply")


@pytest.mark.parametrize("seed", range(12))
def test_random_projects_give_the_same_files(tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    write_random_imports(tmp_path, dice, PACKAGES, MODULES, FORMS)
    write_tree(tmp_path, {"deply.yaml": _random_configuration(dice)})

    _, report = run_json(tmp_path, "deply", "analyze", "--report-format", "json")

    assert {path for path, _, _ in find_lines(tmp_path)} == {each["file"] for each in report["violations"]}


def _random_configuration(dice: random.Random) -> str:
    text = "deply:\n  paths:\n    - .\n  exclude_files:\n    - 'a/y'\n  layers:\n"
    for name, collector in COLLECTORS.items():
        text += f"    - name: {name}\n      collectors:\n        {collector}"
    text += "  ruleset:\n"
    for name in dice.sample(sorted(COLLECTORS), 3):
        others = dice.sample([each for each in COLLECTORS if each != name], dice.choice([1, 2]))
        text += f"    {name}:\n      disallow_layer_dependencies: [{', '.join(others)}]\n"
        text += dice.choice(["", "      disallow_external_imports:\n        - sqlalchemy  # the ORM\n        - os\n"])
    return text
