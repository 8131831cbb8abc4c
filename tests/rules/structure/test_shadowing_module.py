from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.running import check_tree, of_rule

if TYPE_CHECKING:
    from pathlib import Path

SHOP = {"app/__init__.py": "", "app/main.py": "from app.api import users\n", "app/api/users.py": "", "app/db/x.py": ""}


def _found(folder: Path, files: dict[str, str]) -> list[str]:
    return [each.location.path for each in of_rule(check_tree(folder, files, select=["LC209"]), "LC209")]


@pytest.mark.parametrize("path", ["logging.py", "email/__init__.py", "scripts/calendar.py"])
def test_it_hides_the_standard_library(path: str, tmp_path: Path) -> None:
    assert _found(tmp_path, SHOP | {path: ""}) == [path]


@pytest.mark.parametrize(
    "path",
    [
        "app/logging.py",
        "app/api/types.py",
        "email/data.py",  # without `__init__.py` the library's wins
        "test/test_users.py",
        "tests/logging.py",
        "scripts/__init__.py",
        "logging.pyi",
        "users.py",
    ],
)
def test_nothing_is_hidden(path: str, tmp_path: Path) -> None:
    assert _found(tmp_path, SHOP | {path: ""}) == []


def test_scripts_that_are_a_package_start_at_the_top(tmp_path: Path) -> None:
    assert _found(tmp_path, SHOP | {"scripts/__init__.py": "", "scripts/calendar.py": ""}) == []


def test_modules_of_a_source_root_are_found_by_their_bare_names(tmp_path: Path) -> None:
    files = {
        "backend/main.py": "import api.users\n",
        "backend/api/users.py": "import services.users\n",
        "backend/services/users.py": "import models.user\n",
        "backend/models/user.py": "",
        "backend/logging.py": "",
    }

    assert _found(tmp_path, files) == ["backend/logging.py"]


def test_it_finds_itself_in_place_of_the_library(tmp_path: Path) -> None:
    files = SHOP | {"celery.py": "from celery import Celery\n", "app/redis.py": "from redis import Redis\n"}

    assert _found(tmp_path, files) == ["celery.py"]


def test_an_example_in_a_docstring_imports_nothing(tmp_path: Path) -> None:
    files = SHOP | {
        "loader.py": '"""Use it like this:\n\nfrom loader import load\n"""\n',
        "app/db/x.py": "import loader\n",
    }

    assert _found(tmp_path, files) == []
