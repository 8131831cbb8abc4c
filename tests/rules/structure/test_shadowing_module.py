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


def test_a_package_comes_before_the_module_that_starts_it(tmp_path: Path) -> None:
    files = SHOP | {"shop.py": "from shop.cli import run\n", "shop/__init__.py": "", "shop/cli.py": "def run(): ...\n"}

    assert _found(tmp_path, files) == []


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


@pytest.mark.parametrize(
    ("manifest", "text"),
    [
        ("requirements.txt", "# what we need\nredis==5.0.1\nPyJWT>=2\n"),
        ("requirements/base.txt", "redis[hiredis]>=5 ; python_version > '3.8'\npyjwt\n"),
        ("pyproject.toml", '[project]\nname = "shop"\ndependencies = ["redis>=5", "PyJWT"]\n'),
        ("pyproject.toml", '[tool.poetry.dependencies]\npython = "^3.11"\nredis = "^5"\npyjwt = {version = "^2"}\n'),
    ],
)
def test_it_hides_a_declared_dependency(manifest: str, text: str, tmp_path: Path) -> None:
    files = {manifest: text, "redis.py": "", "jwt/__init__.py": "", "app/redis.py": "", "stripe.py": ""}

    assert _found(tmp_path, SHOP | files) == ["jwt/__init__.py", "redis.py"]


@pytest.mark.parametrize(
    "text",
    [
        '[project]\nname = "redis"\ndependencies = ["redis"]\n',
        '[project]\nname = "shop"\ndependencies = ["redis"]\n[tool.uv.sources]\nredis = {workspace = true}\n',
        '[project]\nname = "shop"\ndependencies = ["redis @ file:///redis"]\n',
        '[tool.poetry.dependencies]\nredis = {path = "redis"}\n',
        '[project]\ndependencies = "redis"\n',
        "[project\n",
    ],
)
def test_parts_of_the_repository_are_no_dependencies(text: str, tmp_path: Path) -> None:
    assert _found(tmp_path, SHOP | {"pyproject.toml": text, "redis.py": ""}) == []


def test_an_application_may_be_called_like_what_it_is_published_as(tmp_path: Path) -> None:
    assert _found(tmp_path, SHOP | {"requirements.txt": "app==1.0\n"}) == []


@pytest.mark.parametrize(
    ("path", "manifest"),
    [
        ("libs/billing/pyproject.toml", '[project]\nname = "billing"\n'),
        ("libs/billing/pyproject.toml", '[tool.poetry]\nname = "billing"\n'),
        ("libs/billing/setup.cfg", "[metadata]\nname = billing\n"),
        ("libs/money/setup.py", 'setup(\n    name="billing",\n)\n'),
        ("libs/billing/setup.py", "setup(**read())\n"),
    ],
)
def test_members_of_a_workspace_are_no_dependencies(tmp_path: Path, path: str, manifest: str) -> None:
    folder = path.rpartition("/")[0]
    files = SHOP | {"pyproject.toml": '[project]\nname = "shop"\ndependencies = ["billing", "redis"]\n', path: manifest}
    files |= {f"{folder}/billing/__init__.py": "X = 1\n", "app/api/users.py": "import billing\n", "redis.py": ""}

    assert _found(tmp_path, files) == ["redis.py"]


def test_commands_of_django_are_imported_and_not_run(tmp_path: Path) -> None:
    files = SHOP | {"app/management/commands/app.py": "from app.db import x\n"}

    assert _found(tmp_path, files) == []
