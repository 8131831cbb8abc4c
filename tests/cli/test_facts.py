from __future__ import annotations

import subprocess
import sys
from contextlib import chdir
from typing import TYPE_CHECKING

import pytest

from tests.running import clean_environment, run_apart, run_here, write_project

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "app/__init__.py": "",
    "app/api/__init__.py": "",
    "app/api/users.py": "from app.models import user\n",
    "app/services/users.py": "from app.api import users\n",
    "app/models/user.py": "",
}
JSON = ("--output-format", "json", "--no-ci")


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    (tmp_path / "parts").mkdir()
    return write_project(tmp_path, FILES)


def test_parts_of_folders_and_of_a_list_of_files(shop: Path) -> None:
    (shop / "rest.txt").write_text("app/__init__.py\napp/api/users.py\n\napp/api/__init__.py\n")
    with chdir(shop):
        for arguments in (("app/models", "app/services"), ("--files-from", "rest.txt")):
            made = run_here("facts", *arguments, "-o", f"parts/{len(arguments[0])}.facts")
            assert (made.code, made.out, made.err) == (0, "", "")
        merged, alone = run_here("check", "--facts", "parts/*.facts", *JSON), run_here("check", "--no-cache", *JSON)

    assert merged == alone
    assert ("LC101", "app/services/users.py", 1) in merged.findings
    assert not (shop / ".layercheck_cache").exists()


def test_files_are_named_on_standard_input_and_a_part_of_the_project_is_reported(shop: Path) -> None:
    with chdir(shop):
        made = run_here("facts", "--files-from", "-", "-o", "parts/all.facts", stdin="app\n")
        merged = run_here("check", "app/api", "--facts", "parts/all.facts", *JSON)

    assert (made.code, merged.code) == (0, 1)
    assert merged.findings == [("LC102", "app/api/users.py", 1)]


def test_the_same_bytes_in_another_process_with_another_hash_seed(shop: Path) -> None:
    made = set()
    for seed in ("1", "2"):
        outcome = run_apart("facts", "app", "-o", f"{seed}.facts", folder=shop, environment={"PYTHONHASHSEED": seed})
        assert outcome.code == 0, outcome.err
        made.add((shop / f"{seed}.facts").read_bytes())

    assert len(made) == 1


def test_a_part_goes_to_standard_output_and_that_of_another_project_is_said_to_be_one(shop: Path) -> None:
    made = run_apart("facts", "..", "-o", "all.facts", folder=shop / "parts")
    printed = subprocess.run(
        [sys.executable, "-m", "layercheck", "facts", ".", "-o", "-"],
        cwd=shop,
        env=clean_environment(),
        capture_output=True,
        check=True,
    )

    assert (made.code, made.out) == (0, "")
    assert made.err == f"layercheck: the part is of the project in {shop}\n"
    assert printed.stdout == (shop / "parts" / "all.facts").read_bytes()
    assert printed.stderr == b""
    assert not (shop / "-").exists()


@pytest.mark.parametrize(
    ("arguments", "stdin", "problem"),
    [
        (("app",), "", "Missing option '-o'"),
        (("app", "-o", "nowhere/a.facts"), "", "nowhere/a.facts: cannot be written"),
        (("nowhere", "-o", "a.facts"), "", "nowhere: there is no such file or folder"),
        (("--files-from", "nowhere", "-o", "a.facts"), "", "nowhere: cannot be read"),
        (("--files-from", "-", "-o", "a.facts"), "\n", "-: names no files"),
        (("layercheck.toml", "-o", "a.facts"), "", "nothing that was named is a Python file"),
        (("app", "-o", ""), "", "the path is empty"),
        (("--files-from", "", "-o", "a.facts"), "", "the path is empty"),
    ],
)
def test_parts_that_cannot_be_made(shop: Path, arguments: tuple[str, ...], stdin: str, problem: str) -> None:
    with chdir(shop):
        outcome = run_here("facts", *arguments, stdin=stdin)

    assert outcome.code == 2
    assert problem in outcome.err
    assert not (shop / "a.facts").exists()


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (("--facts", "parts/*"), "--facts parts/*: there is no such file; `layercheck facts` makes parts"),
        (("--facts", ""), "--facts: the pattern is empty"),
        (("--facts", "parts"), "parts: cannot be read: Is a directory"),
        (("--facts", "layercheck.toml"), "layercheck.toml: is not a part: parts are made with `layercheck facts`"),
        (("--facts", "x", "--fix"), "--facts cannot be combined with --fix"),
        (
            ("--facts", "x", "--since", "main", "--cache-dir", "y"),
            "--facts cannot be combined with --since, --cache-dir",
        ),
        (("--facts", "x", "--staged"), "--facts cannot be combined with --staged"),
        (("--facts", "layercheck.toml", ".", "../other"), "--facts is about one project"),
    ],
)
def test_parts_that_cannot_be_merged(tmp_path: Path, arguments: tuple[str, ...], problem: str) -> None:
    shop = write_project(tmp_path / "shop", FILES)
    (shop / "parts").mkdir()
    write_project(tmp_path / "other", FILES)
    with chdir(shop):
        outcome = run_here("check", *arguments)

    assert outcome.code == 2
    assert problem in outcome.err
