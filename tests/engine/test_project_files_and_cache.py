"""A report that is taken from the cache is as true of the files beside the code as a fresh one."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import pytest

from layercheck.config.preset import read_preset
from tests.repositories import make_repository
from tests.rules.structure.backends import CODE, COMPLETE, ENVIRONMENT
from tests.running import check_folder, of_rule, without_timings, write_tree

if TYPE_CHECKING:
    from pathlib import Path

    from layercheck.model.report import Report


def match_baseline(root: Path) -> None:
    """Make the code look old, and wait until it is older than what the cache takes for the same moment."""
    for path in root.rglob("*.py"):
        os.utime(path, (1_600_000_000, 1_600_000_000))
    time.sleep(0.05)


def codes(report: Report) -> list[str]:
    return [finding.code for finding in report.findings if finding.code.startswith("LC23")]


def warm(root: Path) -> Report:
    """Check with the cache, and hold the outcome against a check without one."""
    report = check_folder(root, cache=True)
    fresh = check_folder(root)
    assert without_timings(report) == without_timings(fresh)
    return report


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = write_tree(tmp_path, {**CODE, **COMPLETE})
    match_baseline(root)
    assert codes(check_folder(root, cache=True)) == []
    return root


def test_a_readme_that_is_gone_is_missed_at_once(project: Path) -> None:
    (project / "README.md").unlink()

    assert codes(warm(project)) == ["LC231"]

    write_tree(project, {"README.md": ""})

    assert codes(warm(project)) == []


def test_a_file_that_moves_and_then_changes_is_another_module(project: Path) -> None:
    text = "from fastapi import HTTPException\n\n\ndef find():\n    raise HTTPException(404)\n"
    before, after = project / "app/services/moving.py", project / "tests/test_moving.py"
    write_tree(project, {"app/services/moving.py": text})
    match_baseline(project)
    assert "LC306" in [finding.code for finding in warm(project).findings]

    # No rule looks at it there.
    before.unlink()
    write_tree(project, {"tests/test_moving.py": text})
    match_baseline(project)
    warm(project)
    after.write_text(f"{text}# changed\n", "utf-8")

    assert "LC306" not in [finding.code for finding in warm(project).findings]


def test_a_readme_that_says_something_else_changes_nothing(project: Path) -> None:
    write_tree(project, {"README.md": "# Another\n"})

    assert "scan" not in warm(project).timings


def test_a_line_of_the_gitignore_counts_at_once(project: Path) -> None:
    write_tree(project, {".gitignore": "*.pyc\n"})
    assert codes(warm(project)) == ["LC232"]

    write_tree(project, {".gitignore": ".venv\n"})
    assert codes(warm(project)) == []


def test_a_new_environment_counts_at_once(project: Path) -> None:
    write_tree(project, {f"env312/{path}": text for path, text in ENVIRONMENT.items()})

    assert codes(warm(project)) == ["LC232"]


@pytest.mark.parametrize("version", ["0.115.6", "0.115.7"])
def test_a_pin_that_is_taken_away_is_missed_whatever_the_size_and_the_time(tmp_path: Path, version: str) -> None:
    files = {**CODE, **COMPLETE, "requirements.txt": f"fastapi=={version}\n"}
    root = write_tree(tmp_path, files)
    match_baseline(root)
    assert codes(check_folder(root, cache=True)) == []
    status = (root / "requirements.txt").stat()

    write_tree(root, {"requirements.txt": f"fastapi>={version}\n"})
    os.utime(root / "requirements.txt", ns=(status.st_atime_ns, status.st_mtime_ns))

    assert codes(warm(root)) == ["LC235"]


def test_a_lock_above_the_project_counts_at_once(tmp_path: Path) -> None:
    loose = COMPLETE["pyproject.toml"].replace("==", ">=")
    root = write_tree(tmp_path / "backend", {**CODE, **COMPLETE, "pyproject.toml": loose})
    make_repository(write_tree(tmp_path, {"uv.lock": ""}))
    match_baseline(root)
    assert codes(check_folder(root, cache=True)) == []

    (tmp_path / "uv.lock").unlink()

    assert codes(warm(root)) == ["LC235"]


def test_a_repository_that_is_made_counts_at_once(tmp_path: Path) -> None:
    root = write_tree(tmp_path, CODE)
    match_baseline(root)
    assert codes(check_folder(root, cache=True)) == []

    (root / ".git").mkdir()

    assert len(codes(warm(root))) == 4


def test_a_part_is_served_by_the_same_report(project: Path) -> None:
    (project / "README.md").unlink()
    check_folder(project, cache=True)

    assert of_rule(check_folder(project, cache=True), "LC231") != []
    assert "scan" not in warm(project).timings


def test_roles_that_the_configuration_itself_names_are_not_those_of_the_preset(tmp_path: Path) -> None:
    words = read_preset("layered")["roles"]["api"]
    files = {
        "layercheck.toml": "",
        "app/api/users.py": "import app.models.user\n",
        "app/models/user.py": "import app.handler.y\nclass User: ...\n",
        "app/handler/y.py": "x = 1\n",
    }
    write_tree(tmp_path, files)
    before = of_rule(warm(tmp_path), "LC101")
    write_tree(tmp_path, {"layercheck.toml": f"[roles]\napi = {list(words)}\n"})
    after = of_rule(warm(tmp_path), "LC101")

    assert not before
    assert [finding.object for finding in after] == ["app.handler.y"]
