from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from layercheck.commands.init.contracts import read_layers_contract
from tests.running import run_apart, write_tree

if TYPE_CHECKING:
    from pathlib import Path

TOML = """
[tool.importlinter]
root_package = "shop"

[[tool.importlinter.contracts]]
name = "no shortcuts"
type = "forbidden"
source_modules = ["shop.web"]
forbidden_modules = ["shop.storage"]

[[tool.importlinter.contracts]]
name = "our layers"
type = "layers"
containers = ["shop"]
layers = ["web", "(jobs) | tasks", "storage : rows"]
"""
INI = """
[importlinter]
root_package = shop

[importlinter:contract:1]
name = our layers
type = layers
layers =
    shop.web
    shop.storage
"""
SHOP = {
    "shop/__init__.py": "",
    "shop/web.py": "import shop.storage\n",
    "shop/storage.py": "import shop.web\n",
}


def test_a_contract_of_pyproject_is_read_with_whole_names(tmp_path: Path) -> None:
    write_tree(tmp_path, {"pyproject.toml": TOML})

    contract = read_layers_contract(tmp_path)

    assert contract is not None
    assert contract.name == "our layers"
    assert contract.lines == ("shop.web", "(shop.jobs) | shop.tasks", "shop.storage : shop.rows")


@pytest.mark.parametrize("name", [".importlinter", "setup.cfg"])
def test_a_contract_of_an_ini_file_is_read(tmp_path: Path, name: str) -> None:
    write_tree(tmp_path, {name: INI})

    contract = read_layers_contract(tmp_path)

    assert contract is not None
    assert contract.lines == ("shop.web", "shop.storage")


@pytest.mark.parametrize(
    "text", ["", "[tool.importlinter]\n", "[tool.importlinter\n", TOML.replace('["shop"]', '["a", "b"]')]
)
def test_without_a_contract_that_can_be_taken_over_there_is_none(tmp_path: Path, text: str) -> None:
    write_tree(tmp_path, {"pyproject.toml": text})

    assert read_layers_contract(tmp_path) is None


def test_init_takes_over_the_layers_of_a_contract(tmp_path: Path) -> None:
    write_tree(tmp_path, {**SHOP, ".importlinter": INI})

    outcome = run_apart("init", "--yes", folder=tmp_path)

    assert outcome.code == 0, outcome
    assert "from the import-linter contract 'our layers' in .importlinter" in outcome.out
    assert 'layers = ["shop.web", "shop.storage"]' in (tmp_path / "layercheck.toml").read_text("utf-8")
    assert "LC101 shop.storage -> shop.web" in (tmp_path / "layercheck-baseline.txt").read_text("utf-8")
