from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from layercheck.model.severity import Severity
from layercheck.model.source import Location
from layercheck.reporters.formats.azure import render
from layercheck.rule.render_context import RenderContext
from tests.reports import STRANGE, at, find, report_on

COMMAND = re.compile(r"##vso\[task\.logissue (?P<properties>[^\]]*)\](?P<data>.*)")


def show(*findings: Any) -> list[str]:
    return render(report_on(*findings), RenderContext(Path("/nowhere"))).splitlines()


def test_one_issue() -> None:
    (line,) = show(find())
    assert line == (
        "##vso[task.logissue type=error;sourcepath=app/db/a.py;linenumber=2;columnnumber=6;code=LC101;]"
        "`db` imports `api`: app.db.a imports app.api.m2"
    )


def test_the_gravest_come_first_and_infos_are_plain_lines() -> None:
    lines = show(find(2, severity=Severity.INFO), find(3, severity=Severity.WARNING), find(4))

    assert [line[:32] for line in lines[:2]] == ["##vso[task.logissue type=error;s", "##vso[task.logissue type=warning"]
    assert lines[2] == "app/db/a.py:2:6: info[LC101] `db` imports `api`: app.db.a imports app.api.m2"


def test_the_project_itself_has_no_source() -> None:
    assert show(find(location=Location("")))[0].startswith("##vso[task.logissue type=error;code=LC101;]")


def test_foreign_text_can_give_no_commands() -> None:
    strange = at(2, path=f"##vso[task.complete]{STRANGE}")
    (error, info) = show(find(location=strange, message=STRANGE), find(3, location=strange, severity=Severity.INFO))

    match = COMMAND.fullmatch(error)
    assert match is not None
    names = [pair.partition("=")[0] for pair in match["properties"].split(";")]
    assert names == ["type", "sourcepath", "linenumber", "columnnumber", "code", ""]
    assert "a\\x0a\\x09%AZP250A" in match["data"]
    assert "##vso[" not in info + error[2:]
    assert "##[" not in info + error


def test_nothing_to_say() -> None:
    assert show() == []
