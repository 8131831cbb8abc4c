from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings

from layercheck.model.severity import Severity
from layercheck.model.source import Location
from layercheck.reporters.formats.gitlab import render
from layercheck.rule.render_context import RenderContext
from tests.reports import at, find, report_on, reports
from tests.validating import load_valid

if TYPE_CHECKING:
    from layercheck.model.report import Report


def load(report: Report, root: Path = Path("/nowhere"), repository: Path | None = None) -> list[dict[str, Any]]:
    text = render(report, RenderContext(root, repository=repository))
    document: list[dict[str, Any]] = load_valid(text, "gitlab-code-quality")
    return document


def test_one_finding() -> None:
    assert load(report_on(find())) == [
        {
            "check_name": "LC101 layer-order",
            "description": "LC101 `db` imports `api`: app.db.a imports app.api.m2",
            "severity": "major",
            "fingerprint": find().fingerprint,
            "location": {
                "path": "app/db/a.py",
                "positions": {"begin": {"line": 2, "column": 6}, "end": {"line": 2, "column": 15}},
            },
        }
    ]


def test_a_clean_project_is_an_empty_list() -> None:
    assert render(report_on(), RenderContext(Path("/nowhere"))) == "[]\n"


def test_severities() -> None:
    found = load(report_on(*(find(severity=severity) for severity in Severity)))
    assert {each["severity"] for each in found} == {"major", "minor", "info"}


def test_equal_identities_have_fingerprints_of_their_own_that_stay_when_lines_move() -> None:
    twins = [find(location=at(line)) for line in (2, 5, 9)]
    moved = [find(location=at(line)) for line in (12, 15, 19)]

    fingerprints = [each["fingerprint"] for each in load(report_on(*twins))]
    assert len(set(fingerprints)) == 3
    assert fingerprints == [each["fingerprint"] for each in load(report_on(*moved))]


def test_paths_are_those_of_the_repository(tmp_path: Path) -> None:
    (found,) = load(report_on(find()), tmp_path / "services" / "backend", tmp_path)
    assert found["location"]["path"] == "services/backend/app/db/a.py"


def test_the_project_itself_has_a_path() -> None:
    assert load(report_on(find(location=Location(""))))[0]["location"]["path"] == "."


@given(reports)
@settings(max_examples=30, deadline=None)
def test_every_report_keeps_to_the_schema(report: Report) -> None:
    found = load(report)
    assert len({each["fingerprint"] for each in found}) == len(report.findings)
