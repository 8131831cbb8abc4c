from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from layercheck.model.severity import Severity
from layercheck.model.source import Location
from layercheck.reporters.formats.github import render
from layercheck.rule.render_context import RenderContext
from tests.reports import STRANGE, at, find, report_on

COMMAND = re.compile(r"::(?P<name>[a-z]+) ?(?P<properties>.*?)::(?P<data>.*)")
SIGNS = {"%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ",", "%25": "%"}


def show(*findings: Any, repository: Path | None = None, root: Path = Path("/nowhere")) -> str:
    return render(report_on(*findings), RenderContext(root, repository=repository))


def read(line: str) -> tuple[str, dict[str, str], str]:
    """Read a line as the runner does: level, properties, message."""
    match = COMMAND.fullmatch(line)
    assert match is not None
    pairs = (pair.split("=", 1) for pair in match["properties"].split(","))
    return match["name"], {name: unescape(value) for name, value in pairs}, unescape(match["data"])


def unescape(text: str) -> str:
    for escape, sign in SIGNS.items():
        text = text.replace(escape, sign)
    return text


def test_one_annotation() -> None:
    assert show(find()) == (
        "::error title=layercheck (LC101),file=app/db/a.py,line=2,col=6,endLine=2,endColumn=15"
        "::app/db/a.py:2:6: LC101 `db` imports `api`: app.db.a imports app.api.m2"
        "%0A`db` may import `utils`%0Ahelp: hand it in\n"
    )


@pytest.mark.parametrize(
    ("severity", "level"), [(Severity.ERROR, "error"), (Severity.WARNING, "warning"), (Severity.INFO, "notice")]
)
def test_every_severity_has_its_level(severity: Severity, level: str) -> None:
    assert show(find(severity=severity)).startswith(f"::{level} ")


def test_there_are_no_columns_where_the_place_spans_lines() -> None:
    _, properties, _ = read(show(find(location=at(2, last_line=4))).rstrip())
    assert properties == {"title": "layercheck (LC101)", "file": "app/db/a.py", "line": "2", "endLine": "4"}


def test_a_whole_file_and_the_project_itself() -> None:
    _, properties, _ = read(show(find(location=Location("a.py"))).rstrip())
    assert properties == {"title": "layercheck (LC101)", "file": "a.py"}
    _, properties, data = read(show(find(location=Location(""))).rstrip())
    assert properties == {"title": "layercheck (LC101)"}
    assert data.startswith(".:1:1: LC101 ")


def test_nothing_to_say() -> None:
    assert show() == ""


def test_paths_are_those_of_the_repository(tmp_path: Path) -> None:
    assert ",file=backend/app/db/a.py," in show(find(), root=tmp_path / "backend", repository=tmp_path)


def test_foreign_text_can_give_no_commands() -> None:
    found = [find(line, message=STRANGE, location=at(line, path=f"::error::{STRANGE}")) for line in range(1, 15)]
    lines = show(*found).splitlines()

    assert len(lines) == 10 + 1 + 5 + 1
    for line in lines[:9]:
        level, properties, data = read(line)
        assert (level, properties["title"]) == ("error", "layercheck (LC101)")
        assert properties["file"].startswith("::error::a\\x0a\\x09%0A")
        assert "%0A" in data
        assert len(data.splitlines()) == 3  # message and two notes
    for line in lines[11:-1]:
        assert not line.startswith("::")
        assert "##[" not in line


@pytest.mark.parametrize(("number", "annotated", "listed"), [(1, 1, 0), (10, 10, 0), (11, 9, 2), (300, 9, 291)])
def test_ten_of_a_kind_are_annotated_and_all_are_there(number: int, annotated: int, listed: int) -> None:
    lines = show(*(find(line) for line in range(1, number + 1))).splitlines()
    commands = [line for line in lines if line.startswith("::error ")]
    plain = [line for line in lines if line.startswith("error[LC101] ")]

    assert len([line for line in commands if "file=" in line]) == annotated
    assert len(commands) <= 10
    assert len(plain) == listed
    assert (f"::error title=layercheck::{listed} more errors are in the log" in "\n".join(lines)) is (listed > 0)
    assert all(f"app/db/a.py:{line}:6: " in "\n".join(lines) for line in range(1, number + 1))


def test_what_is_listed_is_folded() -> None:
    lines = show(*(find(line) for line in range(1, 12))).splitlines()
    assert lines[10:] == [
        "::group::layercheck: the findings without an annotation",
        "error[LC101] app/db/a.py:10:6: `db` imports `api`: app.db.a imports app.api.m10",
        "error[LC101] app/db/a.py:11:6: `db` imports `api`: app.db.a imports app.api.m11",
        "::endgroup::",
    ]


def test_errors_come_first_and_each_level_has_its_own_ten() -> None:
    found = [find(line, severity=severity) for severity in reversed(Severity) for line in range(1, 21)]
    lines = show(*found).splitlines()
    levels = [read(line)[0] for line in lines if " title=" in line]

    assert levels == ["error"] * 10 + ["warning"] * 10 + ["notice"] * 10
