from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from layercheck.project.module_names import SourceTree
from layercheck.project.second_roots import find_second_roots
from tests.running import check_tree, imports_reported

if TYPE_CHECKING:
    from pathlib import Path

_LAYERED = {
    "app/__init__.py": "",
    "app/api/__init__.py": "",
    "app/api/users.py": "from fastapi import APIRouter\nfrom app.services import users\nrouter = APIRouter()\n",
    "app/services/__init__.py": "",
    "app/services/users.py": "from app.models import user\n",
    "app/models/__init__.py": "",
    "app/models/user.py": "class User: ...\n",
    "app/main.py": "from app.api.users import router\n",
}


def _below(folder: str, *, packages: bool = True) -> dict[str, str]:
    kept = {path: text for path, text in _LAYERED.items() if packages or not path.endswith("__init__.py")}
    return {f"{folder}{path}": text for path, text in kept.items()}


@pytest.mark.parametrize("packages", [True, False])
@pytest.mark.parametrize(
    ("folder", "line"),
    [
        ("", "from api.users import router"),
        ("", "from api import users"),
        ("", "import api.users"),
        ("", "from api.users import *"),
        ("", "def load():\n    from api.users import router"),
        ("src/", "from src.app.api.users import router"),
        ("backend/", "from backend.app.api import users"),
        ("src/", "from api.users import router"),
        ("src/", "import importlib\nimportlib.import_module('src.app.api.users')"),
        ("", "from pkgutil import resolve_name\nresolve_name('api.users:router')"),
        ("", "from werkzeug.utils import import_string\nimport_string('api.users.router')"),
        ("", "exec('from api.users import router')"),
    ],
)
def test_an_import_under_a_second_name_is_judged(tmp_path: Path, folder: str, line: str, packages: bool) -> None:
    files = _below(folder, packages=packages) | {f"{folder}app/models/user.py": f"{line}\n"}

    assert imports_reported(check_tree(tmp_path, files), "LC101") == ["app.models.user -> app.api.users"]


def test_the_longer_name_may_be_the_second_one(tmp_path: Path) -> None:
    files = {path: text.replace("from app.", "from ") for path, text in _below("", packages=False).items()}
    files["app/models/user.py"] = "from app.api.users import router\n"

    assert imports_reported(check_tree(tmp_path, files), "LC101") == ["models.user -> api.users"]


def test_a_part_of_a_repository_that_only_others_use(tmp_path: Path) -> None:
    files = _below("backend/") | {
        "libs/mail-tools/mail_tools/__init__.py": "",
        "libs/mail-tools/mail_tools/smtp.py": "from app.api.users import router\n",
        "backend/app/models/user.py": "from mail_tools.smtp import send\n",
    }

    assert imports_reported(check_tree(tmp_path, files), "LC106") == ["mail_tools.smtp -> app.api.users"]


@pytest.mark.parametrize("line", ["import redis", "from redis import Redis", "from redis.asyncio import Redis"])
def test_a_library_that_is_called_like_a_folder(tmp_path: Path, line: str) -> None:
    own = "from app.api.users import router\n"
    files = _below("") | {
        "app/redis/__init__.py": "",
        "app/redis/exceptions.py": own,
        "app/models/user.py": f"{line}\nfrom redis.exceptions import RedisError\n",
    }

    assert imports_reported(check_tree(tmp_path, files), "LC106") == []


def test_a_library_that_is_called_like_a_file(tmp_path: Path) -> None:
    files = _below("") | {
        "app/celery.py": "import app.api.users\n",
        "app/models/user.py": "from celery import Celery\n",
    }

    assert imports_reported(check_tree(tmp_path, files), "LC106") == []


def test_two_folders_of_one_name() -> None:
    imports = {
        "a/app/x.py": ("api.users:router",),
        "a/app/api/users.py": (),
        "b/app/api/users.py": (),
        "c/app/api/orders.py": (),
    }

    assert find_second_roots(SourceTree(imports), ("a", "b", "c"), imports) == {"api": ("a/app", "b/app")}
