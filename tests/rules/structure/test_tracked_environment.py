from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from layercheck.model.severity import Severity
from tests.repositories import commit_all, git, make_repository
from tests.rules.structure.backends import CODE, ENVIRONMENT, found, places
from tests.running import check_folder, of_rule, run_here, write_tree

if TYPE_CHECKING:
    from pathlib import Path

SECRET = "STRIPE_API_KEY=sk_live_51Hx9QwErTyUiOp\n"


@pytest.mark.parametrize("folder", [".venv", "venv", "py312", "backend/.venv"])
def test_an_environment_under_version_control_is_reported(tmp_path: Path, folder: str) -> None:
    findings = found(tmp_path, "LC236", {f"{folder}/{path}": text for path, text in ENVIRONMENT.items()}, git=True)

    assert [finding.subject for finding in findings] == [folder]
    assert [finding.severity for finding in findings] == [Severity.WARNING]


def test_what_git_does_not_track_is_fine(tmp_path: Path) -> None:
    make_repository(write_tree(tmp_path, CODE))

    assert found(tmp_path, "LC236", {".env": SECRET, ".venv/pyvenv.cfg": ""}) == []


def test_without_a_repository_nothing_is_tracked(tmp_path: Path) -> None:
    assert found(tmp_path, "LC236", {".env": SECRET, ".venv/pyvenv.cfg": "", "pyproject.toml": ""}) == []


def test_what_was_added_before_it_was_ignored_is_still_tracked(tmp_path: Path) -> None:
    assert len(found(tmp_path, "LC236", {".env": SECRET, ".venv/pyvenv.cfg": ""}, git=True)) == 2
    write_tree(tmp_path, {".gitignore": ".env\n.venv\n"})

    assert len(of_rule(check_folder(tmp_path), "LC236")) == 2


@pytest.mark.parametrize("arguments", [("update-index", "--index-version=4"), ("update-index", "--split-index")])
def test_every_form_of_the_index_is_understood(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    make_repository(write_tree(tmp_path, {**CODE, ".env": SECRET}))
    git(tmp_path, *arguments)

    assert len(of_rule(check_folder(tmp_path), "LC236")) == 1


def test_a_further_work_tree_has_an_index_of_its_own(tmp_path: Path) -> None:
    main = make_repository(write_tree(tmp_path / "main", {**CODE, ".env": SECRET}))
    git(main, "worktree", "add", "--quiet", "../other")

    assert len(of_rule(check_folder(tmp_path / "other"), "LC236")) == 1


def test_a_name_is_no_pattern(tmp_path: Path) -> None:
    make_repository(write_tree(tmp_path, {**CODE, "v1/pyvenv.cfg": ""}))

    assert [each.subject for each in found(tmp_path, "LC236", {"v[1]/pyvenv.cfg": ""})] == ["v1"]


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        (SECRET, Severity.WARNING),
        ("export DB_PASSWORD='h7Gq2!kLm9zR'  # production\n", Severity.WARNING),
        ("SECRET_KEY=changethis\n", Severity.INFO),
        ("SECRET_KEY=your-secret-key-here\n", Severity.INFO),
        ("JWT_TOKEN=${JWT_TOKEN}\n", Severity.INFO),
        ("DEBUG=1\nPORT=8000\n", Severity.INFO),
        ("LONG_NAME=h7Gq2kLm9zRh7Gq2kLm9zR\n", Severity.INFO),
        ("\udcff=1\nDEBUG=1\n".encode("utf-8", "surrogateescape"), Severity.INFO),
    ],
)
def test_a_secret_weighs_more_than_a_setting(tmp_path: Path, text: str | bytes, severity: Severity) -> None:
    (finding,) = found(tmp_path, "LC236", {".env": text}, git=True)

    assert finding.severity is severity
    assert places([finding]) == [(".env", 0)]


@pytest.mark.parametrize(
    "files",
    [
        {".env.example": SECRET},
        {".env.sample": SECRET},
        {".env.template": SECRET},
        {".env.dist": SECRET},
        {".env": "COMPOSE_PROJECT_NAME=shop\n"},
        {".env": "PYTHONPATH=src\nFLASK_APP=app\n"},
        {".env": "# nothing yet\n"},
        {"frontend/.env": SECRET},
        {".env/settings.py": ""},
    ],
)
def test_what_may_be_tracked(tmp_path: Path, files: dict[str, str]) -> None:
    assert found(tmp_path, "LC236", files, git=True) == []


def test_a_project_below_the_top_of_its_repository_is_asked_about_its_own_files(tmp_path: Path) -> None:
    files = {".env": SECRET, "backend/.env": "DEBUG=1\n", "backend/pyproject.toml": ""}

    findings = found(tmp_path, "LC236", files, git=True, below="backend", folder="backend")

    assert places(findings) == [(".env", 0)]
    assert findings[0].severity is Severity.INFO


def test_a_secret_is_never_shown(tmp_path: Path) -> None:
    make_repository(write_tree(tmp_path, {**CODE, ".env": SECRET}))

    for name in ("text", "json", "github", "sarif", "markdown"):
        outcome = run_here("check", "--no-cache", "--output-format", name, tmp_path)
        assert "STRIPE_API_KEY" in outcome.out
        assert "sk_live" not in outcome.out


def test_what_is_staged_is_tracked(tmp_path: Path) -> None:
    make_repository(write_tree(tmp_path, CODE))
    write_tree(tmp_path, {".env": SECRET})
    before = run_here("check", "--no-cache", "--staged", "--output-format", "json", tmp_path)
    git(tmp_path, "add", "--force", ".env")
    after = run_here("check", "--no-cache", "--staged", "--output-format", "json", tmp_path)

    assert "LC236" not in {code for code, _, _ in before.findings}
    assert ("LC236", ".env", 1) in after.findings


def test_what_is_taken_out_of_the_index_is_no_longer_reported_by_a_warm_run(tmp_path: Path) -> None:
    make_repository(write_tree(tmp_path, {**CODE, ".env": SECRET}))
    assert len(of_rule(check_folder(tmp_path, cache=True), "LC236")) == 1

    git(tmp_path, "rm", "--quiet", "--cached", ".env")

    assert of_rule(check_folder(tmp_path, cache=True), "LC236") == []


def test_a_change_of_the_index_that_touches_no_such_file_leaves_the_report_as_it_is(tmp_path: Path) -> None:
    make_repository(write_tree(tmp_path, {**CODE, ".env": SECRET, "notes": "1"}))
    check_folder(tmp_path, cache=True)

    write_tree(tmp_path, {"notes": "2"})
    commit_all(tmp_path, "notes")

    assert "assemble" not in check_folder(tmp_path, cache=True).timings
