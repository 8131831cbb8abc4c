from __future__ import annotations

import gzip
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes

import msgspec
import pytest
from hypothesis import given, settings

from layercheck.model.finding import Baselined, Hop, Related, Suppressed
from layercheck.model.severity import Severity
from layercheck.model.source import Location
from layercheck.plugins.built_in import builtin_rules
from layercheck.reporters.formats.sarif import render
from layercheck.reporters.line_hashes import hash_lines
from layercheck.rule.render_context import RenderContext
from tests.reports import FIX, STRANGE, at, find, report_of, report_on, reports
from tests.validating import load_valid

if TYPE_CHECKING:
    from layercheck.model.report import Report


def load(report: Report, root: Path = Path("/nowhere"), repository: Path | None = None) -> dict[str, Any]:
    document = load_valid(
        render(report, RenderContext(root, list_rules=builtin_rules, repository=repository)), "sarif-2.1.0-rtm.5"
    )
    run: dict[str, Any] = document["runs"][0]
    return run


def test_a_finding_with_everything() -> None:
    finding = find(
        chain=(Hop("app.db.a", "app.core", at(2)), Hop("app.core", "app.api.m2", at(7, path="app/core.py"))),
        related=(Related("imported here as well", at(9, 0, 3)),),
    )
    (result,) = load(report_on(finding))["results"]

    def place(path: str, line: int, start: int, end: int) -> dict[str, Any]:
        region = {"startLine": line, "startColumn": start, "endLine": line, "endColumn": end}
        return {"artifactLocation": {"uri": path}, "region": region}

    assert result == {
        "ruleId": "LC101",
        "ruleIndex": 0,
        "level": "error",
        "message": {
            "text": "`db` imports `api`: app.db.a imports app.api.m2\n`db` may import `utils`\nhelp: hand it in"
        },
        "locations": [{"physicalLocation": place("app/db/a.py", 2, 6, 15)}],
        "relatedLocations": [
            {
                "id": 1,
                "message": {"text": "app.db.a imports app.core"},
                "physicalLocation": place("app/db/a.py", 2, 6, 15),
            },
            {
                "id": 2,
                "message": {"text": "app.core imports app.api.m2"},
                "physicalLocation": place("app/core.py", 7, 6, 15),
            },
            {
                "id": 3,
                "message": {"text": "imported here as well"},
                "physicalLocation": place("app/db/a.py", 9, 1, 4),
            },
        ],
        "partialFingerprints": {"layercheck/v1": finding.fingerprint},
        "suppressions": [],
    }


def test_a_fix_is_a_replacement() -> None:
    (result,) = load(report_on(find(fix=FIX)))["results"]

    assert result["fixes"] == [
        {
            "description": {"text": "Write `b`"},
            "artifactChanges": [
                {
                    "artifactLocation": {"uri": "app/db/a.py"},
                    "replacements": [
                        {
                            "deletedRegion": {"startLine": 2, "startColumn": 6, "endLine": 2, "endColumn": 15},
                            "insertedContent": {"text": "b"},
                        }
                    ],
                }
            ],
        }
    ]


def test_what_code_scanning_demands_of_the_run() -> None:
    run = load(report_on(find()))

    assert run["tool"]["driver"]["name"] == "layercheck"
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["automationDetails"] == {"id": "layercheck/"}
    assert run["invocations"] == [{"executionSuccessful": True}]


def test_rules_without_a_result_are_left_out() -> None:
    suppressed, baselined = Suppressed(find(code="LC102"), ""), Baselined(find(code="LC104"), "")
    report = report_on(find(code="LC103"), suppressed=(suppressed,))
    run = load(msgspec.structs.replace(report, baselined=(baselined,)))

    ids = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert ids == ["LC102", "LC103", "LC104"]
    assert all(ids[result["ruleIndex"]] == result["ruleId"] for result in run["results"])
    assert load(report_on())["tool"]["driver"]["rules"] == []


def test_every_rule_brings_its_help() -> None:
    report = report_on(*(find(code=rule.code, name=rule.name) for rule in builtin_rules()))
    rules = load(report)["tool"]["driver"]["rules"]

    assert [rule["id"] for rule in rules] == [rule.code for rule in builtin_rules()]
    for rule in rules:
        assert 0 < len(rule["shortDescription"]["text"]) < 100
        assert rule["shortDescription"]["text"] != rule["fullDescription"]["text"]
        assert 0 < len(rule["fullDescription"]["text"]) <= 1024
        assert "## Why is this bad?" in rule["help"]["markdown"]
        assert rule["defaultConfiguration"]["level"] in {"error", "warning", "note"}


def test_a_rule_that_only_a_finding_knows_is_described() -> None:
    run = load(report_on(find(code="XY001", name="strange", severity=Severity.INFO)))
    (result,) = run["results"]

    rule = run["tool"]["driver"]["rules"][result["ruleIndex"]]
    assert (rule["id"], rule["help"]["text"], result["level"]) == ("XY001", "strange", "note")


def test_what_is_put_aside_is_told_with_its_reason() -> None:
    suppress_findings = (Suppressed(find(3), "until the queue is there"), Suppressed(find(4), ""))
    run = load(report_on(find(), suppressed=suppress_findings))

    assert [result["suppressions"] for result in run["results"]] == [
        [],
        [{"kind": "inSource", "justification": "until the queue is there"}],
        [{"kind": "inSource"}],
    ]


def test_what_the_baseline_knows_is_put_aside_from_outside() -> None:
    report = msgspec.structs.replace(report_on(find()), baselined=(Baselined(find(3), "no queue yet"),))

    assert [result["suppressions"] for result in load(report)["results"]] == [
        [],
        [{"kind": "external", "justification": "no queue yet"}],
    ]


def test_a_line_has_the_hash_that_github_computes(tmp_path: Path) -> None:
    text = "import a\nfrom b import c\nx = 1\n"
    (tmp_path / "a.py").write_text(text)
    results = load(report_on(find(location=at(2, path="a.py")), find(location=Location("a.py"))), tmp_path)["results"]

    assert [result["partialFingerprints"]["primaryLocationLineHash"] for result in results] == [
        hash_lines(text)[0],
        hash_lines(text)[1],
    ]


@pytest.mark.parametrize("line", [4, 10**6])
def test_a_line_that_is_not_there_has_no_hash(tmp_path: Path, line: int) -> None:
    (tmp_path / "a.py").write_text("x\ny")
    (result,) = load(report_on(find(location=at(line, path="a.py"))), tmp_path)["results"]

    assert "primaryLocationLineHash" not in result["partialFingerprints"]


def test_uris_are_relative_to_the_repository(tmp_path: Path) -> None:
    backend = tmp_path / "backend"
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "s.py").touch()
    backend.mkdir()
    (backend / "linked").symlink_to(tmp_path / "shared")
    found = (find(location=at(path=path)) for path in ("linked/s.py", "a b#?%:ü.py", "\udcff.py", "../pyproject.toml"))
    run = load(report_on(*found), backend, tmp_path)

    uris = [result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in run["results"]]
    assert sorted(uris) == [
        "backend/%FF.py",
        "backend/a%20b%23%3F%25%3A%C3%BC.py",
        "pyproject.toml",
        "shared/s.py",
    ]
    assert run["automationDetails"] == {"id": "layercheck/backend/"}


def test_a_path_survives_whatever_it_holds() -> None:
    (result,) = load(report_on(find(location=at(path=STRANGE))))["results"]

    uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert unquote_to_bytes(uri).decode("utf-8", "surrogateescape") == STRANGE


@given(reports)
@settings(max_examples=30, deadline=None)
def test_every_report_keeps_to_the_schema(report: Report) -> None:
    assert len(load(report)["results"]) == len(report.findings) + len(report.suppressed) + len(report.baselined)


def test_the_gravest_are_kept_where_github_takes_no_more() -> None:
    minor = find(code="LC107", severity=Severity.WARNING, location=Location("a.py"))
    report = report_of(25_000)
    report = msgspec.structs.replace(report, findings=(minor, *report.findings))
    text = render(report, RenderContext(Path("/nowhere"), list_rules=builtin_rules))
    run = msgspec.json.decode(text)["runs"][0]

    assert len(run["results"]) == 25_000
    assert {result["level"] for result in run["results"]} == {"error"}
    (notification,) = run["invocations"][0]["toolExecutionNotifications"]
    assert notification["message"]["text"].startswith("1 of 25,001 findings are left out")
    assert len(gzip.compress(text.encode(), 1)) < 10_000_000


def test_places_are_limited_too() -> None:
    related = tuple(Related("again", at(line)) for line in range(3, 2000))
    (result,) = load(report_on(find(related=related)))["results"]

    assert len(result["relatedLocations"]) == 999
