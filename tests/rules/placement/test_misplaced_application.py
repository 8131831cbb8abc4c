from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.rules.placement.backends import lines_in

if TYPE_CHECKING:
    from pathlib import Path

APP = "from fastapi import FastAPI\napp = FastAPI()\n"
FACTORY = "from flask import Flask\ndef create_app():\n    return Flask(__name__)\n"


@pytest.mark.parametrize(
    ("path", "text", "lines"),
    [
        ("app/api/users.py", APP, [2]),
        ("app/services/users.py", APP, [2]),
        ("app/utils/factory_tools.py", FACTORY, [3]),
        ("app/services/users.py", FACTORY, [3]),
        ("app/main.py", APP, []),
        ("app/__init__.py", FACTORY, []),
        ("app/api/__init__.py", APP, []),
        ("app/api/server.py", APP, []),
        ("app/api/users.py", FACTORY, []),
        ("app/services/users.py", "from fastapi import FastAPI\ndef schema():\n    return FastAPI().openapi()\n", []),
        ("app/services/users.py", "from fastapi import FastAPI\ndef start(app: FastAPI): ...\n", []),
    ],
)
def test_where_applications_are_made(tmp_path: Path, path: str, text: str, lines: list[int]) -> None:
    assert lines_in(tmp_path, "LC308", path, text) == lines


@pytest.mark.parametrize(
    ("mounting", "lines"),
    [
        ("from app.api.admin import admin\napp.mount('/admin', admin)\n", []),
        ("from app.api import admin as other\napp.mount('/admin', app=other.admin)\n", []),
        ("from starlette.routing import Mount\nfrom app.api.admin import admin\nr = [Mount('/a', app=admin)]\n", []),
        ("app.mount('/static', files)\n", [2]),
    ],
)
def test_mounted_applications_pass(tmp_path: Path, mounting: str, lines: list[int]) -> None:
    admin = "from fastapi import FastAPI\nadmin = FastAPI()\n"

    assert lines_in(tmp_path, "LC308", "app/api/admin.py", admin, {"app/main.py": APP + mounting}) == lines
