from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings, strategies as st

from layercheck.engine import build
from layercheck.engine.check import check
from layercheck.engine.options import CheckOptions
from layercheck.engine.project_target import find_target
from layercheck.errors import LayercheckError
from layercheck.facts.cache_folder import FOLDER_NAME
from layercheck.project.assembly import assemble_parts
from tests.made_up_edits import edits
from tests.made_up_projects import CONFIGURATION, projects
from tests.running import of_rule, without_timings, write_project, write_tree

if TYPE_CHECKING:
    from layercheck.model.report import Report
    from layercheck.project.assembled import Assembled, Given

FIXTURES = Path(__file__).parents[2] / "fixtures"
LAYERED = {
    "app/__init__.py": "",
    "app/main.py": "import app.api.users\n",
    "app/api/users.py": "import app.services.users\n",
    "app/services/users.py": "import app.models.user\n",
    "app/services/orders.py": "import app.models.user\n",
    "app/models/user.py": "class User: ...\n",
}


class Runs:
    """Checks a project again and again, and compares every report with that of a run without a cache."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def check(self) -> Report | str:
        """Check; the report, or what was said instead."""
        found = self._ask(self.root / FOLDER_NAME)
        assert found == self._ask(None)
        return found

    def write(self, path: str, text: str) -> Report:
        """Change a file, and check."""
        write_tree(self.root, {path: text})
        report = self.check()
        assert not isinstance(report, str), report
        return report

    def _ask(self, cache: Path | None) -> Report | str:
        try:
            report = check(find_target([self.root]), CheckOptions(cache_folder=cache))
        except LayercheckError as error:
            return str(error)
        return without_timings(report)


@pytest.fixture
def anew(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """List what was put together anew, though something was known of it."""
    made: list[object] = []

    def note(given: Given, *others: Any) -> Assembled:
        # Those without a cache are there to be compared with.
        if given.store.known:
            made.append(given)
        return assemble_parts(given, *others)

    monkeypatch.setattr(build, "assemble_parts", note)
    return made


@pytest.fixture
def runs(tmp_path: Path) -> Runs:
    runs = Runs(write_project(tmp_path, LAYERED))
    runs.check()
    return runs


def test_an_import_that_comes_and_goes_leaves_the_rest_of_the_project(runs: Runs, anew: list[object]) -> None:
    broken = runs.write("app/models/user.py", "import app.services.users\nclass User: ...\n")
    moved = runs.write("app/models/user.py", "\nimport app.services.orders\nclass User: ...\n")
    mended = runs.write("app/models/user.py", "class User: ...\n")

    assert [each.object for each in of_rule(broken, "LC101")] == ["app.services.users"]
    assert [each.object for each in of_rule(moved, "LC101")] == ["app.services.orders"]
    assert not of_rule(mended, "LC101")
    assert not anew


def test_what_a_file_defines_may_change_all_roles(runs: Runs, anew: list[object]) -> None:
    runs.write("app/models/user.py", "import app.services.users\n\n\ndef f(): ...\n")

    assert len(anew) == 1


@pytest.mark.parametrize("change", ["app/models/order.py", "app/services/orders.py"])
def test_other_files_make_the_project_anew(runs: Runs, anew: list[object], change: str) -> None:
    if change in LAYERED:
        (runs.root / change).unlink()
    else:
        write_tree(runs.root, {change: "import app.services.users\n"})
    runs.check()

    assert len(anew) == 1


def test_another_configuration_makes_the_project_anew(runs: Runs, anew: list[object]) -> None:
    (runs.root / "layercheck.toml").write_text('layers = ["services", "api", "models"]\n', "utf-8")
    report = runs.check()

    assert not isinstance(report, str)
    assert of_rule(report, "LC101")
    assert len(anew) == 1


def test_names_that_a_package_exports_are_looked_at_again(tmp_path: Path) -> None:
    runs = Runs(
        write_project(
            tmp_path,
            {
                **LAYERED,
                "app/services/__init__.py": "__all__ = ['users']\n",
                "app/models/user.py": "from app.services import *\n",
            },
        )
    )
    runs.check()
    runs.write("app/services/__init__.py", "__all__ = ['orders', 'users']\n")
    report = runs.write("app/services/__init__.py", "__all__ = ['orders']\n")

    assert {each.object for each in of_rule(report, "LC101")} == {"app.services", "app.services.orders"}


def test_uses_of_attributes_are_looked_for_again(tmp_path: Path) -> None:
    runs = Runs(write_project(tmp_path, {**LAYERED, "app/models/user.py": "import app\n\napp.models.user\n"}))
    runs.check()
    report = runs.write("app/models/user.py", "import app\n\napp.services.users\n")

    assert of_rule(report, "LC101")


def test_a_file_that_was_not_written_with_the_facts_is_not_believed(runs: Runs, anew: list[object]) -> None:
    path = runs.root / FOLDER_NAME / "assembly.msgpack"
    before = path.read_bytes()
    runs.write("app/models/user.py", "import app.services.users\nclass User: ...\n")
    assert not anew
    path.write_bytes(before)
    runs.write("app/models/user.py", "import app.services.orders\nclass User: ...\n")

    assert len(anew) == 1


def _replay(root: Path, seed: int, count: int) -> None:
    runs = Runs(root)
    runs.check()
    for (path, text), _ in zip(edits(seed, root), range(count), strict=False):
        if text is None:
            (root / path).unlink(missing_ok=True)
        else:
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(text)
        runs.check()


@pytest.mark.parametrize("fixture", sorted(each.name for each in FIXTURES.iterdir() if each.is_dir()))
def test_random_edits_of_a_fixture_give_what_a_run_without_a_cache_gives(tmp_path: Path, fixture: str) -> None:
    _replay(Path(shutil.copytree(FIXTURES / fixture, tmp_path / fixture)), seed=len(fixture), count=12)


@settings(max_examples=15, deadline=None)
@given(project=projects(), seed=st.integers(0, 1_000), configuration=st.sampled_from([CONFIGURATION, ""]))
def test_random_edits_of_random_projects_give_what_a_run_without_a_cache_gives(
    project: object, seed: int, configuration: str
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        files = project.files  # type: ignore[attr-defined]  # a made-up project
        _replay(write_project(Path(folder).resolve() / "shop", files, configuration), seed, count=8)
