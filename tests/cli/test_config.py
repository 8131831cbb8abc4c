from __future__ import annotations

from contextlib import chdir
from typing import TYPE_CHECKING

import pytest
import tomli

from layercheck.config.schema import Configuration
from tests.repositories import git, make_repository
from tests.running import LAYERS, run_here, write_tree

if TYPE_CHECKING:
    from pathlib import Path


def test_the_effective_configuration_is_valid_toml_with_every_value(tmp_path: Path) -> None:
    write_tree(tmp_path, {"layercheck.toml": 'exhaustive = true\nroles.api = ["face"]\n'})

    outcome = run_here("config", tmp_path)

    assert outcome.code == 0
    values = tomli.loads(outcome.out)
    values = values.get("tool", {}).get("layercheck", values)
    assert values["exhaustive"] is True
    assert values["layers"] == ["main", "api", "services", "models : db"]
    assert {"face", "api", "routes"} <= set(values["roles"]["api"])
    assert set(values) <= set(Configuration.__struct_encode_fields__)


def test_each_value_says_where_it_comes_from(tmp_path: Path) -> None:
    write_tree(tmp_path, {"layercheck.toml": '\nexhaustive = true\nroles.api = ["face"]\n'})

    with chdir(tmp_path):
        out = run_here("config").out

    assert "layercheck.toml:2" in next(line for line in out.splitlines() if line.startswith("exhaustive"))
    assert "preset layered" in out


def test_it_works_without_any_file(tmp_path: Path) -> None:
    write_tree(tmp_path, {"requirements.txt": ""})

    assert run_here("config", tmp_path).code == 0


def test_mistakes_are_told(tmp_path: Path) -> None:
    write_tree(tmp_path, {"layercheck.toml": "exhaustiv = true\n"})

    outcome = run_here("config", tmp_path)

    assert (outcome.code, outcome.out) == (2, "")
    assert "layercheck.toml:1: exhaustiv:" in outcome.err


@pytest.mark.parametrize(
    "arguments",
    [
        ["check"],
        ["check", "app/models/base.py"],
        ["check", "--show-files"],
        ["check", "--staged"],
        ["check", "--since", "HEAD"],
        ["check", "--force-exclude", "app/models/base.py"],
        ["check", "--no-plugins"],
        ["baseline", "--all"],
        ["config"],
        ["config", "--schema"],
        ["diff"],
        ["explain", "LC101"],
        ["explain", "app/models/base.py:1"],
        ["init", "--dry-run"],
        ["new-rule", "x-y"],
        ["roles"],
        ["rule"],
    ],
    ids=" ".join,
)
def test_a_pyproject_that_is_no_toml_stops_every_command(tmp_path: Path, arguments: list[str]) -> None:
    root = make_repository(tmp_path)
    write_tree(root, LAYERS | {"pyproject.toml": "[tool.black\nline-length = 100\n"})
    git(root, "add", "--all")

    with chdir(root):
        outcome = run_here(*arguments)

    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == (
        "layercheck: 1 mistake in the configuration\n"
        f"{root}/pyproject.toml:1: column 12: not valid TOML: Expected ']' at the end of a table declaration\n"
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "[rules.LC401.allow]\nservces = []",
            "rules.LC401.allow.servces: expected a role or a layer, found 'servces'; did",
        ),
        (
            "[rules.library-in-layer.deny]\nmodel = ['x']",
            "rules.library-in-layer.deny.model: expected a role or a layer",
        ),
        ("[rules.LC203.suffixes]\nx = 'y'", "rules.LC203.suffixes.x: expected a role or a layer, found 'x'"),
    ],
)
def test_options_are_kept_by_layers_that_there_are(tmp_path: Path, text: str, said: str) -> None:
    write_tree(tmp_path, {"layercheck.toml": text})

    outcome = run_here("config", tmp_path)

    assert (outcome.code, outcome.out) == (2, "")
    assert f"layercheck.toml:2: {said}" in outcome.err


def test_options_may_be_kept_by_roles_and_layers_of_ones_own(tmp_path: Path) -> None:
    text = """
    layers = ["app.api", "app.*.jobs | (app.x)", "models"]
    [roles]
    mail = ["mailing"]
    [rules.LC401.deny]
    "app.*.jobs" = []
    "app.x" = []
    mail = []
    models = []
    tests = []
    wiring = []
    """
    write_tree(tmp_path, {"layercheck.toml": text})

    assert run_here("config", tmp_path).code == 0


def test_another_file_can_be_given(tmp_path: Path) -> None:
    write_tree(tmp_path, {"layercheck.toml": "", "other.toml": "exhaustive = true\n"})

    assert "exhaustive = true" in run_here("config", "--config", tmp_path / "other.toml", tmp_path).out
