from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck.model.finding import Severity
from tests.running import LAYERS, check_tree, of_rule

if TYPE_CHECKING:
    from pathlib import Path

TEMPLATES = {
    "shop/{{cookiecutter.name}}/app/main.py": "{% if cookiecutter.api %}\n",
    "shop/{{cookiecutter.name}}/tests/test_main.py": "import {{cookiecutter.name}}\n",
}


def test_templates_are_one_info_with_advice_that_works(tmp_path: Path) -> None:
    (found,) = of_rule(check_tree(tmp_path / "a", LAYERS | TEMPLATES), "LC001")

    assert found.severity is Severity.INFO
    assert found.message == (
        "2 files in the templates below shop/{{cookiecutter.name}} cannot be parsed, and were not checked"
    )
    assert found.notes == ('help: exclude = ["shop/*/"]',)
    assert not of_rule(check_tree(tmp_path / "b", LAYERS | TEMPLATES, 'exclude = ["shop/*/"]\n'), "LC001")


def test_other_files_are_errors_each(tmp_path: Path) -> None:
    found = of_rule(check_tree(tmp_path, {**LAYERS, **TEMPLATES, "app/a.py": "def\n", "app/b.py": "(\n"}), "LC001")

    assert [each.severity for each in found if "templates" not in each.message] == [Severity.ERROR] * 2
