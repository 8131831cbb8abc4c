from __future__ import annotations

import random
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings, strategies as st

from layercheck.engine.check import check
from layercheck.engine.options import CheckOptions
from layercheck.engine.project_target import find_target
from layercheck.engine.workspace import Workspace
from layercheck.errors import LayercheckError, NothingCheckedError
from layercheck.files.file_source import DiskSource
from layercheck.files.overlay_source import OverlaySource
from layercheck.model.imports import ImportKind
from layercheck.project.asked_project import AskedImports
from layercheck.project.exact_imports import ExactImports
from tests.made_up_edits import edits
from tests.made_up_projects import CONFIGURATION, projects
from tests.running import of_rule, without_timings, write_project, write_tree

if TYPE_CHECKING:
    from collections.abc import Mapping

    from layercheck.model.report import Report

FIXTURES = Path(__file__).parents[2] / "fixtures"
LAYERED = {
    "app/__init__.py": "",
    "app/main.py": "import app.api.users\n",
    "app/api/users.py": "import app.services.users\n",
    "app/services/users.py": "import app.models.user\n",
    "app/models/user.py": "class User: ...\n",
}
BROKEN = "import app.services.users\n"


class Editor:
    """Holds a project open, and compares every report of the workspace with that of a run that knows nothing."""

    def __init__(self, root: Path, texts: Mapping[str, bytes] | None = None) -> None:
        self.root = root
        self.texts = dict(texts or {})
        self.workspace = Workspace(root, DiskSource(root))

    def check(self, *, looks: bool = False) -> Report | str:
        """Check; the report, or what was said instead."""
        target = find_target([self.root])
        found = self._ask(lambda: self.workspace.check(target, CheckOptions(), self.texts, looks=looks))
        source = OverlaySource(self.root, DiskSource(self.root), self.texts)
        assert found == self._ask(lambda: check(target, CheckOptions(source=source)))
        return found

    def write(self, path: str, text: str) -> Report:
        """Change a text, and check."""
        self.texts[path] = text.encode()
        report = self.check()
        assert not isinstance(report, str), report
        return report

    @staticmethod
    def _ask(question: object) -> Report | str:
        try:
            return without_timings(question())  # type: ignore[operator]  # a function
        except LayercheckError as error:
            return str(error)


@pytest.fixture
def editor(tmp_path: Path) -> Editor:
    editor = Editor(write_project(tmp_path, LAYERED))
    editor.check(looks=True)
    return editor


def test_an_edit_of_a_body_costs_no_second_project(editor: Editor) -> None:
    editor.write("app/models/user.py", "class User: ...\n\n\ndef f():\n    return 1\n")
    editor.write("app/models/user.py", "# more\nclass User: ...\n\n\ndef f():\n    return 2\n")

    assert editor.workspace.ways == {"anew": 1, "updated": 2}


def test_a_new_import_is_found_and_goes_again(editor: Editor) -> None:
    broken = editor.write("app/models/user.py", BROKEN)
    moved = editor.write("app/models/user.py", f"# one line more\n{BROKEN}")
    mended = editor.write("app/models/user.py", "")

    assert [each.location.span.start.line for each in of_rule(broken, "LC101") if each.location.span] == [1]
    assert [each.location.span.start.line for each in of_rule(moved, "LC101") if each.location.span] == [2]
    assert not of_rule(mended, "LC101")
    assert editor.workspace.ways == {"anew": 1, "updated": 3}


def test_a_call_that_imports_under_a_second_name_is_found_and_goes_again(editor: Editor) -> None:
    called = editor.write("app/models/user.py", "import importlib\nimportlib.import_module('services.users')\n")
    moved = editor.write("app/models/user.py", "import importlib\n\nimportlib.import_module('services.users')\n")
    mended = editor.write("app/models/user.py", "import importlib\n\nimportlib.import_module('users')\n")

    assert [len(of_rule(report, "LC101")) for report in (called, moved, mended)] == [1, 1, 0]
    assert editor.workspace.ways == {"anew": 3, "updated": 1}


def test_an_edit_is_felt_in_other_files(editor: Editor) -> None:
    editor.write("app/models/user.py", "from app.services import users\n")
    report = editor.write("app/services/users.py", "from app.models import user\nX = user\n")

    assert of_rule(report, "LC101")
    assert editor.workspace.ways["updated"] == 2


def test_a_role_in_the_configuration_that_an_edit_makes_unneeded(tmp_path: Path) -> None:
    files = {**LAYERED, "app/services/errors.py": "class NoUser(Exception): ...\n"}
    editor = Editor(write_project(tmp_path, files, '[roles]\nservices = ["app.services.errors"]\n'))
    editor.check(looks=True)

    unneeded = editor.write("app/services/errors.py", "def explain(error):\n    return str(error)\n")
    needed = editor.write("app/services/errors.py", "class NoUser(Exception): ...\n")

    assert [len(of_rule(report, "LC009")) for report in (unneeded, needed)] == [1, 0]
    assert editor.workspace.ways == {"anew": 1, "updated": 2}


def test_a_new_file_and_one_that_goes_cost_no_second_project(editor: Editor) -> None:
    found = editor.write("app/models/order.py", BROKEN)
    del editor.texts["app/models/order.py"]
    gone = editor.check()

    assert of_rule(found, "LC101")
    assert not isinstance(gone, str)
    assert not of_rule(gone, "LC101")
    assert editor.workspace.ways == {"anew": 1, "updated": 2}


def test_a_file_that_makes_a_hexagon_of_a_project_brings_its_layers(tmp_path: Path) -> None:
    files = {
        "app/main.py": "",
        "app/domain/user.py": "import app.api.users\n",
        "app/domain/order.py": "",
        "app/api/users.py": "",
        "app/services/users.py": "",
    }
    editor = Editor(write_project(tmp_path, files))
    editor.check(looks=True)
    found = editor.write("app/use_cases/join.py", "import app.api.users\n")
    del editor.texts["app/use_cases/join.py"]
    editor.check()

    assert {each.message.split("`")[1] for each in of_rule(found, "LC101")} == {"domain", "application"}


def test_a_renamed_file_takes_its_findings_along(editor: Editor) -> None:
    editor.write("app/models/user.py", "from app.services import users\nfrom app.services import members\n")
    (editor.root / "app/services/users.py").rename(editor.root / "app/services/members.py")
    report = editor.check(looks=True)

    assert not isinstance(report, str)
    assert [each.imported for each in of_rule(report, "LC101")] == ["app.services", "app.services.members"]
    assert editor.workspace.ways == {"anew": 1, "updated": 2}


def test_a_module_that_comes_takes_the_imports_that_meant_its_package(editor: Editor) -> None:
    package = "from app.services import orders, users\n"
    before = editor.write("app/models/user.py", package)
    after = editor.write("app/services/orders.py", "X = 1\n")

    assert [each.imported for each in of_rule(before, "LC101")] == ["app.services", "app.services.users"]
    assert [each.imported for each in of_rule(after, "LC101")] == ["app.services.orders", "app.services.users"]
    assert editor.workspace.ways == {"anew": 1, "updated": 2}


def test_a_module_that_comes_is_reached_through_the_packages_that_are_imported(editor: Editor) -> None:
    editor.write("app/models/user.py", "import app\n\napp.services.orders.find()\n")
    after = editor.write("app/services/orders.py", "def find(): ...\n")
    del editor.texts["app/services/orders.py"]
    gone = editor.check()

    assert [each.imported for each in of_rule(after, "LC101")] == ["app.services.orders"]
    assert not isinstance(gone, str)
    assert [each.imported for each in of_rule(gone, "LC101")] == ["app.services"]
    assert editor.workspace.ways == {"anew": 1, "updated": 3}


def test_a_folder_that_becomes_a_package_and_is_none_again_costs_no_second_project(editor: Editor) -> None:
    editor.write("app/models/user.py", "from ..services import users\nfrom ..services import find\n")
    editor.write("app/services/users.py", "from . import find\nimport app.models.user\n")
    found = editor.write("app/services/__init__.py", "from app.models.user import User\n\n\ndef find(): ...\n")
    del editor.texts["app/services/__init__.py"]
    gone = editor.check()

    assert [each.imported for each in of_rule(found, "LC101")] == ["app.services.users", "app.services"]
    assert not isinstance(gone, str)
    assert editor.workspace.ways == {"anew": 1, "updated": 4}


def test_what_changes_on_disk_is_seen_when_somebody_looks(editor: Editor) -> None:
    write_tree(editor.root, {"app/models/user.py": BROKEN})
    changed = editor.check(looks=True)
    assert not isinstance(changed, str)
    assert of_rule(changed, "LC101")
    assert editor.workspace.ways == {"anew": 1, "updated": 1}

    write_tree(editor.root, {"app/models/order.py": BROKEN})
    added = editor.check(looks=True)
    assert not isinstance(added, str)
    assert len(of_rule(added, "LC101")) == 2
    assert editor.workspace.ways == {"anew": 1, "updated": 2}

    write_tree(editor.root, {"layercheck.toml": 'ignore = ["LC101"]\n', "README.md": "# Shop\n", ".gitignore": "x\n"})
    ignored = editor.check(looks=True)
    assert not isinstance(ignored, str)
    assert not of_rule(ignored, "LC101")


def test_a_text_that_cannot_be_read_and_its_mending(editor: Editor) -> None:
    broken = editor.write("app/models/user.py", "def f(:\n")
    mended = editor.write("app/models/user.py", BROKEN)

    assert of_rule(broken, "LC001")
    assert of_rule(mended, "LC101")


def test_a_project_that_has_no_layers_any_more(editor: Editor) -> None:
    for path in LAYERED:
        (editor.root / path).unlink()
    write_tree(editor.root, {"x.py": ""})

    with pytest.raises(NothingCheckedError, match="no layers"):
        editor.workspace.check(find_target([editor.root]), CheckOptions(), {})
    editor.texts["x.py"] = b"import os\n"
    assert "no layers" in str(editor.check())


def test_layers_that_come_to_a_project_without_any_show_what_is_wrong_with_its_other_files(editor: Editor) -> None:
    for path in LAYERED:
        (editor.root / path).unlink()
    write_tree(editor.root, {"x.py": "def f(:\n"})
    editor.texts["y.py"] = b"import os\n"
    assert "no layers" in str(editor.check(looks=True))

    editor.texts |= {"app/api/users.py": b"import app.models.user\n", "app/models/user.py": b"class User: ...\n"}
    editor.texts["app/services/users.py"] = b""

    assert of_rule(editor.check(), "LC001")  # type: ignore[arg-type]  # a report


def test_another_part_of_the_project_may_be_asked_about(editor: Editor) -> None:
    editor.texts["app/models/user.py"] = BROKEN.encode()
    models, services = (find_target([editor.root / path]) for path in ("app/models/user.py", "app/services/users.py"))

    def codes_of(target: object) -> list[str]:
        report = editor.workspace.check(target, CheckOptions(), editor.texts, looks=False)  # type: ignore[arg-type]
        return [each.code for each in report.findings]

    assert "LC101" in codes_of(models)
    assert "LC101" not in codes_of(services)
    assert editor.workspace.ways["anew"] == 1


def test_the_first_answer_may_come_from_the_cache(tmp_path: Path) -> None:
    root = write_project(tmp_path, LAYERED)
    target, folder = find_target([root]), root / ".layercheck_cache"
    for path in root.rglob("*.py"):
        import os

        os.utime(path, (1_600_000_000, 1_600_000_000))
    import time

    time.sleep(0.05)
    first = check(target, CheckOptions(cache_folder=folder))
    workspace = Workspace(root, DiskSource(root, folder))

    recalled = workspace.check(target, CheckOptions(), {})
    workspace.warm_up()
    workspace.check(target, CheckOptions(), {"app/main.py": b"import app.api.users\n\nX = 1\n"}, looks=False)

    assert without_timings(recalled) == without_timings(first)
    assert workspace.ways == {"recalled": 1, "anew": 1, "updated": 1}


def test_what_others_ask_changes_no_report(tmp_path: Path) -> None:
    odd = {"app/main.py": "from ...api import users\n", "app/services/odd.py": "from app.models import user user\n"}
    root = write_project(tmp_path, LAYERED | odd)
    target, options = find_target([root]), CheckOptions(parse_whole=False)
    workspace = Workspace(root, DiskSource(root))
    workspace.check(target, options, {})
    project = workspace.project
    assert project is not None
    before = dict(project.unreadable)
    for importer, imported in project.suspects:
        project.imports_between(importer, imported, list(ImportKind))
    assert project.unreadable != before

    # Of another file, less is unreadable now, so the rule about such files looks again.
    texts = {"app/main.py": b"import app.api.users\n"}
    expected = check(target, options._replace(source=OverlaySource(root, DiskSource(root), texts)))
    assert without_timings(workspace.check(target, options, texts)) == without_timings(expected)


def test_every_question_about_the_text_of_a_file_is_noted() -> None:
    answers = {name for name, value in vars(ExactImports).items() if callable(value) and not name.startswith("_")}
    # Of the first nobody learns anything; the others are for who makes the project.
    answers -= {"read_ahead", "parse_all", "imports_of", "find_blind_spots"}
    answers -= {"replace", "adopt", "find_differences", "is_as_readable"}

    assert answers <= vars(AskedImports).keys()


def _replay(root: Path, seed: int, count: int) -> Editor:
    editor = Editor(root)
    editor.check(looks=True)
    chance = random.Random(seed)
    for (path, text), _ in zip(edits(seed, root), range(count), strict=False):
        if text is None:
            editor.texts.pop(path, None)
        else:
            editor.texts[path] = text
        is_on_disk = not chance.randrange(4)
        if is_on_disk:
            _change_disk(editor, chance)
        editor.check(looks=is_on_disk)
    return editor


def _change_disk(editor: Editor, chance: random.Random) -> None:
    """Delete a file, rename it, or write what the editor holds."""
    paths = sorted(editor.root.rglob("*.py"))
    if chance.randrange(2) and editor.texts:
        path, text = chance.choice(sorted(editor.texts.items()))
        (editor.root / path).parent.mkdir(parents=True, exist_ok=True)
        (editor.root / path).write_bytes(text)
        del editor.texts[path]
    elif chance.randrange(2) and paths:
        chance.choice(paths).unlink()
    elif paths:
        file = chance.choice(paths)
        file.rename(file.with_name(f"renamed_{file.name}"))


@pytest.mark.parametrize("fixture", sorted(each.name for each in FIXTURES.iterdir() if each.is_dir()))
def test_random_edits_of_a_fixture_give_what_a_cold_check_gives(tmp_path: Path, fixture: str) -> None:
    root = Path(shutil.copytree(FIXTURES / fixture, tmp_path / fixture))

    editor = _replay(root, seed=len(fixture), count=12)

    if fixture != "plugin":
        assert editor.workspace.ways["updated"]


@settings(max_examples=15, deadline=None)
@given(project=projects(), seed=st.integers(0, 1_000))
def test_random_edits_of_random_projects_give_what_a_cold_check_gives(project: object, seed: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        files = project.files  # type: ignore[attr-defined]  # a made-up project
        _replay(write_project(Path(folder).resolve() / "shop", files, CONFIGURATION), seed, count=6)
