from __future__ import annotations

import html
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings

from layercheck.model.finding import Suppressed
from layercheck.model.severity import Severity
from layercheck.model.source import Location
from layercheck.reporters.display import make_printable
from layercheck.reporters.formats.markdown import render
from layercheck.reporters.markdown_comment import write_comment
from layercheck.rule.render_context import RenderContext
from tests.reports import STRANGE, at, find, report_of, report_on, reports

if TYPE_CHECKING:
    from layercheck.model.report import Report

CONTEXT = RenderContext(Path("/nowhere"))
ROW = re.compile(r"\| (.*) \| (.*) \|")


def read_rows(text: str) -> list[tuple[str, str]]:
    """The cells of the findings, as a reader sees them."""
    tables = re.findall(r"^\| place \| finding \|\n\|---\|---\|\n((?:\|.*\n)*)", text, re.MULTILINE)
    lines = [line for table in tables for line in table.splitlines()]
    assert all(line.count("|") == 3 for line in lines)
    matches = filter(None, map(ROW.fullmatch, lines))
    return [(read_cell(match[1]), read_cell(match[2])) for match in matches]


def read_cell(text: str) -> str:
    """What is shown of a cell: code spans as they are, outside of them entities for signs, tags for code."""
    parts = re.split("`([^`]*)`", text)
    shown = [html.unescape(re.sub("</?code>", "`", part)) for part in parts[::2]]
    code = [f"`{part}`" for part in parts[1::2]]
    return "".join(part for pair in zip(shown, [*code, ""], strict=True) for part in pair)


def test_a_comment() -> None:
    minor = find(7, code="LC107", name="unmapped-module", severity=Severity.INFO, notes=(), message="no role: app.__x")
    report = report_on(find(2), find(9), minor, suppressed=(Suppressed(find(3), "known"),))

    assert render(report, CONTEXT) == (
        """\
### layercheck: Found 2 errors and 1 info in 45 modules (1 suppressed).

| findings | rule | severity |
|---:|---|---|
| 2 | LC101 layer-order | error |
| 1 | LC107 unmapped-module | info |

<details><summary>LC101 layer-order: 2 errors</summary>

- `db` may import `utils`
- help: hand it in

| place | finding |
|---|---|
| `app/db/a.py:2:6` | `db` imports `api`: app.db.a imports app.api.m2 |
| `app/db/a.py:9:6` | `db` imports `api`: app.db.a imports app.api.m9 |

</details>

<details><summary>LC107 unmapped-module: 1 info</summary>

| place | finding |
|---|---|
| `app/db/a.py:7:6` | no role: app.&#95;&#95;x |

</details>
"""
    )


def test_a_clean_project_is_one_line() -> None:
    assert render(report_on(), CONTEXT) == "### layercheck: All 45 modules keep the layers.\n"


@pytest.mark.parametrize("message", [STRANGE, "`a|b` c|d", "a ` b", "``", "` a`", "`\\`", "*a* __b__ [c](d) <e> &amp;"])
def test_foreign_text_breaks_no_table(message: str) -> None:
    text = render(report_on(find(message=message, location=Location(f"{message}.py"))), CONTEXT)

    ((place, shown),) = read_rows(text)
    assert place == f"`{make_printable(message)}.py:1:1`"
    assert shown == make_printable(message)


def test_paths_are_those_of_the_repository(tmp_path: Path) -> None:
    text = render(report_on(find()), RenderContext(tmp_path / "backend", repository=tmp_path))
    assert "| `backend/app/db/a.py:2:6` |" in text


@given(reports)
@settings(max_examples=30, deadline=None)
def test_every_finding_has_its_row(report: Report) -> None:
    assert len(read_rows(render(report, CONTEXT))) == len(report.findings)


@pytest.mark.parametrize("number", [255, 256, 257, 5_000])
@pytest.mark.parametrize("most", [1_000, 20_000, 65_000])
def test_what_does_not_fit_is_counted(number: int, most: int) -> None:
    text = write_comment(report_of(number), CONTEXT, most)
    rows = len(read_rows(text))

    assert len(text.encode()) <= most
    assert text.count("<details>") == text.count("</details>")
    left = re.search(r"\*\*Cut here:\*\* ([\d,]+) findings? of ([\d,]+) did not fit", text)
    assert (number - rows) == (int(left[1].replace(",", "")) if left else 0)


def test_a_single_finding_that_is_too_long_is_counted_too() -> None:
    long: Any = find(message="x" * 70_000)
    text = render(report_on(long, find(3)), CONTEXT)
    assert len(text) < 65_000
    assert "**Cut here:** 2 findings of 2 did not fit into 65,000 bytes." in text


def test_size_is_counted_in_bytes() -> None:
    found = (find(line, message="用户" * 500, location=at(line)) for line in range(1, 60))
    text = render(report_on(*found), CONTEXT)
    assert 50_000 < len(text.encode()) <= 65_000
