"""What an edit changes elsewhere: modules that come and go, and cycles that close in another file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.running import PROJECT_FILES, write_project, write_tree
from tests.server.editor import Editor

if TYPE_CHECKING:
    from pathlib import Path

LAYERED = {
    **PROJECT_FILES,
    "app/__init__.py": "",
    "app/main.py": "import app.api.users\n",
    "app/api/users.py": "import app.services.users\n",
    "app/services/users.py": "import app.models.user\n",
    "app/services/rates.py": "",
    "app/models/user.py": "import app.services.extra\n",
}


def test_a_module_is_created_renamed_and_deleted_on_disk(tmp_path: Path) -> None:
    root = write_project(tmp_path, LAYERED)
    user, extra, other = (root / f"app/{name}.py" for name in ("models/user", "services/extra", "services/other"))
    with Editor(root) as editor:
        editor.open(user)
        editor.wait(user)

        write_tree(root, {"app/services/extra.py": ""})
        editor.tell_of_change_on_disk(extra)
        editor.wait(user, "LC101")

        extra.rename(other)
        editor.tell_of_change_on_disk(extra)
        editor.wait(user)

        editor.change(user, "import app.services.other\n")
        editor.wait(user, "LC101")

        other.unlink()
        editor.tell_of_change_on_disk(other)
        editor.wait(user)


def test_a_module_that_nobody_has_saved_yet(tmp_path: Path) -> None:
    root = write_project(tmp_path, LAYERED)
    user, extra = root / "app/models/user.py", root / "app/services/extra.py"
    with Editor(root) as editor:
        editor.open(user)
        editor.wait(user)

        editor.open(extra, "")
        editor.wait(user, "LC101")

        editor.close(extra)
        editor.wait(user)


def test_a_folder_becomes_a_package_while_somebody_types(tmp_path: Path) -> None:
    files = LAYERED | {"app/models/user.py": "from app.services import find\n"}
    root = write_project(tmp_path, files, 'ignore = ["LC201"]\n')
    user, package = root / "app/models/user.py", root / "app/services/__init__.py"
    with Editor(root) as editor:
        editor.open(user)
        editor.wait(user, "LC101")

        editor.open(package, "def find(): ...\n")
        editor.change(user, "")
        editor.wait(user)
        editor.change(user, "from ..services import find\n")
        editor.wait(user, "LC101")


def test_a_cycle_closes_in_another_file(tmp_path: Path) -> None:
    root = write_project(tmp_path, LAYERED)
    users, rates = root / "app/services/users.py", root / "app/services/rates.py"
    with Editor(root) as editor:
        editor.open(users)
        editor.open(rates, "import app.services.users\n")
        editor.wait(rates)

        editor.change(users, "import app.services.rates\n")
        (found,) = editor.wait(rates, "LC150")
        assert {each.location.uri for each in found.related_information or ()} >= {users.as_uri()}

        editor.change(users, "")
        editor.wait(rates)
