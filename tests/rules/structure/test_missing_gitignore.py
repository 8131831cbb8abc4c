from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.rules.structure.backends import COMPLETE, ENVIRONMENT, found, places

if TYPE_CHECKING:
    from pathlib import Path


def gitignore(text: str, environment: str = "", **files: str) -> dict[str, str]:
    inside = {f"{environment}/{path}": content for path, content in ENVIRONMENT.items()} if environment else {}
    return {**COMPLETE, ".gitignore": text, **inside, **files}


@pytest.mark.parametrize(
    "line", [".venv", ".venv/", "/.venv/", "venv/", "env", ".*", "/*\n!/app", ".venv/*", "*venv*/", "# x\n\n.venv"]
)
def test_any_pattern_that_leaves_an_environment_out_will_do(tmp_path: Path, line: str) -> None:
    assert found(tmp_path, "LC232", gitignore(f"{line}\n")) == []


@pytest.mark.parametrize("text", ["", "*.pyc\n", "# .venv\n", ".venv\n!.venv\n", "[\n"])
def test_a_file_that_leaves_none_out_is_reported(tmp_path: Path, text: str) -> None:
    assert places(found(tmp_path, "LC232", gitignore(text))) == [(".gitignore", 0)]


@pytest.mark.parametrize("folder", [".venv", "venv", "py312", "backend/.venv", "env"])
def test_the_environment_that_is_there_must_be_left_out(tmp_path: Path, folder: str) -> None:
    text = f"{'venv' if folder == '.venv' else '.virtualenv'}/\n"

    findings = found(tmp_path, "LC232", gitignore(text, folder))

    assert [finding.object for finding in findings] == [folder]
    assert places(findings) == [(".gitignore", 0)]


@pytest.mark.parametrize("folder", [".venv", "venv", "py312", "backend/.venv", "env"])
def test_an_environment_that_is_left_out_is_fine(tmp_path: Path, folder: str) -> None:
    assert found(tmp_path, "LC232", gitignore(f"/{folder}/\n", folder)) == []


def test_an_environment_may_leave_itself_out(tmp_path: Path) -> None:
    files = gitignore("*.pyc\n", ".venv") | {".venv/.gitignore": "*\n"}

    assert found(tmp_path, "LC232", files) == []


def test_the_file_at_the_top_of_the_repository_serves_all_below(tmp_path: Path) -> None:
    files = {".gitignore": "/backend/.venv/\n", "backend/pyproject.toml": COMPLETE["pyproject.toml"]}

    assert found(tmp_path, "LC232", files, git=True, below="backend", folder="backend") == []


def test_the_file_at_the_top_of_the_repository_is_named_from_the_project(tmp_path: Path) -> None:
    files = {".gitignore": "/frontend/.venv/\n", "backend/pyproject.toml": COMPLETE["pyproject.toml"]}

    findings = found(tmp_path, "LC232", files, git=True, below="backend", folder="backend")

    assert places(findings) == [("../.gitignore", 0)]


def test_a_folder_that_is_only_called_so_is_no_environment(tmp_path: Path) -> None:
    files = {**gitignore(".venv\n"), "env/__init__.py": "", "venv/readme.txt": ""}

    assert found(tmp_path, "LC232", files) == []
