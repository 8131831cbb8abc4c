from __future__ import annotations

import json
from contextlib import chdir
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from layercheck.cli.outputs import Output, plan_outputs
from layercheck.errors import UsageError
from tests.running import LAYERS, run_apart, run_here, write_project

if TYPE_CHECKING:
    from collections.abc import Iterator

BROKEN = LAYERS | {"app/models/base.py": "import app.services.base\n"}


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Path]:
    root = write_project(tmp_path / "project", BROKEN)
    with chdir(root):
        yield root


@pytest.mark.parametrize(
    ("requested", "output_file", "expected"),
    [
        ([], None, [Output("text")]),
        ([], "a", [Output("text", Path("a"))]),
        (["json"], None, [Output("json")]),
        (["json"], "a", [Output("json", Path("a"))]),
        (["json=a"], None, [Output("json", Path("a"))]),
        (["json=-"], None, [Output("json")]),
        (["text", "sarif=b"], None, [Output("text"), Output("sarif", Path("b"))]),
        (["sarif=b", "text"], "a", [Output("sarif", Path("b")), Output("text", Path("a"))]),
        (["sarif=a=b.sarif", "json=c"], None, [Output("sarif", Path("a=b.sarif")), Output("json", Path("c"))]),
    ],
)
def test_what_is_asked_for(requested: list[str], output_file: str | None, expected: list[Output]) -> None:
    assert plan_outputs(requested, Path(output_file) if output_file else None) == tuple(expected)


@pytest.mark.parametrize(
    ("requested", "output_file", "problem"),
    [
        (["xml"], None, r"unknown output format 'xml'; choose one of agent, azure, .*, text"),
        (["xml=a"], None, r"unknown output format 'xml'"),
        (["=a"], None, r"unknown output format ''"),
        (["json="], None, r"json=: the file name is missing"),
        (["json", "text"], None, r"json and text cannot both go to standard output; .*: text=FILE"),
        (["json", "text"], "a", r"json and text cannot both go to standard output"),
        (["json=a"], "b", r"-o b: every format already has its own file"),
        (["json=a", "json=b"], None, r"the output format json is given twice"),
        (["json", "json"], None, r"the output format json is given twice"),
        (["json=a", "text=./x/../a"], None, r"json and text cannot use the same file"),
        (["json=a", "text"], "a", r"a: json and text cannot use the same file"),
    ],
)
def test_what_makes_no_sense(requested: list[str], output_file: str | None, problem: str) -> None:
    with pytest.raises(UsageError, match=problem):
        plan_outputs(requested, Path(output_file) if output_file else None)


def test_several_reports_at_once(project: Path) -> None:
    outcome = run_here("check", "--output-format", "concise", "--output-format", "sarif=out.sarif", "--no-cache")

    assert outcome.code == 1
    assert outcome.err == ""
    assert outcome.out.startswith("app/models/base.py:1:8: error[LC101] ")
    assert len(json.loads((project / "out.sarif").read_text("utf-8"))["runs"][0]["results"]) == 1


def test_files_only_leave_standard_output_alone(project: Path) -> None:
    outcome = run_here("check", "--output-format", "json=a.json", "--output-format=text=a.txt", "--no-cache")

    assert (outcome.code, outcome.out, outcome.err) == (1, "", "")
    assert json.loads((project / "a.json").read_text("utf-8"))["summary"]["by_severity"]["error"] == 1
    assert "error[LC101]" in (project / "a.txt").read_text("utf-8")


def test_a_contradiction_is_told_before_anything_is_read(tmp_path: Path) -> None:
    root = write_project(tmp_path, {"app/a.py": "("})  # not even recognised
    outcome = run_apart("check", "--output-format=json", "--output-format=text", folder=root)

    assert outcome.code == 2
    assert outcome.err.startswith("layercheck: json and text cannot both go to standard output")


def test_colour_is_for_standard_output(project: Path) -> None:
    outcome = run_here("check", "--color=always", "--output-format=text", "--output-format=concise=a", "--no-cache")

    assert "\x1b[" in outcome.out
    assert "\x1b" not in (project / "a").read_text("utf-8")


@pytest.mark.parametrize("option", ["--output-format=json=missing/out.json", "--output-file=missing/out.txt", "-oapp"])
def test_a_target_that_cannot_be_written_is_told_before_the_work(option: str, project: Path) -> None:
    (project / "app" / "models" / "base.py").write_text("import app.services.base\n" * 2)
    outcome = run_here("check", option)

    assert outcome.code == 2
    assert "cannot be written" in outcome.err
    assert not (project / ".layercheck_cache").exists()


def test_nothing_is_written_where_nothing_could_be_checked(tmp_path: Path) -> None:
    with chdir(write_project(tmp_path, {"app/a.py": ""})):
        outcome = run_here("check", "--output-format=json=out.json", "--no-cache")

    assert outcome.code == 2
    assert not (tmp_path / "out.json").exists()
