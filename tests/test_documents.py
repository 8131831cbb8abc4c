"""What the documents say is true of the code today."""

from __future__ import annotations

import inspect
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from layercheck.plugins import own_rules

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")


def test_the_readme_lists_every_rule() -> None:
    rows = re.findall(r"^\| (LC\d+) \| (\S+) \| (.+?) \| (\w+) \|$", README, re.MULTILINE)

    assert rows == [
        (rule.code, rule.name, inspect.cleandoc(rule.__doc__ or "").partition("\n")[0].rstrip("."), rule.severity.value)
        for rule in own_rules()
    ]


def test_the_readme_shows_a_real_report() -> None:
    shown = re.search(r"```text\n(.*?)\n```", README, re.DOTALL)
    command = [sys.executable, "-m", "layercheck", "check", "fixtures/violations", "--no-cache", "--color=never"]
    report = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, env={"COLUMNS": "100"})

    assert shown is not None
    for block in shown[1].split("\n…\n"):
        assert block in report.stdout


def test_the_architecture_names_every_floor() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    configuration = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["layercheck"]
    modules = re.findall(r"layercheck\.(\w+)", " ".join(configuration["layers"]))

    assert [module for module in modules if f"`{module}/" not in text and f"`{module}.py`" not in text] == ["__main__"]


@pytest.mark.parametrize(
    "name", ["click", "import-linter", "libcst", "msgspec", "pathspec", "pluggy", "tomli", "tomlkit"]
)
def test_every_runtime_dependency_has_a_reason(name: str) -> None:
    assert f"\n| {name} | " in (ROOT / "ARCHITECTURE.md").read_text("utf-8")


def test_no_runtime_dependency_is_left_out() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]

    assert [re.split("[<>=]", entry)[0] for entry in project["dependencies"]] == [
        "click",
        "import-linter",
        "libcst",
        "msgspec",
        "pathspec",
        "pluggy",
        "tomli",
        "tomlkit",
    ]
