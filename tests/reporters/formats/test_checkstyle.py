from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from hypothesis import given, settings

from layercheck.model.severity import Severity
from layercheck.reporters.display import make_printable
from layercheck.reporters.formats.checkstyle import render
from layercheck.rule.render_context import RenderContext
from tests.reports import STRANGE, at, find, report_on, reports

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from layercheck.model.report import Report


def load(report: Report, prefix: str = "") -> Element:
    return ET.fromstring(render(report, RenderContext(Path("/nowhere"), prefix=prefix)).encode())


def test_findings_by_file() -> None:
    other = find(9, location=at(9, path="app/z.py"), severity=Severity.WARNING)
    assert render(report_on(find(3), find(2), other), RenderContext(Path("/nowhere"))) == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<checkstyle version="4.3">\n'
        '  <file name="app/db/a.py">\n'
        '    <error line="2" column="6" severity="error" message="`db` imports `api`: app.db.a imports app.api.m2"'
        ' source="layercheck.LC101" />\n'
        '    <error line="3" column="6" severity="error" message="`db` imports `api`: app.db.a imports app.api.m3"'
        ' source="layercheck.LC101" />\n'
        "  </file>\n"
        '  <file name="app/z.py">\n'
        '    <error line="9" column="6" severity="warning" message="`db` imports `api`: app.db.a imports app.api.m9"'
        ' source="layercheck.LC101" />\n'
        "  </file>\n"
        "</checkstyle>\n"
    )


def test_nothing_found() -> None:
    assert list(load(report_on())) == []


def test_foreign_text_arrives() -> None:
    (file,) = load(report_on(find(message=STRANGE, location=at(path=STRANGE))))
    assert file.get("name") == make_printable(STRANGE)
    assert file[0].get("message") == make_printable(STRANGE)


def test_paths_are_those_of_the_user() -> None:
    assert load(report_on(find()), "../backend")[0].get("name") == "../backend/app/db/a.py"


@given(reports)
@settings(max_examples=30, deadline=None)
def test_every_report_can_be_parsed(report: Report) -> None:
    assert len(list(load(report).iter("error"))) == len(report.findings)
