from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from layercheck.model.severity import Severity
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
    assert found.notes == ('help: exclude = ["shop/*cookiecutter.name*/"]',)
    assert not of_rule(check_tree(tmp_path / "b", LAYERS | TEMPLATES, 'exclude = ["shop/*/"]\n'), "LC001")


def test_other_files_are_errors_each(tmp_path: Path) -> None:
    found = of_rule(check_tree(tmp_path, {**LAYERS, **TEMPLATES, "app/a.py": "def\n", "app/b.py": "(\n"}), "LC001")

    assert [each.severity for each in found if "templates" not in each.message] == [Severity.ERROR] * 2


@pytest.mark.parametrize("folder", ["sdk/template", "app/Templates", "django/conf/app_template"])
def test_what_code_is_made_from_is_a_template(tmp_path: Path, folder: str) -> None:
    files = LAYERS | {f"{folder}/service.py": "{% if x %}\ndef f(): ...\n{% endif %}\n"}

    (note,) = of_rule(check_tree(tmp_path, files), "LC001")

    assert (note.severity, note.subject) == (Severity.INFO, folder)
    assert note.notes == (f'help: exclude = ["{folder}/"]',)
