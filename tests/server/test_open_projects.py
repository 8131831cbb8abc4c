from __future__ import annotations

from typing import TYPE_CHECKING

from tests.running import PROJECT_FILES, write_project, write_tree
from tests.server.editor import Editor

if TYPE_CHECKING:
    from pathlib import Path

LAYERED = {
    **PROJECT_FILES,
    "app/main.py": "import app.api.users\n",
    "app/api/users.py": "import app.services.rates\n",
    "app/services/rates.py": "",
    "app/models/user.py": "",
}
UPWARD = "import app.services.rates\n"


def test_several_folders_and_what_lies_in_none(tmp_path: Path) -> None:
    one = write_project(tmp_path / "one", LAYERED)
    two = write_project(tmp_path / "two", LAYERED, 'ignore = ["LC101"]\n')
    loose = write_tree(tmp_path / "loose", {"notes.py": UPWARD}) / "notes.py"
    other = write_project(tmp_path / "other", LAYERED)
    with Editor(one, two) as editor:
        for path in (loose, two / "app/models/user.py", one / "app/models/user.py", other / "app/models/user.py"):
            editor.open(path, UPWARD)

        editor.wait(one / "app/models/user.py", "LC101")
        editor.wait(other / "app/models/user.py", "LC101")
        assert editor.told(two / "app/models/user.py") == []
        assert editor.told(loose) == []
        assert editor.messages == []


def test_a_folder_without_layers_is_left_alone(tmp_path: Path) -> None:
    root = write_tree(tmp_path, {"setup.py": "", "one.py": "import two\n", "two.py": ""})
    with Editor(root) as editor:
        editor.open(root / "one.py", "import two\nimport os\n")

        assert editor.told(root / "one.py") == []
        assert editor.messages == []


def test_code_of_the_project_runs_only_where_it_is_trusted(tmp_path: Path) -> None:
    plugin = """
        from pathlib import Path
        from layercheck import hookimpl

        print("to nobody")
        Path(__file__).with_name("ran").touch()

        @hookimpl
        def layercheck_rules():
            return []
    """
    root = write_project(tmp_path, LAYERED | {"checks/rules.py": plugin}, 'plugins = ["checks/rules.py"]\n')
    user = root / "app/models/user.py"
    for options, ran in ((None, False), ({"trusted": "yes"}, False), ({"trusted": True}, True)):
        with Editor(root, options=options) as editor:
            editor.open(user, UPWARD)
            editor.wait(user, "LC101")
        assert (root / "checks/ran").exists() is ran
