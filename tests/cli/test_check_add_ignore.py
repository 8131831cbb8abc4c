from __future__ import annotations

import ast
import tempfile
from contextlib import chdir
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings

from tests.made_up_projects import CONFIGURATION, projects
from tests.running import run_here, without_privileges, write_project

if TYPE_CHECKING:
    from tests.made_up_projects import Project

SHOP = {
    "app/api/users.py": "PAGE = 1\n",
    "app/services/users.py": """\
        from app.models import (
            user,
        )


        def send():
            from app.api import users  # noqa: PLC0415
            return users
        """,
    "app/models/user.py": "import os\n\nfrom app.services import users; x = 1\n",
}


def read_python(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*.py")}


def dump(files: dict[str, bytes]) -> dict[str, str]:
    return {path: ast.dump(ast.parse(data)) for path, data in files.items()}


def test_the_check_is_clean_afterwards_and_only_comments_were_added(tmp_path: Path) -> None:
    root = write_project(tmp_path, SHOP)
    before = dump(read_python(root))

    outcome = run_here("check", "--add-ignore", "since ever", root)

    assert outcome.code == 0
    assert outcome.err == f"layercheck: 2 comments written in 2 files of {root}\n"
    assert "(2 suppressed)" in outcome.out
    assert dump(read_python(root)) == before
    assert (
        "users  # noqa: PLC0415  # layercheck: ignore[LC101] since ever\n"
        in (root / "app/services/users.py").read_text()
    )
    assert (root / "app/models/user.py").read_text().endswith("x = 1  # layercheck: ignore[LC101] since ever\n")


def test_a_second_time_there_is_nothing_to_write(tmp_path: Path) -> None:
    root = write_project(tmp_path, SHOP)
    run_here("check", "--add-ignore", "since ever", root)
    before = read_python(root)

    outcome = run_here("check", "--add-ignore", "something else", root)

    assert outcome.code == 0
    assert "0 comments written in 0 files" in outcome.err
    assert read_python(root) == before


def test_only_what_was_asked_for_is_put_aside(tmp_path: Path) -> None:
    root = write_project(tmp_path, SHOP)

    outcome = run_here("check", "--add-ignore", "since ever", root / "app/models")

    assert outcome.code == 0
    assert "layercheck:" not in (root / "app/services/users.py").read_text()
    assert run_here("check", root).code == 1
    assert run_here("check", "--add-ignore", "x", "--select", "LC102", root).code == 0
    assert "layercheck:" not in (root / "app/services/users.py").read_text()


def test_every_place_of_an_import_gets_its_comment(tmp_path: Path) -> None:
    twice = "import app.api.users\n\n\ndef f():\n    from app.api import users\n    return users, app\n"
    root = write_project(tmp_path, SHOP | {"app/services/users.py": twice, "app/models/user.py": ""})

    outcome = run_here("check", "--add-ignore", "since ever", root)

    assert outcome.code == 0
    assert "2 comments written in 1 file of" in outcome.err


def test_what_is_only_worth_knowing_is_left_unless_it_fails(tmp_path: Path) -> None:
    root = write_project(tmp_path, {**SHOP, "app/blob.py": "", "app/models/user.py": "", "app/services/users.py": ""})

    assert "0 comments written" in run_here("check", "--add-ignore", "x", root).err
    outcome = run_here("check", "--add-ignore", "x", "--fail-on", "info", root)

    assert outcome.code == 0
    assert (root / "app/blob.py").read_text() == "# layercheck: ignore-file[LC107] x\n"


def test_comments_whose_time_is_over_are_renewed(tmp_path: Path) -> None:
    text = "from app.services import users  # layercheck: ignore[LC101] until=2020-01-01 old\n"
    root = write_project(tmp_path, SHOP | {"app/models/user.py": text})

    outcome = run_here("check", "--add-ignore", "until=2999-01-01 new", root)

    assert outcome.code == 0
    assert (root / "app/models/user.py").read_text() == text.replace("2020-01-01 old", "2999-01-01 new")


@pytest.mark.parametrize(
    ("reason", "problem"),
    [
        ("", "it gives no reason, and does not say until when"),
        ("because", "it does not say until when"),
        ("until=2999-01-01 because", "it holds for more than 30 days"),
        ("until=soon because", "comment: `until=soon` is not a date"),
        ("one\ntwo", "must be one line"),
    ],
)
def test_a_reason_that_the_configuration_would_not_allow_is_refused(tmp_path: Path, reason: str, problem: str) -> None:
    policy = "[suppressions]\nrequire-reason = true\nrequire-until = true\nmax-days = 30\n"
    root = write_project(tmp_path, SHOP, policy)
    before = read_python(root)

    outcome = run_here("check", "--add-ignore", reason, root)

    assert outcome.code == 2
    assert problem in outcome.err
    assert read_python(root) == before


def test_files_that_cannot_be_parsed_or_encoded_are_left_and_named(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        **SHOP,
        "app/services/broken.py": "from app.api import users\nx = = 1\n",
        "app/services/old.py": b"# coding: ascii\r\nfrom app.api import users\r\n",
    }
    root = write_project(tmp_path, files)
    before = read_python(root)

    outcome = run_here("check", "--add-ignore", "à la fin", root)

    after = read_python(root)
    assert outcome.code == 1
    assert "/app/services/old.py: its encoding, ascii, has no 'à'" in outcome.err
    assert "LC001" in outcome.out
    assert [path for path in before if before[path] == after[path]] == [
        path for path in before if path in {"app/api/users.py", "app/services/broken.py", "app/services/old.py"}
    ]


def test_line_ends_and_encoding_are_kept(tmp_path: Path) -> None:
    text = "# -*- coding: latin-1 -*-\r\nx = 'é'\r\nfrom app.services import (\r\n    users,\r\n)\r\n".encode("latin-1")
    root = write_project(tmp_path, SHOP | {"app/models/user.py": text})

    run_here("check", "--add-ignore", "à la fin", root)

    note = "# layercheck: ignore[LC101] à la fin\r\n".encode("latin-1")
    assert (root / "app/models/user.py").read_bytes() == text.replace(b"from app", note + b"from app")


def test_a_file_that_may_not_be_written_is_left_and_named() -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = write_project(Path(folder), SHOP)
        for path in root.rglob("*"):
            path.chmod(0o755 if path.is_dir() else 0o644)
        with without_privileges(root):
            outcome = run_here("check", "--add-ignore", "x", "--no-cache")

    assert outcome.code == 1
    assert "left alone: app/models/user.py: cannot be written: Permission denied" in outcome.err


def test_several_projects_at_once(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_project(tmp_path / name, SHOP)

    with chdir(tmp_path):
        outcome = run_here("check", "--add-ignore", "since ever", "one", "two")

    assert outcome.code == 0
    assert outcome.err.count("2 comments written in 2 files") == 2


@settings(max_examples=20, deadline=None, database=None, derandomize=True)
@given(projects())
def test_any_project_is_clean_afterwards(project: Project) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = write_project(Path(folder), project.files, CONFIGURATION)
        before = read_python(root)

        outcome = run_here("check", "--add-ignore", "since ever", "--no-cache", root)

        assert outcome.code == 0
        assert dump(read_python(root)) == dump(before)
        again = run_here("check", "--no-cache", "--output-format", "json", root)
        assert {each["severity"] for each in again.report["findings"]} <= {"info"}
