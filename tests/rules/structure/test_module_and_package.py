from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.running import check_tree, of_rule

if TYPE_CHECKING:
    from pathlib import Path

SHOP = {"app/main.py": "", "app/api/users.py": "", "app/services/users.py": ""}


def test_a_package_hides_the_module(tmp_path: Path) -> None:
    (finding,) = of_rule(check_tree(tmp_path, SHOP | {"app/services/users/__init__.py": ""}, select=["LC210"]), "LC210")

    assert finding.location.path == "app/services/users.py"
    assert finding.related[0].location.path == "app/services/users/__init__.py"
    assert (finding.subject, finding.application) == ("app/services/users.py", "app")


@pytest.mark.parametrize(
    "path",
    ["app/services/users/data.py", "app/services/users.pyi", "app/services/users/__init__.pyi", "users/__init__.py"],
)
def test_these_hide_nothing(path: str, tmp_path: Path) -> None:
    assert not check_tree(tmp_path, SHOP | {path: ""}, select=["LC210"]).findings


def test_it_is_found_outside_of_applications_too(tmp_path: Path) -> None:
    report = check_tree(tmp_path, SHOP | {"tools/load.py": "", "tools/load/__init__.py": ""}, select=["LC210"])

    assert [each.subject for each in report.findings] == ["tools/load.py"]


def test_a_program_starts_what_lies_in_the_package_of_its_name(tmp_path: Path) -> None:
    program = "from app.services.users import names\n\nif __name__ == '__main__':\n    print(names)\n"
    files = SHOP | {"app/services/users.py": program, "app/services/users/__init__.py": ""}

    assert not check_tree(tmp_path, files, select=["LC210"]).findings
