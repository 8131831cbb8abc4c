from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings

from layercheck.model.severity import Severity
from layercheck.reporters.display import make_printable
from layercheck.reporters.formats.junit import render
from layercheck.rule.render_context import RenderContext
from tests.reports import STRANGE, at, find, report_on, reports

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from layercheck.model.report import Report


def load(report: Report, fail_on: Severity = Severity.ERROR) -> Element:
    return ET.fromstring(render(report, RenderContext(Path("/nowhere"), fail_on=fail_on)).encode())


def test_one_finding() -> None:
    assert render(report_on(find()), RenderContext(Path("/nowhere"))) == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<testsuites name="layercheck" tests="1" failures="1" skipped="0" errors="0">\n'
        '  <testsuite name="app/db/a.py" tests="1" failures="1" skipped="0" errors="0" package="org.layercheck">\n'
        '    <testcase name="layer-order: `db` imports `api`: app.db.a imports app.api.m2"'
        ' classname="org.layercheck.LC101" file="app/db/a.py" line="2" column="6">\n'
        '      <failure type="error" message="`db` imports `api`: app.db.a imports app.api.m2">'
        "app/db/a.py:2:6: error[LC101]\n"
        "`db` imports `api`: app.db.a imports app.api.m2\n"
        "`db` may import `utils`\n"
        "help: hand it in</failure>\n"
        "    </testcase>\n"
        "  </testsuite>\n"
        "</testsuites>\n"
    )


def test_a_clean_run_has_a_case_that_passes() -> None:
    root = load(report_on())
    assert (root.get("tests"), root.get("failures")) == ("1", "0")
    ((case,),) = root
    assert case.get("name") == "No findings found"
    assert list(case) == []


@pytest.mark.parametrize(
    ("fail_on", "failures"), [(Severity.ERROR, "1"), (Severity.WARNING, "2"), (Severity.INFO, "3")]
)
def test_a_case_fails_where_the_check_does(fail_on: Severity, failures: str) -> None:
    root = load(report_on(*(find(line, severity=each) for line, each in enumerate(Severity, start=2))), fail_on)
    assert (root.get("tests"), root.get("failures"), root.get("skipped")) == ("3", failures, str(3 - int(failures)))
    assert len(list(root.iter("failure"))) == int(failures)
    assert len(list(root.iter("skipped"))) == 3 - int(failures)


def test_names_are_unique_and_hold_no_lines() -> None:
    root = load(report_on(*(find(location=at(line)) for line in (2, 5, 9))))
    names = [case.get("name") for case in root.iter("testcase")]
    name = "layer-order: `db` imports `api`: app.db.a imports app.api.m2"
    assert names == [name, f"{name} (2)", f"{name} (3)"]


def test_foreign_text_arrives() -> None:
    ((case,),) = load(report_on(find(message=STRANGE, location=at(path=STRANGE))))
    assert case.get("file") == make_printable(STRANGE)
    assert case[0].get("message") == make_printable(STRANGE)
    assert make_printable(STRANGE) in (case[0].text or "")


@given(reports)
@settings(max_examples=30, deadline=None)
def test_every_report_can_be_parsed_and_counts_right(report: Report) -> None:
    root = load(report)
    assert len(list(root.iter("testcase"))) == max(1, len(report.findings)) == int(root.get("tests", 0))
    assert sum(int(suite.get("tests", 0)) for suite in root) == int(root.get("tests", 0))
    assert (root.get("failures") == "0") is not report.exceeds(Severity.ERROR)
