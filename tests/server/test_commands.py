from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.running import PROJECT_FILES, write_project
from tests.server.editor import Editor

if TYPE_CHECKING:
    from pathlib import Path

LAYERED = {
    **PROJECT_FILES,
    "app/__init__.py": "",
    "app/main.py": "import app.api.users\n",
    "app/api/users.py": "import app.services.rates\nimport app.models.user\n",
    "app/services/rates.py": "import app.models.user\n",
    "app/models/user.py": "NAME = 1\n",
    "app/models/order.py": "import app.services.rates  # layercheck: ignore[LC101] until the rewrite\n",
    "app/models/item.py": "import app.services.rates\n",
}
UPWARD = "import app.services.rates\n"


def test_the_workspace_is_checked_on_demand(tmp_path: Path) -> None:
    root = write_project(tmp_path, LAYERED)
    user, item = root / "app/models/user.py", root / "app/models/item.py"
    with Editor(root) as editor:
        editor.open(user)
        assert editor.told(user) == []
        assert item.as_uri() not in editor.counts

        counts = editor.execute("layercheck.checkWorkspace")

        assert counts["errors"] == 2
        editor.wait(item, "LC101")
        assert editor.popups[0].startswith("layercheck: 2 errors")

        # From now on the whole workspace is kept up to date.
        item.write_text("")
        editor.tell_of_change_on_disk(item)
        editor.wait(item)


def test_a_finding_and_a_module_are_explained(tmp_path: Path) -> None:
    root = write_project(tmp_path, LAYERED)
    user = root / "app/models/user.py"
    with Editor(root) as editor:
        editor.open(user, f"\n{UPWARD}")
        editor.wait(user, "LC101")

        finding = editor.execute("layercheck.explain", user.as_uri(), 2)
        module = editor.execute("layercheck.explain", user.as_uri())

        assert finding.startswith("# LC101 at `app/models/user.py:2:8`")
        assert module.startswith("# `app/models/user.py`")
        assert "| imported by | 2 modules: 1 api, 1 services |" in module
        # A client that cannot show documents shows messages.
        assert editor.popups == [finding, module]


def test_roles_and_debug_information(tmp_path: Path) -> None:
    root = write_project(tmp_path, LAYERED)
    with Editor(root, pulls=True) as editor:
        editor.open(root / "app/models/user.py")

        roles = editor.execute("layercheck.showRoles")
        debug = editor.execute("layercheck.debugInformation")

        assert "app/services/rates.py" in roles
        assert f"project: {root}, configuration: {root / 'layercheck.toml'}" in debug
        assert "client: editor 1" in debug
        assert "diagnostics: pull" in debug
        assert "not trusted" in debug


@pytest.mark.parametrize("arguments", [(), (1, 2, 3), ("file:///nowhere.py", 1), ("nonsense", "x")])
@pytest.mark.parametrize("command", ["layercheck.explain", "layercheck.addToBaseline"])
def test_arguments_that_make_no_sense_are_a_message(
    tmp_path: Path, command: str, arguments: tuple[object, ...]
) -> None:
    root = write_project(tmp_path, LAYERED)
    with Editor(root) as editor:
        assert editor.execute(command, *arguments) is None

        (popup,) = editor.popups
        assert popup == "layercheck: open a file of a project first, without syntax errors"


def test_a_lens_describes_the_module(tmp_path: Path) -> None:
    root = write_project(tmp_path, LAYERED)
    user, order = root / "app/models/user.py", root / "app/models/order.py"
    with Editor(root) as editor:
        editor.open(user)
        editor.open(order)

        (lens,) = editor.lenses(user)
        (other,) = editor.lenses(order)

        assert lens.command is not None
        assert lens.command.title == "models (certain) · imported by api 1, services 1"
        assert other.command is not None
        assert other.command.title == "models (certain) · not imported · 1 accepted finding"
        assert editor.execute(lens.command).startswith("# `app/models/user.py`")

        editor.change(order, "import app.models.user\n")
        (lens,) = editor.lenses(user)
        assert lens.command is not None
        assert "models 1" in lens.command.title

        # The lenses of other modules are asked for again when something is saved.
        assert editor.lens_refreshes == 0
        editor.save(order)
        editor.hover(user, 0, 0)
        assert editor.lens_refreshes == 1


def test_hover_on_an_import_describes_both_ends(tmp_path: Path) -> None:
    root = write_project(tmp_path, LAYERED)
    users, user = root / "app/api/users.py", root / "app/models/user.py"
    with Editor(root) as editor:
        editor.open(users, "x = '🙂漢'; import app.services.rates\nimport os\n")
        editor.open(user, UPWARD)
        editor.wait(user, "LC101")

        legal, other, broken = editor.hover(users, 0, 20), editor.hover(users, 1, 8), editor.hover(user, 0, 9)

        assert legal.startswith("`app.api.users` imports `app.services.rates`\n")
        assert "- `app.services.rates`: layer `services`" in legal
        assert "- `app.api.users`: layer `api`" in legal
        assert "`api` may import `services`" in legal
        assert other == ""
        # The rule comes first, then where the import leads.
        assert broken.startswith("**LC101** layer-order (error)")
        assert "`app.models.user` imports `app.services.rates`" in broken


TABLE = """from sqlalchemy.orm import DeclarativeBase


class Base(DeclarativeBase): ...


class Member(Base):
    __tablename__ = "members"
"""
RINGS = {
    "app/__init__.py": "",
    "app/main.py": "import app.adapters.rest\n",
    "app/adapters/rest.py": "import app.application.join\nimport app.adapters.people\nimport app.words\n",
    "app/adapters/people.py": TABLE,
    "app/application/join.py": "import app.domain.member\n",
    "app/domain/member.py": "class Member: ...\n",
    "app/words.py": "WORDS = 1\n",
}


def test_layers_that_go_by_folder_are_told_from_roles(tmp_path: Path) -> None:
    root = write_project(tmp_path, RINGS, 'preset = "hexagonal"\n')
    rest, people = root / "app/adapters/rest.py", root / "app/adapters/people.py"
    with Editor(root) as editor:
        editor.open(rest)
        editor.open(people)

        hover = editor.hover(rest, 1, 12)
        (lens,) = editor.lenses(people)

    assert (
        "- `app.adapters.people`: layer `adapters`: it lies in the folder `adapters/`; role `models` (certain): "
        in hover
    )
    assert lens.command is not None
    assert lens.command.title == "layer adapters, role models (certain) · imported by adapters 1"


def test_layers_that_are_declared_are_told_from_roles(tmp_path: Path) -> None:
    root = write_project(tmp_path, RINGS, 'layers = ["app.adapters", "app.application", "app.domain"]\n')
    rest, people = root / "app/adapters/rest.py", root / "app/adapters/people.py"
    with Editor(root) as editor:
        editor.open(rest)
        editor.open(people)

        declared, free = editor.hover(rest, 1, 12), editor.hover(rest, 2, 12)
        (lens,) = editor.lenses(people)

    assert "- `app.adapters.people`: layer `app.adapters`: the configuration says so; role `models`: " in declared
    assert "- `app.words`: no layer; no role: " in free
    assert lens.command is not None
    assert lens.command.title == "layer app.adapters, role models · imported by app.adapters 1"
