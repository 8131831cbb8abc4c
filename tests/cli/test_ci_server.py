from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from layercheck.cli.ci_server import GITLAB_REPORT, append_summary, choose_outputs, find_repository, is_ci
from layercheck.rule.render_context import RenderContext
from tests.reports import find, report_of, report_on
from tests.running import LAYERS, PROJECT_FILES, run_apart, write_project

if TYPE_CHECKING:
    from tests.running import Outcome

BROKEN = LAYERS | {"app/models/base.py": "import app.services.base\n"}
GITHUB = {"GITHUB_ACTIONS": "true", "LAYERCHECK_NO_CI": ""}
GITLAB = {"GITLAB_CI": "true", "LAYERCHECK_NO_CI": ""}
AZURE = {"TF_BUILD": "True", "LAYERCHECK_NO_CI": ""}


def names(environ: dict[str, str], *, is_wanted: bool = True) -> list[str]:
    return [output.format for output in choose_outputs(environ, is_wanted=is_wanted)]


def check(root: Path, environment: dict[str, str], *arguments: str) -> Outcome:
    return run_apart("check", "--no-cache", *arguments, folder=root, environment=environment)


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({}, ["text"]),
        ({"CI": "true"}, ["text"]),
        (GITHUB, ["text", "github"]),
        (AZURE, ["text", "azure"]),
        ({"GITHUB_ACTIONS": "false"}, ["text"]),
        (GITHUB | {"LAYERCHECK_NO_CI": "1"}, ["text"]),
        (GITHUB | {"LAYERCHECK_NO_CI": "yes"}, ["text"]),
        (GITHUB | {"LAYERCHECK_NO_CI": "0"}, ["text", "github"]),
        (GITHUB | {"LAYERCHECK_NO_CI": "false"}, ["text", "github"]),
        (GITHUB | {"LAYERCHECK_NO_CI": " No "}, ["text", "github"]),
        (GITHUB | {"PRE_COMMIT": "1"}, ["text"]),
    ],
)
def test_the_choice(environ: dict[str, str], expected: list[str]) -> None:
    assert names(environ) == expected
    assert names(environ, is_wanted=False) == ["text"]


def test_gitlab_gets_the_file_it_looks_for(tmp_path: Path) -> None:
    text, report = choose_outputs(GITLAB | {"CI_PROJECT_DIR": str(tmp_path)})
    assert (text.format, text.file) == ("text", None)
    assert (report.format, report.file) == ("gitlab", tmp_path / GITLAB_REPORT)
    assert names(GITLAB | {"CI_PROJECT_DIR": str(tmp_path / "missing")}) == ["text"]


def test_github_gets_annotations_and_a_summary(tmp_path: Path) -> None:
    root = write_project(tmp_path / "repository" / "backend", PROJECT_FILES | BROKEN)
    (tmp_path / "repository" / ".git").mkdir()
    page = tmp_path / "summary.md"
    page.write_text("# before\n")
    outcome = check(root, GITHUB | {"GITHUB_STEP_SUMMARY": str(page)})

    assert outcome.code == 1
    assert "\nFound 1 error in " in outcome.out
    assert "\n::error title=layercheck (LC101),file=backend/app/models/base.py,line=1,col=8," in outcome.out
    assert page.read_text("utf-8").startswith("# before\n### layercheck: Found 1 error in ")
    assert "| `backend/app/models/base.py:1:8` |" in page.read_text("utf-8")


def test_azure_gets_issues(tmp_path: Path) -> None:
    outcome = check(write_project(tmp_path, BROKEN), AZURE)
    assert "\n##vso[task.logissue type=error;sourcepath=app/models/base.py;" in outcome.out


def test_gitlab_gets_a_report_and_is_told(tmp_path: Path) -> None:
    root = write_project(tmp_path, BROKEN)
    outcome = check(root, GITLAB | {"CI_PROJECT_DIR": str(root)})

    assert outcome.out.startswith("app/models/base.py:1:8: error[LC101]")
    assert GITLAB_REPORT in outcome.err
    assert "--no-ci" in outcome.err
    assert json.loads((root / GITLAB_REPORT).read_text("utf-8"))[0]["check_name"] == "LC101 layer-order"


@pytest.mark.parametrize("environment", [GITHUB, GITLAB, AZURE])
@pytest.mark.parametrize("arguments", [["--no-ci"], ["--output-format=text"], ["-oout.txt"]])
def test_it_can_be_turned_off(environment: dict[str, str], arguments: list[str], tmp_path: Path) -> None:
    root = write_project(tmp_path, BROKEN)
    outcome = check(root, environment | {"CI_PROJECT_DIR": str(root)}, *arguments)
    text = (root / "out.txt").read_text("utf-8") if "-oout.txt" in arguments else outcome.out

    assert text == check(root, {}, "--output-format=text").out
    assert outcome.err == ""
    assert not (root / GITLAB_REPORT).exists()


def test_the_summary_keeps_to_the_room_that_is_left(tmp_path: Path) -> None:
    page = tmp_path / "summary.md"
    environ = {"GITHUB_STEP_SUMMARY": str(page)}
    context = RenderContext(tmp_path)
    page.write_bytes(b"x" * 1_000_000)
    append_summary(report_of(1000), context, environ)
    assert 1_000_000 < page.stat().st_size <= 1_048_576
    assert "**Cut here:**" in page.read_text("utf-8")

    page.write_bytes(b"x" * 1_048_000)
    append_summary(report_of(1000), context, environ)
    assert page.stat().st_size == 1_048_000


@pytest.mark.parametrize("environ", [{}, {"GITHUB_STEP_SUMMARY": ""}, {"GITHUB_STEP_SUMMARY": "/missing/page.md"}])
def test_a_summary_that_cannot_be_written_fails_nothing(environ: dict[str, str], tmp_path: Path) -> None:
    append_summary(report_on(find()), RenderContext(tmp_path), environ)


def test_the_repository_is_the_nearest_folder_with_git(tmp_path: Path) -> None:
    root = tmp_path / "top" / "services" / "backend"
    root.mkdir(parents=True)
    (tmp_path / "top" / ".git").write_text("gitdir: elsewhere")
    (tmp_path / "link").symlink_to(root)

    assert find_repository(root, {"GITHUB_WORKSPACE": str(root)}) == tmp_path / "top"
    assert find_repository(tmp_path / "link", {}) == tmp_path / "top"


@pytest.mark.parametrize("name", ["GITHUB_WORKSPACE", "CI_PROJECT_DIR", "BUILD_SOURCESDIRECTORY"])
def test_without_git_the_server_says_where_the_repository_is(name: str, tmp_path: Path) -> None:
    root = tmp_path / "services" / "backend"
    root.mkdir(parents=True)

    assert find_repository(root, {name: str(tmp_path)}) == tmp_path
    assert find_repository(root, {name: str(tmp_path / "elsewhere")}) == root


def test_without_both_it_is_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path / "backend"
    root.mkdir()
    monkeypatch.chdir(tmp_path)
    assert find_repository(root, {}) == tmp_path
    monkeypatch.chdir(Path("/"))
    assert find_repository(root, {}) == Path("/")


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({}, False),
        ({"CI": ""}, False),
        ({"CI": "0"}, False),
        ({"CI": "False"}, False),
        ({"CI": "true"}, True),
        ({"CI": "1"}, True),
        ({"CI": "woodpecker"}, True),
        ({"TF_BUILD": "True"}, True),
        ({"CI": "false", "TF_BUILD": "True"}, False),
    ],
)
def test_continuous_integration_says_so(environ: dict[str, str], expected: bool) -> None:
    assert is_ci(environ) is expected
