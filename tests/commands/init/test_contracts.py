from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from layercheck.commands.init.contracts import describe_layers, find_layers_contract, name_origin
from tests.running import make_project, run_apart, write_tree

if TYPE_CHECKING:
    from pathlib import Path

    from tests.running import Outcome

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
    "shop/storage.py": "def f():\n    import shop.web\n",
}


def test_the_first_contract_about_layers_is_described(tmp_path: Path) -> None:
    contract = find_layers_contract(make_project(tmp_path, {**SHOP, "pyproject.toml": TOML}))

    assert contract is not None
    assert name_origin(contract) == "the import-linter contract 'our layers' in pyproject.toml"
    assert list(describe_layers(contract)) == ["web", "(jobs) | tasks", "storage : rows", "in shop"]


def test_of_several_files_the_one_that_import_linter_reads_counts(tmp_path: Path) -> None:
    files = {"setup.cfg": INI.replace("our", "the real"), ".importlinter": INI, "pyproject.toml": TOML}
    contract = find_layers_contract(make_project(tmp_path, {**SHOP, **files}))

    assert contract is not None
    assert name_origin(contract) == "the import-linter contract 'the real layers' in setup.cfg"


@pytest.mark.parametrize(
    "text", ["", INI.replace("type = layers", "type = layres"), INI.replace("= shop\n", "= gone\n")]
)
def test_what_is_not_judged_says_nothing(tmp_path: Path, text: str) -> None:
    assert find_layers_contract(make_project(tmp_path, {**SHOP, ".importlinter": text})) is None


def _init(root: Path, files: dict[str, str]) -> Outcome:
    write_tree(root, files)
    outcome = run_apart("init", "--yes", "--no-pre-commit", folder=root)
    assert outcome.code == 0, outcome
    return outcome


@pytest.mark.parametrize("is_recognised", [True, False])
def test_after_init_an_import_that_breaks_a_contract_is_one_finding(tmp_path: Path, *, is_recognised: bool) -> None:
    names = {"web": "api", "storage": "models"} if is_recognised else {}
    files = {}
    for path, text in {**SHOP, ".importlinter": INI}.items():
        for old, new in names.items():
            path, text = path.replace(old, new), text.replace(old, new)  # noqa: PLW2901
        files[path] = text

    outcome = _init(tmp_path, files)

    assert "those of the import-linter contract 'our layers' in .importlinter" in outcome.out
    assert "layers = []  # the order is that of" in (tmp_path / "layercheck.toml").read_text("utf-8")
    (tmp_path / "layercheck-baseline.txt").unlink()
    report = run_apart("check", "--select", "LC1", "--output-format", "json", folder=tmp_path)
    assert [each["code"] for each in report.report["findings"]] == ["LC121"]


def test_a_project_with_other_contracts_needs_no_layers(tmp_path: Path) -> None:
    contract = "type = forbidden\nsource_modules = shop.a\nforbidden_modules = requests\n"
    text = f"[importlinter]\nroot_package = shop\n[importlinter:contract:1]\nname = pure\n{contract}"

    outcome = _init(tmp_path, {"shop/__init__.py": "", "shop/a.py": "import requests\n", ".importlinter": text})

    assert "LC122 shop.a -> requests:pure" in outcome.out
