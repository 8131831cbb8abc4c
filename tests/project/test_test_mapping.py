from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.running import make_project

if TYPE_CHECKING:
    from pathlib import Path

SHOP = {"app/main.py": "", "app/api/users.py": "", "app/services/user_service.py": "", "app/models/user.py": ""}


def _mirrored(folder: Path, test: str, *others: str) -> list[str]:
    project = make_project(folder, SHOP | {test: ""} | dict.fromkeys(others, ""))
    return [
        each.path.removeprefix("app/")
        for each in project.modules
        if each.role != "tests" and project.test_mapping.is_mirrored(each)
    ]


@pytest.mark.parametrize(
    ("test", "mirrored"),
    [
        ("tests/api/test_users.py", ["api/users.py"]),
        ("tests/unit/api/test_users.py", ["api/users.py"]),
        ("tests/app/api/test_users.py", ["api/users.py"]),
        ("tests/api/users_test.py", ["api/users.py"]),
        ("tests/test_api/test_users_deleted.py", ["api/users.py"]),
        ("tests/test_api_users.py", ["api/users.py"]),
        ("tests/test_user_service.py", ["api/users.py", "models/user.py", "services/user_service.py"]),
        ("tests/services/test_users.py", ["services/user_service.py"]),
        ("tests/test_users.py", ["api/users.py", "models/user.py", "services/user_service.py"]),
        ("app/api/tests/test_users.py", ["api/users.py"]),
        ("app/api/test_users.py", ["api/users.py"]),
        ("tests/schemas/test_users.py", []),
        ("tests/test_carts.py", []),
        ("tests/api/users.py", []),
    ],
)
def test_the_mirrored_path(test: str, mirrored: list[str], tmp_path: Path) -> None:
    assert _mirrored(tmp_path, test) == mirrored


def test_tests_of_one_application_are_not_those_of_another(tmp_path: Path) -> None:
    other = {path.replace("app/", "two/app/"): "" for path in SHOP}
    project = make_project(tmp_path, other | {"one/app/api/users.py": "", "one/tests/api/test_users.py": ""})

    assert not project.test_mapping.is_mirrored(project.module_at["two/app/api/users.py"])
    assert project.test_mapping.is_mirrored(project.module_at["one/app/api/users.py"])


def test_words_in_another_order_may_mean_the_module(tmp_path: Path) -> None:
    files = {"app/api/create_token.py": "", "tests/api/test_token_create.py": "", "tests/api/test_token_delete.py": ""}
    project = make_project(tmp_path, SHOP | files)
    module = project.module_at["app/api/create_token.py"]

    assert [each.test.path for each in project.test_mapping.tests_of(module)] == ["tests/api/test_token_create.py"]
    assert not project.test_mapping.is_mirrored(module)
