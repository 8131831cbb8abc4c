from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.running import check_tree, of_rule

if TYPE_CHECKING:
    from pathlib import Path

SHOP = {"app/main.py": "", "app/api/users.py": "", "app/services/users.py": "", "app/models/user.py": ""}


def _found(folder: Path, *paths: str) -> list[str]:
    report = check_tree(folder, SHOP | dict.fromkeys(paths, ""), select=["LC202"])
    return [each.subject for each in of_rule(report, "LC202")]


@pytest.mark.parametrize(
    "path", ["app/mail_service.py", "app/service.py", "app/user_models.py", "app/model.py", "app/apis.py"]
)
def test_a_module_is_stray_where_its_folder_is_there(path: str, tmp_path: Path) -> None:
    assert _found(tmp_path, path) == [path.removesuffix(".py").replace("/", ".")]


@pytest.mark.parametrize(
    "path",
    [
        "app/user_schema.py",  # there is no folder for schemas
        "app/exceptions.py",
        "app/config.py",
        "app/orders/service.py",  # a feature, not beside main
        "service.py",  # outside of the application
        "app/services.py",  # module and package of one name: another rule
    ],
)
def test_a_module_is_not_stray(path: str, tmp_path: Path) -> None:
    assert _found(tmp_path, path) == []


def test_helpers_belong_to_utils(tmp_path: Path) -> None:
    assert _found(tmp_path, "app/helpers.py", "app/utils/dates.py") == ["app.helpers"]


def test_an_engine_is_no_repository(tmp_path: Path) -> None:
    assert _found(tmp_path, "app/database.py", "app/repositories/users.py") == []


@pytest.mark.parametrize(
    ("files", "found"),
    [
        ({"app/user_service.py": "from app.services.users import find\n"}, []),
        ({"app/user_service.py": '"""Services."""\n\nfrom app.services.users import *\n\n__all__ = ["find"]\n'}, []),
        ({"app/user_service.py": "from app.services.users import find\n\nX = find()\n"}, ["app.user_service"]),
        ({"app/user_service.py": "X = 1\n", "app/services/pyproject.toml": ""}, []),
    ],
)
def test_a_module_that_passes_on_and_a_distribution_of_its_own(
    tmp_path: Path, files: dict[str, str], found: list[str]
) -> None:
    report = check_tree(tmp_path, dict.fromkeys(SHOP, "") | files, select=["LC202"])

    assert [each.subject for each in of_rule(report, "LC202")] == found
