from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings

from layercheck.model.finding import Hop, Related
from layercheck.model.fix import Fix
from layercheck.model.source import Location
from layercheck.reporters.formats.rdjson import render
from layercheck.rule.render_context import RenderContext
from tests.reports import FIX, at, find, report_on, reports
from tests.validating import load_valid

if TYPE_CHECKING:
    from layercheck.model.report import Report


def load(report: Report, root: Path = Path("/nowhere"), prefix: str = "") -> list[dict[str, Any]]:
    document = load_valid(render(report, RenderContext(root, prefix=prefix)), "rdjson")
    diagnostics: list[dict[str, Any]] = document["diagnostics"]
    return diagnostics


def test_one_finding() -> None:
    finding = find(chain=(Hop("a", "b", at(2)),), related=(Related("again", at(9, 0, 3)),))

    def place(line: int, start: int, end: int) -> dict[str, Any]:
        span = {"start": {"line": line, "column": start}, "end": {"line": line, "column": end}}
        return {"path": "app/db/a.py", "range": span}

    assert load(report_on(finding)) == [
        {
            "message": "`db` imports `api`: app.db.a imports app.api.m2\n`db` may import `utils`\nhelp: hand it in",
            "severity": "ERROR",
            "code": {"value": "LC101"},
            "location": place(2, 6, 15),
            "related_locations": [
                {"message": "a imports b", "location": place(2, 6, 15)},
                {"message": "again", "location": place(9, 1, 4)},
            ],
        }
    ]


def test_a_fix_of_one_edit_is_a_suggestion() -> None:
    (found,) = load(report_on(find(fix=FIX)))

    assert found["suggestions"] == [{"range": found["location"]["range"], "text": "b"}]
    assert "suggestions" not in load(report_on(find(fix=Fix("", FIX.edits * 2))))[0]


def test_columns_are_bytes(tmp_path: Path) -> None:
    line = "x = '用户é😀'; import app.api"
    start = line.index("app.api")
    (tmp_path / "a.py").write_text(f"\n{line}\n", "utf-8")
    (found,) = load(report_on(find(location=at(2, start, start + 7, "a.py"))), tmp_path)

    first = len(line[:start].encode()) + 1
    span = found["location"]["range"]
    assert (span["start"]["column"], span["end"]["column"]) == (first, first + 7)
    assert first > start + 1


def test_a_whole_file_has_no_range() -> None:
    assert load(report_on(find(location=Location("a.py"))))[0]["location"] == {"path": "a.py"}


def test_paths_are_those_of_the_user() -> None:
    assert load(report_on(find()), prefix="../backend")[0]["location"]["path"] == "../backend/app/db/a.py"


@given(reports)
@settings(max_examples=30, deadline=None)
def test_every_report_keeps_to_the_schema(report: Report) -> None:
    assert len(load(report)) == len(report.findings)
