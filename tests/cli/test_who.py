from __future__ import annotations

from typing import TYPE_CHECKING

from tests.cli.test_why import BACKEND
from tests.running import run_here, write_project

if TYPE_CHECKING:
    from pathlib import Path


def test_a_module_is_described_with_its_neighbours_by_layer_and_kind(tmp_path: Path) -> None:
    root = write_project(tmp_path, BACKEND)

    outcome = run_here("who", "app.models.user", "--project", root)

    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.splitlines() == [
        f"app.models.user  {root}/app/models/user.py",
        "  role        models (certain): the folder `models/` says so; nothing in it says otherwise",
        "  layer       models of main > api > services > models : db",
        "  may import  db, modules without a layer",
        "  imported by 2 modules",
        "    1  api       runtime   app.api.users",
        "    1  services  deferred  app.services.users",
        "  imports 1 module",
        "    1  db  runtime  app.db.session",
        "Every import with its location: --output-format json",
    ]


def test_of_a_package_only_imports_from_and_to_the_outside_count(tmp_path: Path) -> None:
    root = write_project(tmp_path, BACKEND | {"app/models/order.py": "from app.models.user import User\n"})

    document = run_here("who", "app.models", "--project", root, "--output-format", "json").report

    assert document["package"]
    assert {each["module"] for each in document["modules"]} == {"app.models", "app.models.user", "app.models.order"}
    assert [(each["module"], each["kind"], each["layer"]) for each in document["importers"]] == [
        ("app.api.users", "runtime", "api"),
        ("app.services.users", "deferred", "services"),
    ]
    assert [place["line"] for each in document["imports"] for place in each["places"]] == [1]


def test_text_that_looks_like_an_import_is_none(tmp_path: Path) -> None:
    root = write_project(tmp_path, BACKEND)

    outcome = run_here("who", root / "app/services/users.py")

    assert "    1  db      typing    app.db.session" in outcome.out
    assert "  imports 2 modules" in outcome.out


def test_a_module_without_a_layer_and_without_neighbours(tmp_path: Path) -> None:
    root = write_project(tmp_path, {"lonely.py": ""})

    lines = run_here("who", "lonely", "--project", root).out.splitlines()

    assert lines[2:] == [
        "  layer  none, so no layer rule judges its imports",
        "  imported by no other module of the project",
        "  imports no other module of the project",
    ]


def test_an_unknown_module_is_a_mistake(tmp_path: Path) -> None:
    root = write_project(tmp_path, BACKEND)

    outcome = run_here("who", "app.model", "--project", root)

    assert outcome.code == 2
    assert "did you mean 'app.models'?" in outcome.err
