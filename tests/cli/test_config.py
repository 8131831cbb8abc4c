from __future__ import annotations

from contextlib import chdir
from typing import TYPE_CHECKING

import tomli

from layercheck.config.schema import Configuration
from tests.running import run_here, write_tree

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


def test_another_file_can_be_given(tmp_path: Path) -> None:
    write_tree(tmp_path, {"layercheck.toml": "", "other.toml": "exhaustive = true\n"})

    assert "exhaustive = true" in run_here("config", "--config", tmp_path / "other.toml", tmp_path).out
