from __future__ import annotations

from typing import TYPE_CHECKING

from tests.running import check_tree, of_rule

if TYPE_CHECKING:
    from pathlib import Path

SHOP = {"app/main.py": "", "app/api/users.py": "", "app/services/users.py": ""}


def _found(folder: Path, *paths: str) -> list[tuple[str, str]]:
    report = check_tree(folder, SHOP | dict.fromkeys(paths, ""), select=["LC211"])
    return [(each.subject, each.location.path) for each in of_rule(report, "LC211")]


def test_two_files(tmp_path: Path) -> None:
    assert _found(tmp_path, "app/api/Users.py") == [("app/api/users.py", "app/api/users.py")]


def test_two_folders(tmp_path: Path) -> None:
    assert _found(tmp_path, "app/Services/orders.py") == [("app/services", "app/services/users.py")]


def test_three_names_are_two_findings(tmp_path: Path) -> None:
    assert len(_found(tmp_path, "app/api/Users.py", "app/api/USERS.py")) == 2


def test_the_same_name_elsewhere_or_with_another_ending_is_fine(tmp_path: Path) -> None:
    assert _found(tmp_path, "app/db/Users.py", "app/api/Users.pyi", "app/api/Users/detail.py") == []
