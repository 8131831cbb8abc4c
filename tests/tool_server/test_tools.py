from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from layercheck.errors import LayercheckError
from layercheck.tool_server.tools import Tools
from tests.running import PROJECT_FILES, write_project, write_tree

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    **PROJECT_FILES,
    "app/__init__.py": "",
    "app/main.py": "import app.api.users\n",
    "app/api/users.py": "from fastapi import APIRouter\nfrom app.models.user import User\n\nrouter = APIRouter()\n",
    "app/services/users.py": "from app.models.user import User\n\n\ndef find_user() -> User:\n    return User()\n",
    "app/models/user.py": """
        from sqlalchemy.orm import DeclarativeBase

        class Base(DeclarativeBase): ...

        class User(Base):
            __tablename__ = "users"
        """,
}


@pytest.fixture
def tools(tmp_path: Path) -> Tools:
    return Tools(write_project(tmp_path, FILES), with_plugins=True)


def test_check_reports_with_the_legal_routes_and_again_after_an_edit(tools: Tools, tmp_path: Path) -> None:
    found = tools.check()
    write_tree(tmp_path, {"app/api/users.py": "import app.services.users\n"})

    assert found.startswith("1 finding in 5 modules\nLC102 skipped-layer: ")
    line = "takes the table `User` from app.models.user; legal: app.services.users: find_user\n"
    assert found.endswith(line)
    assert "app/api/users.py:2:6 error[LC102] " in found
    assert "error" not in tools.check()


def test_check_may_be_about_a_part(tools: Tools) -> None:
    assert "LC102" in tools.check(["app/api"])
    assert "LC102" not in tools.check(["app/models/user.py"])


def test_explain_knows_findings_modules_and_rules(tools: Tools) -> None:
    assert "app.services.users" in tools.explain("app/api/users.py:2")
    assert "`models`" in tools.explain("app/models/user.py")
    assert tools.explain("lc102") == tools.explain("skipped-layer")
    assert "## Use instead" in tools.explain("LC102")


def test_where_does_it_go(tools: Tools) -> None:
    assert tools.where_does_it_go("service") == "service in app: app/services/NAME.py\n"
    assert "endpoint in app: app/api/NAME.py\n" in tools.where_does_it_go()


@pytest.mark.parametrize(
    ("importer", "imported"), [("app.api.users", "app.models.user"), ("app/api/users.py", "app/models/user.py")]
)
def test_legal_routes(tools: Tools, importer: str, imported: str) -> None:
    assert tools.legal_routes(importer, imported).splitlines() == [
        "app.api.users (layer `api`) must not import app.models.user (layer `models`).",
        "It may import: services, and modules without a layer.",
        "Ways lead through: services.",
        "- app.services.users (layer `services`): find_user",
    ]


def test_what_the_layers_allow_needs_no_route(tools: Tools) -> None:
    answer = tools.legal_routes("app.services.users", "app.models.user")

    assert answer.startswith("The layers do not forbid app.services.users (layer `services`) to import app.models.user")


@pytest.mark.parametrize(
    ("name", "arguments", "message"),
    [
        ("check", (["../elsewhere"],), "../elsewhere is not in the project"),
        ("check", (["app/nothing.py"],), "there is no such file or folder"),
        ("explain", ("/etc/passwd:1",), "is not in the project"),
        ("explain", ("app/api/users.py:1",), "there is no finding at"),
        ("explain", ("LC999",), "LC999"),
        ("where_does_it_go", ("cathedral",), "nothing is known of the place of a new 'cathedral'"),
        ("legal_routes", ("app.api.user", "app.models.user"), "did you mean 'app.api.users'"),
    ],
)
def test_mistakes_are_described(tools: Tools, name: str, arguments: tuple[object, ...], message: str) -> None:
    with pytest.raises(LayercheckError, match=message):
        getattr(tools, name)(*arguments)


def test_a_broken_configuration_is_described_and_can_be_mended(tools: Tools, tmp_path: Path) -> None:
    write_tree(tmp_path, {"layercheck.toml": "layers = 3\n"})
    with pytest.raises(LayercheckError, match="layers: expected"):
        tools.check()
    write_tree(tmp_path, {"layercheck.toml": ""})

    assert "LC102" in tools.check()


def test_nothing_but_the_cache_is_written(tools: Tools, tmp_path: Path) -> None:
    before = {path for path in tmp_path.rglob("*") if path.is_file()}
    tools.check()
    tools.explain("app/api/users.py:2")
    tools.where_does_it_go()
    tools.legal_routes("app.api.users", "app.models.user")

    added = {path for path in tmp_path.rglob("*") if path.is_file()} - before
    assert {path.relative_to(tmp_path).parts[0] for path in added} == {".layercheck_cache"}
