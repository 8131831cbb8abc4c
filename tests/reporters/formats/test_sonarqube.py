from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings

from layercheck.model.finding import Related
from layercheck.model.severity import Severity
from layercheck.model.source import Location
from layercheck.plugins.built_in import builtin_rules
from layercheck.reporters.formats.sonarqube import render
from layercheck.rule.render_context import RenderContext
from tests.reports import at, find, report_on, reports
from tests.validating import load_valid

if TYPE_CHECKING:
    from layercheck.model.report import Report

LINE = "x = '😀'; import app.api"


def load(report: Report, root: Path = Path("/nowhere")) -> dict[str, Any]:
    document: dict[str, Any] = load_valid(
        render(report, RenderContext(root, list_rules=builtin_rules)), "sonarqube-generic-issues"
    )
    return document


def locate(location: Location, root: Path) -> dict[str, int]:
    """The range of a finding there."""
    (root / "a.py").write_text(f"{LINE}\n{LINE}\n", "utf-8")
    (issue,) = load(report_on(find(location=location)), root)["issues"]
    span: dict[str, int] = issue["primaryLocation"]["textRange"]
    return span


def test_one_issue() -> None:
    related = (Related("again", at(9)),)
    assert load(report_on(find(related=related)))["issues"] == [
        {
            "ruleId": "LC101",
            "primaryLocation": {
                "message": "`db` imports `api`: app.db.a imports app.api.m2",
                "filePath": "app/db/a.py",
                "textRange": {"startLine": 2},
            },
            "secondaryLocations": [{"message": "again", "filePath": "app/db/a.py", "textRange": {"startLine": 9}}],
        }
    ]


def test_rules_are_those_that_were_broken() -> None:
    found = (find(), find(3), find(4, severity=Severity.INFO, code="LC107", name="unmapped-module"))
    rules = load(report_on(*found))["rules"]

    assert [(rule["id"], rule["name"]) for rule in rules] == [
        ("LC101", "LC101 layer-order"),
        ("LC107", "LC107 unmapped-module"),
    ]
    assert [rule["impacts"][0]["severity"] for rule in rules] == ["HIGH", "LOW"]
    assert "Why is this bad?" in rules[0]["description"]


def test_columns_are_utf_16_units_from_0(tmp_path: Path) -> None:
    start = LINE.index("app.api")
    assert locate(at(2, start, start + 7, "a.py"), tmp_path) == {
        "startLine": 2,
        "endLine": 2,
        "startColumn": start + 1,
        "endColumn": start + 8,
    }


@pytest.mark.parametrize(
    "location",
    [
        at(2, 3, len(LINE) + 1, "a.py"),  # ends behind the line
        at(2, 3, 3, "a.py"),  # empty
        at(2, 3, 2, "a.py", last_line=30),  # ends behind the file
        at(2, 3, 5, "gone.py"),
    ],
)
def test_columns_that_would_stop_the_import_are_left_out(location: Location, tmp_path: Path) -> None:
    assert locate(location, tmp_path) == {"startLine": 2}


def test_a_whole_file_is_pointed_at_by_its_first_line(tmp_path: Path) -> None:
    assert locate(Location("a.py"), tmp_path) == {"startLine": 1}


@given(reports)
@settings(max_examples=30, deadline=None)
def test_every_report_keeps_to_the_schema(report: Report) -> None:
    document = load(report)
    assert len(document["issues"]) == len(report.findings)
    assert {issue["ruleId"] for issue in document["issues"]} == {rule["id"] for rule in document["rules"]}
