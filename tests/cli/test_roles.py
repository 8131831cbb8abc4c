from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.running import run_here, write_project, write_tree

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "app/__init__.py": "",
    "app/api/users.py": "from fastapi import APIRouter\nrouter = APIRouter()\n",
    "app/api/orders.py": "from fastapi import APIRouter\nrouter = APIRouter()\n",
    "app/services/users.py": "def f(): ...\n",
    "app/glue.py": "def g(): ...\n",
}


def test_folders_whose_modules_agree_are_one_line(tmp_path: Path) -> None:
    write_project(tmp_path, FILES)

    outcome = run_here("roles", str(tmp_path))

    (api,) = [line for line in outcome.out.splitlines() if "/app/api/" in line]
    assert "2 modules: defines endpoint: APIRouter(…), and the folder `api/` says so" in api
    assert outcome.code == 0
    assert "5 modules in applications: 4 certain, 1 without a role." in outcome.out


def test_every_module_has_a_line_where_that_is_asked_for(tmp_path: Path) -> None:
    write_project(tmp_path, FILES)

    assert run_here("roles", "-v", str(tmp_path)).out.count("defines endpoint") == 2


def test_json_lists_every_module(tmp_path: Path) -> None:
    write_project(tmp_path, FILES)

    document = json.loads(run_here("roles", str(tmp_path), "--output-format", "json").out)

    users = next(each for each in document["modules"] if each["path"] == "app/api/users.py")
    assert {each["path"] for each in document["modules"]} == set(FILES)
    assert users == {
        "path": "app/api/users.py",
        "module": "app.api.users",
        "application": "app",
        "role": "api",
        "certainty": "certain",
        "evidence": "defines endpoint: APIRouter(…), and the folder `api/` says so",
    }


def test_only_the_paths_that_are_named_are_listed(tmp_path: Path) -> None:
    write_project(tmp_path, FILES)

    out = run_here("roles", "-v", str(tmp_path / "app" / "services")).out

    assert "services/users.py" in out
    assert "api/users.py" not in out


def test_where_no_layer_is_recognised_the_modules_are_listed_and_the_exit_code_is_2(tmp_path: Path) -> None:
    write_tree(tmp_path, {"setup.cfg": "", "stuff/one.py": "", "stuff/two.py": ""})

    outcome = run_here("roles", str(tmp_path), "--output-format", "json")

    assert outcome.code == 2
    assert [each["role"] for each in json.loads(outcome.out)["modules"]] == [None, None]
    assert "no layers were recognised" in outcome.err
