"""Promises of all formats, also of those to come."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import given, settings, strategies as st

from layercheck.model.severity import Severity
from layercheck.model.source import Location
from layercheck.reporters.registry import list_formats, load_format
from layercheck.rule.render_context import RenderContext
from tests.reports import STRANGE, at, find, findings, report_on, reports
from tests.running import check_folder

if TYPE_CHECKING:
    from layercheck.model.finding import Finding
    from layercheck.model.report import Report

FIXTURE = Path(__file__).parents[3] / "fixtures" / "violations"
FORMATS = list_formats()


def render(name: str, report: Report, root: Path = Path("/nowhere")) -> str:
    return load_format(name)(report, RenderContext(root))


def mark(found: list[Finding]) -> list[Finding]:
    """Give every finding a file and a message that no other has."""
    return [
        msgspec.structs.replace(
            finding,
            message=f"{finding.message} message{index}x {finding.message}",
            location=Location(f"{finding.location.path}/file{index}x", finding.location.span),
        )
        for index, finding in enumerate(found)
    ]


@pytest.mark.parametrize("name", FORMATS)
@given(found=st.lists(findings, max_size=12).map(mark))
@settings(max_examples=25, deadline=None)
def test_every_finding_is_there_whatever_it_is_called(name: str, found: list[Finding]) -> None:
    output = render(name, report_on(*found))

    assert [index for index in range(len(found)) if f"file{index}x" not in output] == []
    if name != "text":  # which tells what findings have in common once
        assert [index for index in range(len(found)) if f"message{index}x" not in output] == []


@pytest.mark.parametrize("name", FORMATS)
@given(report=reports)
@settings(max_examples=25, deadline=None)
def test_any_report_can_be_saved_as_utf_8(name: str, report: Report) -> None:
    output = render(name, report)

    assert output.encode().decode() == output
    assert "\x00" not in output
    assert "\x1b" not in output
    assert "\r" not in output
    assert output.endswith("\n") or not output


@pytest.mark.parametrize("name", FORMATS)
def test_every_finding_of_a_real_project_is_there_with_its_place(name: str) -> None:
    report = check_folder(FIXTURE)
    output = render(name, report, FIXTURE)

    assert len(report.findings) > 5
    assert [each.location.path for each in report.findings if each.location.path not in output] == []
    assert [each.code for each in report.findings if each.code not in output] == []


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_findings_give_the_same_bytes_whatever_their_order(name: str) -> None:
    found = [find(line, severity=severity) for line, severity in zip((4, 12, 2, 9, 8), [*Severity] * 2, strict=False)]

    assert render(name, report_on(*found)) == render(name, report_on(*reversed(found)))


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("strange", ["", STRANGE, STRANGE * 200])
def test_strange_names_harm_no_format(name: str, strange: str) -> None:
    whole = find(message=strange, location=Location(strange), notes=(strange,), subject=strange)

    assert render(name, report_on(whole, find())).encode()


@pytest.mark.parametrize("name", ["azure", "concise", "github", "text"])
def test_a_quoted_line_gives_no_commands_to_a_ci_server(name: str, tmp_path: Path) -> None:
    command = "##vso[task.setvariable variable=PATH]/evil ##[add-mask]x"
    (tmp_path / "a.py").write_text(f"from app.api import x  # {command}\n")
    output = render(name, report_on(find(message=command, location=at(1, path="a.py"), notes=(command,))), tmp_path)

    assert "#\\x23vso[task.setvariable" in output
    assert [line for line in output.splitlines() if re.search(r".##vso\[|##\[", line)] == []
