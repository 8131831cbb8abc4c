"""`layercheck explain app/crud.py`: what is known of one module."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.running import run_here, write_project

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "app/main.py": "from fastapi import FastAPI\nfrom app.api import users\napp = FastAPI()\n",
    "app/api/users.py": (
        "from fastapi import APIRouter\nrouter = APIRouter()\n\n@router.get('/')\ndef read():\n"
        "    from app.services import users\n    return users.read()\n"
    ),
    "app/services/users.py": "from app.models.user import User\n\ndef read(): return User()\n",
    "app/models/user.py": "from sqlalchemy.orm import DeclarativeBase\n\nclass User(DeclarativeBase): ...\n",
    "app/other.py": "",
}


def test_a_module_is_explained(tmp_path: Path) -> None:
    write_project(tmp_path, FILES)

    done = run_here("explain", tmp_path / "app/services/users.py")

    assert done.code == 0, done.err
    assert "`services` (certain): the folder `services/` says so" in done.out
    assert "`services` of main > api > services > models : db" in done.out
    assert "models, modules without a layer" in done.out
    assert "imported by         1 module: 1 api" in done.out
    assert "app.api.users (api, deferred)" in done.out
    assert "app.models.user (models)" in done.out
    assert '[tool.layercheck.roles] services = ["app.services.users"]' in done.out


def test_a_module_without_a_role_is_explained_too(tmp_path: Path) -> None:
    write_project(tmp_path, FILES)

    done = run_here("explain", tmp_path / "app/other.py")

    assert done.code == 0, done.err
    assert "none: nothing tells" in done.out
    assert "none, so no layer rule judges its imports" in done.out
    assert done.out.count("no module of this project") == 2


def test_json_holds_all_imports(tmp_path: Path) -> None:
    users = {f"app/api/users{number:02}.py": "import app.services.users\n" for number in range(12)}
    write_project(tmp_path, FILES | users)

    module = json.loads(run_here("explain", tmp_path / "app/services/users.py", "--output-format", "json").out)[
        "module"
    ]
    text = run_here("explain", tmp_path / "app/services/users.py").out
    markdown = run_here("explain", tmp_path / "app/services/users.py", "--output-format", "markdown").out

    assert (module["path"], module["role"], module["allowed"]) == ("app/services/users.py", "services", ["models"])
    assert len(module["importers"]) == 13
    assert module["imports"][0] == {
        "module": "app.models.user",
        "role": "models",
        "layer": "models",
        "kind": "runtime",
        **{key: module["imports"][0][key] for key in module["imports"][0].keys() - {"module", "role", "layer", "kind"}},
    }
    assert module["imports"][0]["line"] == 1
    assert "… 3 more: --output-format json" in text
    assert markdown.startswith("# `")
    assert markdown.count("\n- `") == 14


def test_what_is_no_module_is_told(tmp_path: Path) -> None:
    write_project(
        tmp_path, {**FILES, "notes.txt": "", ".gitignore": "", "skipped/a.py": ""}, 'exclude = ["skipped/"]\n'
    )

    folder = run_here("explain", tmp_path / "app")
    text = run_here("explain", tmp_path / "notes.txt")
    skipped = run_here("explain", tmp_path / "skipped/a.py")

    assert (folder.code, text.code, skipped.code) == (2, 2, 2)
    assert "is a folder; `layercheck roles" in folder.err
    assert "is not a Python file" in text.err
    assert "skipped/" in skipped.err
