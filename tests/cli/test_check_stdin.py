from __future__ import annotations

import os
import tempfile
import time
from contextlib import chdir
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings, strategies as st

from tests.made_up_projects import CONFIGURATION, MODULES, path_of, projects
from tests.repositories import GitRepository
from tests.running import run_apart, run_here, write_project, write_tree

if TYPE_CHECKING:
    from tests.made_up_projects import Project
    from tests.running import Outcome

LAYERED = {
    "app/__init__.py": "",
    "app/main.py": "import app.api.users\n",
    "app/api/users.py": "import app.services.users\n",
    "app/services/users.py": "import app.models.user\n",
    "app/models/user.py": "",
}
UPWARD = "import app.services.users\n"


def _check(root: Path, name: str, text: str | bytes, *options: str) -> Outcome:
    with chdir(root):
        return run_here("check", "--stdin-filename", name, "--output-format", "concise", *options, "-", stdin=text)


def _content_below(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_the_text_is_what_is_checked(tmp_path: Path) -> None:
    root = write_project(tmp_path, LAYERED)

    outcome = _check(root, "app/models/user.py", UPWARD)

    assert outcome.code == 1
    assert outcome.out.startswith("app/models/user.py:1:8: error[LC101] ")
    assert outcome.out.count("\n") == 1
    assert outcome.err == ""


def test_what_is_wrong_on_disk_is_not_told(tmp_path: Path) -> None:
    root = write_project(tmp_path, LAYERED | {"app/models/user.py": UPWARD, "app/models/other.py": UPWARD})

    outcome = _check(root, "app/models/user.py", "x = 1\n")

    assert (outcome.code, outcome.out, outcome.err) == (0, "", "")


def test_a_file_that_is_not_there_yet(tmp_path: Path) -> None:
    root = write_project(tmp_path, LAYERED)

    outcome = _check(root, "app/models/new/deep.py", UPWARD)

    assert outcome.out.startswith("app/models/new/deep.py:1:8: warning[LC101]")
    assert not (root / "app/models/new").exists()


def test_findings_in_other_files_stay_there(tmp_path: Path) -> None:
    # The chain ends in what is written, and is told where it enters the higher layer.
    root = write_project(tmp_path, LAYERED | {"app/events.py": UPWARD})

    outcome = _check(root, "app/models/user.py", "import app.events\n")

    assert (outcome.code, outcome.out) == (0, "")


def test_json_and_syntax_errors_and_encodings(tmp_path: Path) -> None:
    root = write_project(tmp_path, LAYERED)

    broken = _check(root, "app/models/user.py", "def f(:\n", "--output-format", "json=out.json")
    latin = _check(root, "app/models/user.py", "# coding: latin-1\nä = 1\n".encode("latin-1") + UPWARD.encode())

    assert broken.out.startswith("app/models/user.py:1:7: error[LC001]")
    assert '"path": "app/models/user.py"' in (root / "out.json").read_text()
    assert latin.out.startswith("app/models/user.py:3:8: error[LC101]")


def test_the_line_that_is_shown_is_one_of_the_text(tmp_path: Path) -> None:
    root = write_project(tmp_path, LAYERED | {"app/models/user.py": "on_disk = 1\n"})

    with chdir(root):
        outcome = run_here("check", "--stdin-filename", "app/models/user.py", stdin=UPWARD)

    assert "  1 | import app.services.users\n" in outcome.out
    assert "on_disk" not in outcome.out


def test_comments_in_the_text_count(tmp_path: Path) -> None:
    root = write_project(tmp_path, LAYERED)

    outcome = _check(root, "app/models/user.py", f"{UPWARD.rstrip()}  # layercheck: ignore[LC101] so it is\n")

    assert (outcome.code, outcome.out) == (0, "")


def test_the_baseline_accepts_what_it_accepts(tmp_path: Path) -> None:
    root = write_project(tmp_path, LAYERED | {"app/models/user.py": UPWARD})
    with chdir(root):
        assert run_here("baseline", "--rule", "LC101", "--reason", "known").code == 0

    known = _check(root, "app/models/user.py", f"x = 1\n{UPWARD}")
    mended = _check(root, "app/models/user.py", "x = 1\n")
    new = _check(root, "app/models/other.py", UPWARD)

    assert (known.code, mended.code, new.code) == (0, 0, 1)
    assert (known.out, mended.out) == ("", "")


def test_nothing_of_the_text_is_written(tmp_path: Path) -> None:
    root = write_project(tmp_path, LAYERED)
    for path in root.rglob("*.py"):
        os.utime(path, (1_600_000_000, 1_600_000_000))
    time.sleep(0.05)
    with chdir(root):
        clean = run_here("check")
    before = _content_below(root)

    outcome = _check(root, "app/models/user.py", f"{UPWARD}import app.secret_plan\n")
    after = _content_below(root)
    with chdir(root):
        again = run_here("check")

    assert outcome.code == 1
    assert after == before
    assert again == clean


def test_a_cold_cache_learns_of_the_files_and_not_of_the_text(tmp_path: Path) -> None:
    root = write_project(tmp_path, LAYERED)

    _check(root, "app/models/user.py", f"{UPWARD}import app.secret_plan\n")
    kept = (root / ".layercheck_cache/facts.msgpack").read_bytes()
    with chdir(root):
        outcome = run_here("check")

    assert b"app.api.users" in kept
    assert b"secret_plan" not in kept
    assert (outcome.code, outcome.out.count("keep the layers")) == (0, 1)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--fix"], "cannot be combined with --fix"),
        (["--add-ignore", ""], "cannot be combined with --add-ignore"),
        (["--watch"], "cannot be combined with --watch"),
        (["--since", "main", "--staged"], "cannot be combined with --since, --staged"),
        (["--show-files"], "cannot be combined with --show-files"),
        (["app/api", "app/main.py"], "remove app/api, app/main.py"),
    ],
)
def test_what_makes_no_sense_with_a_text_is_refused(tmp_path: Path, options: list[str], said: str) -> None:
    root = write_project(tmp_path, LAYERED)
    before = _content_below(root)

    outcome = _check(root, "app/models/user.py", UPWARD, *options)

    assert (outcome.code, outcome.out) == (2, "")
    assert said in outcome.err
    assert _content_below(root) == before


def test_standard_input_needs_a_name_and_the_name_is_no_folder(tmp_path: Path) -> None:
    root = write_project(tmp_path, LAYERED)

    with chdir(root):
        nameless, folder = run_here("check", "-"), run_here("check", "--stdin-filename", "app")

    assert (nameless.code, folder.code) == (2, 2)
    assert "--stdin-filename FILE -" in nameless.err
    assert "app: is a folder" in folder.err


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("app/old/x.py", "it is left out by `app/old` in `exclude`"),
        ("app/ignored.py", "it is left out by `ignored.py` in .gitignore"),
        (".hidden/x.py", "it is in a folder that is not read"),
        ("notes.txt", "it is not a Python file"),
        ("layercheck.toml", "it is not a Python file"),
    ],
)
def test_a_file_that_is_left_out_is_no_error(tmp_path: Path, name: str, why: str) -> None:
    # As `ruff check --force-exclude --stdin-filename` does: an editor runs it on whatever is open.
    root = write_project(tmp_path, LAYERED | {".gitignore": "ignored.py\n"}, 'exclude = ["app/old"]\n')

    outcome = _check(root, name, UPWARD)

    assert (outcome.code, outcome.out) == (0, "")
    assert outcome.err == f"layercheck: {name} is not checked: {why}\n"


def test_a_file_outside_of_every_project_is_no_error_and_its_folder_is_not_read(tmp_path: Path) -> None:
    root = write_project(tmp_path / "project", LAYERED)
    write_tree(tmp_path / "home", {"app/api/a.py": "", "app/models/b.py": ""})
    name = str(tmp_path / "home/app/models/scratch.py")

    outcome = _check(root, name, "import app.api.a\n")

    assert (outcome.code, outcome.out) == (0, "")
    assert outcome.err == f"layercheck: {name} is not checked: it is not in a project\n"


def test_a_project_without_any_mark_is_where_one_stands(tmp_path: Path) -> None:
    write_tree(tmp_path, LAYERED)

    outcome = _check(tmp_path, str(tmp_path / "app/models/user.py"), UPWARD)

    assert (outcome.code, outcome.out.split(": ")[0]) == (1, "app/models/user.py:1:8")


def test_the_project_of_the_file_is_checked_wherever_one_stands(tmp_path: Path) -> None:
    root = write_project(tmp_path / "project", LAYERED)
    elsewhere = write_project(tmp_path / "elsewhere", {"x.py": ""})

    outcome = _check(elsewhere, str(root / "app/models/user.py"), UPWARD)

    assert (outcome.code, "app/models/user.py:1:8" in outcome.out) == (1, True)


def test_a_new_file_in_a_repository_without_configuration(tmp_path: Path) -> None:
    root = GitRepository.make(tmp_path, LAYERED).root

    outcome = _check(root / "app", "models/new.py", UPWARD)

    assert (outcome.code, outcome.out.split(": ")[0]) == (1, "models/new.py:1:8")


def test_in_a_process_of_its_own_without_input(tmp_path: Path) -> None:
    root = write_project(tmp_path, LAYERED)

    outcome = run_apart("check", "--stdin-filename", "app/api/users.py", "-", folder=root)

    assert outcome.code == 0


@settings(max_examples=15, deadline=None, database=None, derandomize=True)
@given(projects(), st.sampled_from(MODULES), st.sampled_from(MODULES))
def test_a_text_is_judged_as_if_it_were_written(project: Project, changed: str, imported: str) -> None:
    path, text = path_of(changed), project.with_block(changed, f"import {imported}").files[path_of(changed)]
    with tempfile.TemporaryDirectory() as folder:
        root = write_project(Path(folder), project.files, CONFIGURATION)
        time.sleep(0.03)
        with chdir(root):
            run_here("check")
            held = run_here("check", "--stdin-filename", path, "--output-format", "json", "-", stdin=text)
            write_tree(root, {path: text})
            written = run_here("check", "--output-format", "json", "--no-cache", path)

    expected = [each for each in written.report["findings"] if each["path"] == path]
    assert held.report["findings"] == expected
    assert held.report["coverage"] == written.report["coverage"]
