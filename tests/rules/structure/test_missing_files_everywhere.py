"""A finding about a file that is not there goes the way of every finding: formats, baseline, comparison."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from layercheck.reporters.registry import list_formats, load_format
from layercheck.rule.render_context import RenderContext
from tests.repositories import GitRepository, make_repository, told
from tests.rules.structure.backends import CODE, COMPLETE
from tests.running import check_folder, run_here, write_tree

if TYPE_CHECKING:
    from pathlib import Path

ABSENT = {"LC231": "README.md", "LC232": ".gitignore", "LC233": "pyproject.toml", "LC234": "requirements.txt"}


@pytest.mark.parametrize("name", list_formats())
def test_every_format_copes_with_a_place_that_does_not_exist(tmp_path: Path, name: str) -> None:
    make_repository(write_tree(tmp_path, CODE))
    report = check_folder(tmp_path, select=["LC1", "LC23"])

    output = load_format(name)(report, RenderContext(tmp_path, repository=tmp_path))

    assert {finding.code: finding.location.path for finding in report.findings} == ABSENT
    assert [text for item in ABSENT.items() for text in item if text not in output] == []


@pytest.mark.parametrize("name", list_formats())
def test_every_format_copes_with_a_place_above_the_project(tmp_path: Path, name: str) -> None:
    root = tmp_path / "backend"
    write_tree(root, {**CODE, "pyproject.toml": COMPLETE["pyproject.toml"]})
    make_repository(write_tree(tmp_path, {"README.md": "", ".gitignore": "*.pyc\n"}))
    report = check_folder(root, select=["LC1", "LC23"])

    output = load_format(name)(report, RenderContext(root, prefix="backend", repository=tmp_path))

    assert [finding.location.path for finding in report.findings] == ["../.gitignore"]
    assert "LC232" in output


def test_what_the_project_lacks_can_be_accepted_until_it_is_there(tmp_path: Path) -> None:
    configuration = 'severity = {LC231 = "error"}\nignore = ["LC233"]\n'
    root = make_repository(write_tree(tmp_path, {**CODE, "layercheck.toml": configuration}))
    assert run_here("check", "--no-cache", root).code == 1
    assert run_here("baseline", "--no-cache", "--all", root).code == 0
    assert run_here("check", "--no-cache", root).code == 0

    write_tree(root, {"README.md": "", "requirements.txt": ""})
    outcome = run_here("check", "--no-cache", "--output-format", "json", root)

    assert [code for code, _, _ in outcome.findings] == ["LC004", "LC004"]
    assert run_here("baseline", "--no-cache", "--prune", root).code == 0
    assert run_here("check", "--no-cache", root).code == 0


def test_a_list_that_is_pinned_needs_no_entry_any_more(tmp_path: Path) -> None:
    root = write_tree(tmp_path, {**CODE, **COMPLETE, "requirements.txt": "fastapi\n"})
    assert run_here("baseline", "--no-cache", "--all", root).code == 0

    write_tree(root, {"requirements.txt": "fastapi==0.115.6\n"})

    outcome = run_here("check", "--no-cache", "--output-format", "json", root)
    assert [code for code, _, _ in outcome.findings] == ["LC004"]


def test_a_comparison_tells_which_change_took_the_readme_away(tmp_path: Path) -> None:
    repository = GitRepository.make(tmp_path, {**CODE, **COMPLETE})
    (tmp_path / "README.md").unlink()
    assert told(repository.compare().findings) == {"introduced": ["LC231 README.md"]}

    repository.commit()
    repository.write({"README.md": ""})

    assert told(repository.compare().findings) == {"resolved": ["LC231 README.md"]}


def test_what_lies_above_a_project_counts_in_commits_as_well(tmp_path: Path) -> None:
    files = {f"backend/{path}": text for path, text in CODE.items()}
    repository = GitRepository.make(tmp_path, {**files, **COMPLETE, "backend/layercheck.toml": ""})
    (tmp_path / "README.md").unlink()
    repository.commit()

    change = repository.compare("HEAD~1", "HEAD", folder="backend")

    assert told(change.findings) == {"introduced": ["LC231 README.md"]}
