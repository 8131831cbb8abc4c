from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import pytest

from layercheck.commands.init.configuration_draft import Draft, write_configuration
from layercheck.config.loaded_configuration import load_configuration

if TYPE_CHECKING:
    from pathlib import Path

DRAFT = Draft(
    ["Written by hand.", "Twice."],
    {
        "exhaustive": True,
        "layers": ["app.web", "app.use_cases_of_the_shop", "app.tables_and_other_things_stored"],
        "severity": {"LC102": "warning"},
        "rules": {"LC101": {"imports": ["runtime"]}},
        "per-path-ignores": {'/app/ä "x"\\*.py': ["LC001"]},
    },
    {"exhaustive": "all of them", "severity": "Broken today.\nFix it.", "severity.LC102": "3 today"},
)
FILES = [
    "",
    "\n",
    "# only a comment",
    '[project]\nname = "shop"  # ours\n',
    '[project]\nname = "shop"',
    '[project]\nname = "shop"\n\n\n',
    "[tool.ruff]\nline-length = 100\n\n# about the build\n[build-system]\nrequires = []\n\n# the end\n",
    "[tool.ruff]\na = 1\n[x]\nb = 2\n[tool.black]\nc = 3\n",
    "tool.ruff.a = 1\n[x]\nb = 2\n",
    "[tool]\nruff.a = 1\n",
    "[[tool.list]]\na = 1\n[[tool.list]]\na = 2\n",
    '[project]\r\nname = "shop"  # ours\r\n',
    "text = '''\n[tool.layercheck]\n'''\n",
]


@pytest.mark.parametrize("before", FILES)
def test_every_byte_outside_our_table_stays(tmp_path: Path, before: str) -> None:
    path = tmp_path / "pyproject.toml"
    path.write_bytes(before.encode())

    change, reason = write_configuration(tmp_path, DRAFT)
    change.write()

    written = path.read_bytes().decode()
    assert (change.path, change.before, reason) == (path, before, "")
    assert written.startswith(before)
    assert ("\r\n" in before) == ("\r\n" in written)
    assert "\n\n\n\n" not in written
    table = tomllib.loads(written)
    assert table["tool"].pop("layercheck") == DRAFT.table
    assert {**table, "tool": table["tool"] or None} == {"tool": None, **tomllib.loads(before)}


@pytest.mark.parametrize("before", FILES)
def test_what_is_written_is_a_configuration(tmp_path: Path, before: str) -> None:
    (tmp_path / "pyproject.toml").write_bytes(before.encode())

    change, _ = write_configuration(tmp_path, DRAFT)
    change.write()

    configuration = load_configuration(change.path).configuration
    assert configuration.exhaustive
    assert configuration.layers == tuple(DRAFT.table["layers"])


def test_the_comments_stand_where_they_belong(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "shop"\n')

    change, _ = write_configuration(tmp_path, DRAFT)

    assert (
        change.after
        == """\
[project]
name = "shop"

[tool.layercheck]
# Written by hand.
# Twice.
exhaustive = true  # all of them
layers = [
    "app.web",
    "app.use_cases_of_the_shop",
    "app.tables_and_other_things_stored",
]

[tool.layercheck.severity]
# Broken today.
# Fix it.
LC102 = "warning"  # 3 today

[tool.layercheck.rules]
LC101 = {imports = ["runtime"]}

[tool.layercheck.per-path-ignores]
"/app/ä \\"x\\"\\\\*.py" = ["LC001"]
"""
    )


def test_without_a_pyproject_the_configuration_has_a_file_of_its_own(tmp_path: Path) -> None:
    change, reason = write_configuration(tmp_path, DRAFT)
    change.write()

    assert (change.path, change.before, reason) == (tmp_path / "layercheck.toml", None, "")
    assert tomllib.loads(change.after) == DRAFT.table
    assert change.after.startswith("# Written by hand.\n# Twice.\nexhaustive = true  # all of them\n")
    assert load_configuration(change.path).configuration.exhaustive


@pytest.mark.parametrize(
    "before",
    ["tool = {ruff = {a = 1}}\n", "[project\n", "name = {{ template }}\n", 'name = "\udcff"\n', "\ufeffa = 1\n"],
    ids=["inline", "broken", "template", "not-utf-8", "byte-order-mark"],
)
def test_a_pyproject_that_cannot_take_a_table_is_left_alone(tmp_path: Path, before: str) -> None:
    (tmp_path / "pyproject.toml").write_bytes(before.encode("utf-8", "surrogateescape"))

    change, reason = write_configuration(tmp_path, DRAFT)

    assert change.path == tmp_path / "layercheck.toml"
    assert reason.startswith("pyproject.toml cannot take a table: ")
