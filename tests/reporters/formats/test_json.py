from __future__ import annotations

import json
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import msgspec
import pytest
from hypothesis import given

from layercheck.model.finding import Baselined, Finding, Hop, Related, Suppressed
from layercheck.model.imports import ImportKind
from layercheck.model.report import (
    ApplicationCoverage,
    BaselineSummary,
    BlindSpotPlace,
    Coverage,
    build_report,
)
from layercheck.model.severity import Severity
from layercheck.model.source import Location, Position, Span
from layercheck.model.stood_down import StoodDown
from layercheck.reporters.formats.json import render
from layercheck.rule.render_context import RenderContext
from tests.reports import FIX, find, report_on, reports

if TYPE_CHECKING:
    from layercheck.model.report import Report

SCHEMA = json.loads((resources.files("layercheck.reporters") / "report.schema.json").read_text("utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)

VIOLATION = Finding(
    code="LC101",
    name="layer-order",
    severity=Severity.ERROR,
    message="app.db.a imports app.api.b",
    location=Location("app/db/a.py", Span(Position(3, 5), Position(3, 14))),
    subject="app.db.a",
    object="app.api.b",
    importer="app.db.a",
    imported="app.api.b",
    import_kind=ImportKind.DEFERRED,
    chain=(Hop("app.db.a", "app.api.b", Location("app/db/a.py", Span(Position(3, 5), Position(3, 14)))),),
    related=(Related("imported again", Location("app/db/a.py", Span(Position(9, 0), Position(10, 2)))),),
    notes=("a note",),
)
REPORT = build_report(
    [VIOLATION],
    [Suppressed(VIOLATION, "known")],
    Coverage(
        applications=(ApplicationCoverage("app", "layered", {"db": 1, "api": 2}, 1),),
        layout="layered",
        modules=4,
        roles={"db": 1, "api": 2},
        unmapped=("app.z",),
        stood_down=(StoodDown("LC305", "query-in-api", "app", "2 of 2 modules of `api` query the database directly"),),
        outside={"tools/": 2},
        without_layer={"shared/": 1},
        blind_spots=(BlindSpotPlace("app/z.py", 1, 2, "exec(…)"),),
        layers=("api", "db"),
    ),
    {"scan": 0.1},
    baselined=[Baselined(VIOLATION, "known")],
    baseline_summary=BaselineSummary(known=41, stale=3, moved=2, expiring=1),
)


def load(report: Report) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(render(report, RenderContext(Path("/srv/project"), prefix="../elsewhere")))
    VALIDATOR.validate(document)
    return document


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_tells_everything_about_a_finding() -> None:
    assert load(REPORT)["findings"] == [
        {
            "code": "LC101",
            "name": "layer-order",
            "severity": "error",
            "message": "app.db.a imports app.api.b",
            "path": "app/db/a.py",
            "line": 3,
            "column": 6,
            "end_line": 3,
            "end_column": 15,
            "importer": "app.db.a",
            "imported": "app.api.b",
            "import_kind": "deferred",
            "chain": [{"importer": "app.db.a", "imported": "app.api.b", "path": "app/db/a.py", "line": 3}],
            "related": [
                {
                    "message": "imported again",
                    "path": "app/db/a.py",
                    "line": 9,
                    "column": 1,
                    "end_line": 10,
                    "end_column": 3,
                }
            ],
            "roles": [],
            "fix": None,
            "fingerprint": VIOLATION.fingerprint,
        }
    ]


def test_tells_what_was_seen_and_counted() -> None:
    document = load(REPORT)
    assert document["coverage"] == {
        "applications": [{"path": "app", "style": "layered", "roles": {"api": 2, "db": 1}, "unmapped": 1}],
        "layout": "layered",
        "modules": 4,
        "roles": {"api": 2, "db": 1},
        "unmapped": ["app.z"],
        "stood_down": [
            {
                "code": "LC305",
                "name": "query-in-api",
                "application": "app",
                "reason": "2 of 2 modules of `api` query the database directly",
            }
        ],
        "outside": {"tools/": 2},
        "without_layer": {"shared/": 1},
        "not_checked_out": 0,
        "unread": [],
        "blind_spots": [{"path": "app/z.py", "line": 1, "column": 2, "what": "exec(…)"}],
    }
    assert document["summary"] == {
        "modules": 4,
        "suppressed": 1,
        "ignored": 0,
        "baselined": {"known": 41, "change": -3, "moved": 2, "expired": 0, "expiring": 1},
        "by_severity": {"error": 1, "warning": 0, "info": 0},
        "by_rule": {"LC101": {"name": "layer-order", "severity": "error", "count": 1}},
    }


def test_depends_on_nothing_but_the_findings() -> None:
    elsewhere = RenderContext(Path("/elsewhere"), prefix="x", colour=True, width=20, statistics=True, verbosity=1)
    timed = msgspec.structs.replace(REPORT, timings={"scan": 9.9})
    assert render(timed, elsewhere) == render(REPORT, RenderContext(Path()))


def test_a_fix_tells_what_to_write_where() -> None:
    (finding,) = load(report_on(find(fix=FIX)))["findings"]

    place = {"path": "app/db/a.py", "line": 2, "column": 6, "end_line": 2, "end_column": 15}
    assert finding["fix"] == {"title": "Write `b`", "applicability": "safe", "edits": [{**place, "text": "b"}]}


def test_a_whole_file_is_pointed_at_by_its_beginning() -> None:
    whole = Finding("LC001", "unreadable-file", Severity.ERROR, "m", Location("a.py"), subject="a.py")
    (finding,) = load(build_report([whole], (), REPORT.coverage))["findings"]
    keys = ("line", "column", "end_line", "end_column")
    assert {key: finding[key] for key in keys} == dict.fromkeys(keys, 1)


def test_the_project_itself_has_a_path() -> None:
    project = Finding("LC108", "empty-layer", Severity.ERROR, "m", Location(""), subject="layers")
    assert load(build_report([project], (), REPORT.coverage))["findings"][0]["path"] == "."


def test_a_path_that_is_no_utf_8_is_escaped() -> None:
    strange = Finding("LC001", "unreadable-file", Severity.ERROR, "m", Location("a\udcff.py"), subject="a")
    assert load(build_report([strange], (), REPORT.coverage))["findings"][0]["path"] == r"a\xff.py"


@given(reports)
def test_every_report_keeps_to_the_schema(report: Report) -> None:
    text = render(report, RenderContext(Path()))
    assert text.isascii()
    assert text.endswith("}\n")
    VALIDATOR.validate(json.loads(text))


@pytest.mark.parametrize("part", ["findings", "coverage", "summary"])
def test_the_schema_refuses_what_it_does_not_know(part: str) -> None:
    document = load(REPORT)
    target = document[part][0] if part == "findings" else document[part]
    target["surprise"] = 1
    assert not VALIDATOR.is_valid(document)
