from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.running import check_tree, of_rule

if TYPE_CHECKING:
    from pathlib import Path

SHOP = {
    "app/__init__.py": "",
    "app/api/users.py": "",
    "app/services/users.py": "",
    "app/models/user.py": "",
    "app/db/session.py": "",
}


def _found(folder: Path, files: dict[str, str]) -> list[tuple[str, str]]:
    found = of_rule(check_tree(folder, files, select=["LC207"]), "LC207")
    return [(each.subject, each.location.path) for each in found]


def test_nothing_starts_it(tmp_path: Path) -> None:
    assert _found(tmp_path, SHOP) == [("app", "app/__init__.py")]


@pytest.mark.parametrize(
    "path", ["app/main.py", "app/__main__.py", "app/wsgi.py", "main.py", "manage.py", "run.py", "config/asgi.py"]
)
def test_names_that_start(path: str, tmp_path: Path) -> None:
    assert _found(tmp_path, SHOP | {path: ""}) == []


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("app/__init__.py", "from flask import Flask\n"),
        ("app/factory.py", "from fastapi import APIRouter, FastAPI\n"),
        ("app/factory.py", "import fastapi\n"),
        ("shop.py", "from starlette.applications import Starlette\n"),
    ],
)
def test_whatever_makes_the_application_starts_it(path: str, text: str, tmp_path: Path) -> None:
    assert _found(tmp_path, SHOP | {path: text}) == []


def test_a_router_is_no_application(tmp_path: Path) -> None:
    files = SHOP | {"app/api/users.py": "from fastapi import APIRouter\n"}

    assert _found(tmp_path, files) == [("app", "app/__init__.py")]


def test_a_few_modules_may_be_a_part_of_something(tmp_path: Path) -> None:
    assert _found(tmp_path, {path: "" for path in SHOP if "db" not in path}) == []


def test_each_application_is_looked_at(tmp_path: Path) -> None:
    files = {path.replace("app", f"{name}/app", 1): "" for path in SHOP for name in ("one", "two")}

    assert [subject for subject, _ in _found(tmp_path, files | {"one/app/main.py": ""})] == ["two/app"]


def test_layers_that_are_modules_hide_no_application(tmp_path: Path) -> None:
    files = {f"app/{layer}/users.py": "" for layer in ("services", "models", "db")}
    files["app/api/users.py"] = "from fastapi import APIRouter\n\nrouter = APIRouter()\n"
    report = check_tree(tmp_path, files, 'layers = ["app.api", "app.services", "app.models"]\n')

    assert [each.location.path for each in of_rule(report, "LC207")] == ["app/api/users.py"]
