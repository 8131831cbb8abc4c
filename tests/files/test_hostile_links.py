"""A checked project is hostile: its links lead to pipes, to endless devices, and out of the project."""

from __future__ import annotations

import os
from contextlib import chdir
from typing import TYPE_CHECKING

import pytest

from layercheck.facts.cache_folder import FOLDER_NAME
from tests.repositories import SHOP, UPWARD, WITHOUT_CYCLES
from tests.running import run_apart, run_here, write_tree

if TYPE_CHECKING:
    from pathlib import Path

    from tests.running import Outcome

_SECRET = "root:x:0:0:secret word"
_FILES = SHOP | {"app/models/upward.py": UPWARD}
_PROJECT_FILES = [
    ".gitignore",
    "app/.gitignore",
    ".git",
    "README.md",
    "requirements.txt",
    "setup.cfg",
    "app/models/pipe.py",
    f"{FOLDER_NAME}/facts.msgpack",
    f"{FOLDER_NAME}/assembly.msgpack",
    ".pre-commit-config.yaml",
]


def run_in(folder: Path, *arguments: str) -> Outcome:
    with chdir(folder):
        return run_here(*arguments)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project beside a folder that is not its own."""
    (tmp_path / "outside").mkdir()
    return write_tree(tmp_path / "shop", _FILES)


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("name", _PROJECT_FILES)
def test_a_pipe_in_place_of_a_file_is_not_waited_for(root: Path, name: str) -> None:
    (root / name).unlink(missing_ok=True)
    (root / name).parent.mkdir(exist_ok=True)
    os.mkfifo(root / name)
    assert run_apart("check", "--no-ci", folder=root).code == 1


@pytest.mark.parametrize("name", ["layercheck-baseline.txt", "pyproject.toml", "layercheck.toml"])
def test_a_pipe_in_place_of_what_decides_is_an_error(root: Path, name: str) -> None:
    (root / "layercheck.toml").unlink()
    os.mkfifo(root / name)
    run = run_apart("check", "--no-ci", folder=root)
    assert (run.code, "is not a regular file" in run.err) == (2, True)


def test_a_configuration_that_leads_nowhere_is_not_left_aside(root: Path) -> None:
    (root / "layercheck.toml").unlink()
    (root / "layercheck.toml").symlink_to("nowhere.toml")
    run = run_in(root, "check")
    assert (run.code, "layercheck.toml: is a link to a file that does not exist" in run.err) == (2, True)


def test_an_ignore_file_that_is_a_link_is_passed_over_as_git_does(root: Path) -> None:
    (root.parent / "outside/ignore").write_text("app/models/upward.py\n")
    (root / ".gitignore").unlink()
    (root / ".gitignore").symlink_to("../outside/ignore")
    assert run_in(root, "check").code == 1


@pytest.mark.parametrize("target", ["../../outside/kept", "../../outside/new"])
def test_the_cache_is_not_written_through_a_link(root: Path, target: str) -> None:
    (root.parent / "outside/kept").write_text("kept")
    (root / FOLDER_NAME).mkdir()
    (root / FOLDER_NAME / "facts.msgpack").symlink_to(target)
    assert run_in(root, "check").code == 1
    assert _names(root.parent / "outside") == ["kept"]
    assert (root.parent / "outside/kept").read_text() == "kept"


def test_no_cache_is_kept_in_a_folder_that_a_link_leads_to(root: Path) -> None:
    (root / FOLDER_NAME).symlink_to("../outside")
    assert run_in(root, "check").code == 1
    assert _names(root.parent / "outside") == []


@pytest.mark.parametrize("output_format", ["text", "json", "github", "sarif", "sonarqube", "gitlab", "agent"])
def test_no_line_of_a_file_outside_of_the_project_is_quoted(root: Path, output_format: str) -> None:
    (root.parent / "outside/passwd").write_text(f"{_SECRET}\n")
    (root / "app/models/linked.py").symlink_to("../../../outside/passwd")
    run = run_in(root, "check", "--no-cache", "--output-format", output_format)
    assert "LC001" in run.out
    assert "secret" not in run.out + run.err


def test_a_baseline_outside_of_the_project_is_not_read(root: Path) -> None:
    (root.parent / "outside/layercheck-baseline.txt").write_text(f"{_SECRET}\n")
    (root.parent / "outside/module.py").write_text("")
    (root / "linked").symlink_to("../outside")
    run = run_in(root, "check")
    assert (run.code, "secret" in run.err, "is a link to a file outside of the project" in run.err) == (2, False, True)


def test_requirements_outside_of_the_project_are_not_named(root: Path) -> None:
    (root.parent / "outside/list").write_text("secret-library\n")
    (root / "requirements.txt").symlink_to("../outside/list")
    assert "secret" not in run_in(root, "check").out


def test_requirements_elsewhere_in_the_project_are_read(root: Path) -> None:
    write_tree(root, {"requirements/list.txt": "fastapi\n", "layercheck.toml": WITHOUT_CYCLES})
    (root / "requirements.txt").symlink_to("requirements/list.txt")
    assert "requirements.txt" in run_in(root, "check").out


@pytest.mark.parametrize("arguments", [("check", "--add-ignore", "later"), ("check", "--fix", "--unsafe-fixes")])
def test_code_is_not_changed_through_a_link(root: Path, arguments: tuple[str, ...]) -> None:
    (root.parent / "outside/upward.py").write_text(UPWARD)
    (root / "app/models/linked.py").symlink_to("../../../outside/upward.py")
    run_in(root, *arguments)
    assert (root.parent / "outside/upward.py").read_text() == UPWARD
