from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from layercheck.errors import ConfigurationError
from tests.running import LAYERS, check_tree, of_rule

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def found_in(root: Path, files: Mapping[str, str], options: str = "") -> list[str]:
    """List what LC401 reports, as `path:line library`."""
    configuration = f"[rules.library-in-layer]\n{options}\n"
    report = check_tree(root, {**LAYERS, **files}, configuration, select=["LC401"])
    places = ((each.location, each.object) for each in of_rule(report, "LC401"))
    return [f"{place.path}:{place.span.start.line if place.span else 0} {library}" for place, library in places]


@pytest.mark.parametrize(
    ("path", "statement", "library"),
    [
        ("app/services/users.py", "from fastapi import BackgroundTasks", "fastapi"),
        ("app/services/users.py", "import fastapi", "fastapi"),
        ("app/services/users.py", "from starlette.responses import JSONResponse", "starlette"),
        ("app/services/users.py", "def f():\n    from flask import jsonify", "flask"),
        ("app/models/user.py", "from django.views import View", "django"),
        ("app/api/users.py", "from sqlalchemy import select", "sqlalchemy"),
        ("app/schemas/user.py", "from sqlalchemy.orm import relationship", "sqlalchemy"),
        ("app/api/users.py", "import sqlalchemy\nsqlalchemy.select()", "sqlalchemy"),
        ("app/api/users.py", "from fastapi import APIRouter", None),
        ("app/main.py", "from fastapi import FastAPI", None),
        ("app/deps.py", "from fastapi import Header", None),
        ("app/utils/web.py", "from fastapi import Header", None),
        ("app/services/users.py", "from sqlalchemy import select", None),
        ("app/databases/api.py", "from flask import jsonify", None),
        # Tools, errors and sessions.
        ("app/services/users.py", "from fastapi.encoders import jsonable_encoder", None),
        ("app/services/users.py", "from flask import current_app", None),
        ("app/api/users.py", "from sqlalchemy.exc import IntegrityError", None),
        ("app/api/users.py", "from sqlalchemy.orm import Session", None),
        ("app/api/users.py", "import sqlalchemy\nsqlalchemy.exc.IntegrityError", None),
        ("app/schemas/user.py", "from fastapi import Form", None),
        # Told by other rules.
        ("app/services/users.py", "from fastapi import APIRouter, FastAPI, HTTPException, Request", None),
        ("app/services/users.py", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import fastapi", None),
        ("app/services/users.py", "from .fastapi import Header", None),
    ],
)
def test_what_layers_may_use_by_default(tmp_path: Path, path: str, statement: str, library: str | None) -> None:
    found = found_in(tmp_path, {path: statement + "\n"})

    assert [entry.partition(" ")[2] for entry in found] == ([] if library is None else [library])


def test_a_package_of_the_project_is_no_library(tmp_path: Path) -> None:
    files = {"sanic/__init__.py": "", "app/services/users.py": "from sanic import speed\n"}

    assert found_in(tmp_path, files) == []


def test_orms_in_api_are_left_alone_where_there_is_nothing_below_to_ask(tmp_path: Path) -> None:
    report = check_tree(
        tmp_path,
        {"app/models/user.py": "", "app/api/users.py": "import sqlalchemy\n", "app/main.py": ""},
        select=["LC401"],
    )

    assert of_rule(report, "LC401") == []


def test_orms_in_api_are_left_alone_where_many_use_them(tmp_path: Path) -> None:
    files = {f"app/api/{name}.py": "from sqlalchemy import select\n" for name in ("users", "orders")}

    assert found_in(tmp_path, files) == []
    assert len(found_in(tmp_path, files, 'deny.api = ["orms"]')) == 2


@pytest.mark.parametrize(
    ("options", "libraries"),
    [
        ('deny.services = ["requests"]', ["requests"]),
        ('deny.services = ["sqlalchemy.orm"]', ["sqlalchemy"]),
        ('deny.services = ["third-party"]', ["fastapi", "requests", "sqlalchemy"]),
        ('deny.services = ["third-party"]\nallow.services = ["sqlalchemy"]', ["fastapi", "requests"]),
        (
            'deny.services = ["third-party", "sqlalchemy.orm"]\nallow.services = ["sqlalchemy", "fastapi"]',
            ["requests", "sqlalchemy"],
        ),
        ('allow.services = ["requests", "sqlalchemy"]', ["fastapi"]),
        ('allow.services = ["third-party"]', []),
        ('deny.services = ["standard-library"]', ["json", "os"]),
        ('deny.services = ["standard-library"]\nallow.services = ["os"]', ["json"]),
        ('deny.services = ["standard-library"]\nallow.services = ["os.path"]', ["json"]),
        ('deny.services = ["web-frameworks"]\nallow.services = ["fastapi"]', []),
        ('deny.services = ["fastapi"]\nallow.services = ["fastapi.Header"]', []),
        ("deny.services = []", []),
        ('deny.api = ["requests"]', ["fastapi"]),
    ],
)
def test_the_most_specific_entry_decides(tmp_path: Path, options: str, libraries: list[str]) -> None:
    text = """\
        from __future__ import annotations
        import json, requests
        from app.models.base import x
        from fastapi import Header
        from os.path import join
        from sqlalchemy.orm import Session
        """

    found = found_in(tmp_path, {"app/services/users.py": text}, options)

    assert sorted(entry.partition(" ")[2] for entry in found) == libraries


def test_layers_that_are_modules_and_tests_can_be_named(tmp_path: Path) -> None:
    options = 'deny.tests = ["requests"]\n'
    files = {"tests/test_users.py": "import requests\n", "app/services/users.py": "import requests\n"}

    assert found_in(tmp_path, files, options) == ["tests/test_users.py:1 requests"]


def test_the_kinds_of_import_that_count_can_be_chosen(tmp_path: Path) -> None:
    text = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import fastapi\n"

    assert found_in(tmp_path, {"app/services/users.py": text}, 'imports = ["typing"]') == [
        "app/services/users.py:3 fastapi"
    ]


@pytest.mark.parametrize("entry", ["web-framework", "sqlalchemy.*", ""])
def test_an_entry_that_can_be_no_package_is_a_mistake(tmp_path: Path, entry: str) -> None:
    with pytest.raises(ConfigurationError, match="is neither a package nor one of third-party"):
        found_in(tmp_path, {}, f'deny.services = ["{entry}"]')


def test_what_extends_the_framework_is_no_part_of_the_database(tmp_path: Path) -> None:
    backend = "from starlette.authentication import AuthenticationBackend\n\n\nclass Tokens(AuthenticationBackend):\n    ...\n"
    query = "from starlette.responses import JSONResponse\n\n\nclass UserRepository:\n    ...\n"

    assert found_in(tmp_path / "a", {"app/auth/db/tokens.py": backend}) == []
    assert found_in(tmp_path / "b", {"app/auth/db/tokens.py": query}) == ["app/auth/db/tokens.py:1 starlette"]
    assert found_in(tmp_path / "c", {"app/auth/db/tokens.py": backend}, 'deny.db = ["starlette"]')
