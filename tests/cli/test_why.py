from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.running import run_here, write_project

if TYPE_CHECKING:
    from pathlib import Path

BACKEND = {
    "app/__init__.py": "",
    "app/api/__init__.py": "",
    "app/api/users.py": """\
        from app.services.users import find
        from app.models.user import User
        """,
    "app/services/__init__.py": "",
    "app/services/users.py": """\
        from typing import TYPE_CHECKING

        TEXT = '''
        from app.db.session import engine
        '''
        if TYPE_CHECKING:
            from app.db.session import Session


        def find():
            from app.models.user import User
        """,
    "app/models/__init__.py": "",
    "app/models/user.py": "from app.db.session import engine\n\n\nclass User: ...\n",
    "app/db/__init__.py": "",
    "app/db/session.py": "engine = None\n\n\nclass Session: ...\n",
}
API = "app.api.users (api)"
SERVICES = "app.services.users (services)"
MODELS = "app.models.user (models)"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_project(tmp_path, BACKEND)


def test_every_import_of_a_chain_is_shown_with_its_place_and_the_rule_that_judges_it(root: Path) -> None:
    outcome = run_here("why", "app.api.users", "app.models.user", "--project", root)

    assert (outcome.code, outcome.err) == (0, "")
    assert [" ".join(line.split()) for line in outcome.out.splitlines()] == [
        "app.api.users reaches app.models.user through 1 import:",
        f"{root}/app/api/users.py:2:6 {API} -> {MODELS} breaks LC102 skipped-layer (error)",
        "",
        "another route, through 2 imports:",
        f"{root}/app/api/users.py:1:6 {API} -> {SERVICES} allowed by LC101",
        f"{root}/app/services/users.py:11:10 {SERVICES} -> {MODELS}, deferred allowed by LC101",
        "",
        f"For details of the first broken rule, run `layercheck explain {root}/app/api/users.py:2`.",
    ]


def test_text_that_looks_like_an_import_makes_no_chain(root: Path) -> None:
    outcome = run_here("why", "app.services", "app.db", "--project", root, "--output-format", "json")

    (route,) = outcome.report["routes"]
    assert [(each["importer"]["module"], each["imported"]["module"]) for each in route] == [
        ("app.services.users", "app.models.user"),
        ("app.models.user", "app.db.session"),
    ]


def test_kinds_of_import_can_be_chosen(root: Path) -> None:
    counted = run_here("why", "app.services.users", "app.db", "--project", root, "--imports", "runtime,typing")
    narrow = run_here("why", "app.services.users", "app.models", "--project", root, "--imports", "runtime")

    assert "reaches app.db through 1 import" in counted.out
    assert ", typing" in counted.out
    assert narrow.code == 1
    assert "With imports that do not count here" in narrow.out


def test_the_kinds_are_checked(root: Path) -> None:
    outcome = run_here("why", "app.api", "app.db", "--project", root, "--imports", "runtme")

    assert outcome.code == 2
    assert "'runtme' is not one of runtime, typing" in outcome.err


def test_a_chain_the_other_way_round_is_named(root: Path) -> None:
    outcome = run_here("why", "app.db", "app.api", "--project", root)

    assert outcome.code == 1
    assert outcome.out.splitlines() == [
        "app.db does not reach app.api: there is no chain of imports.",
        "app.api reaches app.db through 2 imports: layercheck why app.api app.db",
    ]


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        (("app.servics", "app.db"), "no module 'app.servics'; did you mean 'app.services'?"),
        (("users", "app.db"), "no module 'users'; did you mean 'app.api.users' or 'app.services.users'?"),
        (("zzz", "app.db"), "no module 'zzz'; `layercheck roles` lists all modules"),
        (("app.db", "app.db"), "app.db and app.db are the same modules"),
        (("app/nothing", "app.db"), "app/nothing holds no module of the project"),
    ],
)
def test_mistakes_are_explained(root: Path, asked: tuple[str, str], message: str) -> None:
    outcome = run_here("why", *asked, "--project", root)

    assert outcome.code == 2
    assert message in outcome.err


def test_modules_may_be_given_by_their_paths(root: Path) -> None:
    by_path = run_here("why", root / "app" / "api", root / "app" / "db" / "session.py")
    by_name = run_here("why", "app.api", "app.db.session", "--project", root)

    assert by_path.out == by_name.out
    assert by_path.code == 0


def test_a_package_and_a_part_of_it_are_two_ends(root: Path) -> None:
    inward = run_here("why", "app", "app.db", "--project", root)
    outward = run_here("why", "app.api", "app", "--project", root)

    assert inward.out.startswith("app reaches app.db through 1 import:")
    assert outward.out.startswith("app.api reaches app through 1 import:")


def test_no_more_chains_are_shown_than_asked_for(root: Path) -> None:
    outcome = run_here("why", "app.api", "app.models", "--project", root, "--most", "1")

    assert "another route" not in outcome.out
    assert "There are more routes; `--most 2` shows more." in outcome.out


def test_it_works_without_layers(tmp_path: Path) -> None:
    write_project(tmp_path, {"a.py": "import b\n", "b.py": "import c\n", "c.py": ""})

    outcome = run_here("why", "a", "c", "--project", tmp_path)

    assert outcome.code == 0
    assert outcome.out.count("not judged: neither module has a layer") == 2


def test_json_holds_everything(root: Path) -> None:
    document = json.loads(run_here("why", "app.api", "app.models", "--project", root, "--output-format", "json").out)

    assert document["schema_version"] == 1
    (first, *_), *_ = document["routes"]
    assert first["importer"] == {"module": "app.api.users", "path": "app/api/users.py", "role": "api", "layer": "api"}
    assert [each["code"] for each in first["broken"]] == ["LC102"]
    assert first["allowed_by"] == [{"code": "LC101", "name": "layer-order", "contract": ""}]
    assert (first["places"][0]["line"], first["places"][0]["kind"]) == (2, "runtime")


def test_an_import_that_breaks_a_rule_because_of_a_chain_elsewhere_is_marked(tmp_path: Path) -> None:
    glue = {"app/glue.py": "from app.services.users import find\n", "app/models/user.py": "import app.glue\n"}
    root = write_project(tmp_path, BACKEND | glue)

    outcome = run_here("why", "app.glue", "app.services", "--project", root)

    assert "breaks LC106 indirect-layer-order" in outcome.out
