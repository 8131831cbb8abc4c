"""The formats of a change, over one that holds everything."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from layercheck.commands.diff.change import (
    Base,
    Change,
    Dropped,
    Findings,
    LayerEdge,
    ModuleImport,
    Moved,
    TangleChange,
)
from layercheck.commands.diff.diff_formats import list_diff_formats, load_diff_format
from layercheck.model.finding import Finding
from layercheck.model.report import Coverage, build_report
from layercheck.model.severity import Severity
from layercheck.model.source import Location, Position, Span
from layercheck.rule.render_context import RenderContext

CONTEXT = RenderContext(root=Path("/nowhere"), prefix="backend")
REPORT = build_report([], [], Coverage(applications=(), layout="layered", modules=9, roles={}))


def _finding(subject: str, severity: Severity = Severity.ERROR, message: str = "m | <b>%\n") -> Finding:
    path = f"{subject.replace('.', '/')}.py"
    return Finding(
        code="LC101",
        name="layer-order",
        severity=severity,
        message=message,
        location=Location(path, Span(Position(3, 5), Position(3, 9))),
        subject=subject,
        object="app.api",
        importer=subject,
        imported="app.api",
        notes=("a note",),
    )


EVERYTHING = Change(
    base=Base("0123456789abcdef", "merge base with origin/main"),
    head=None,
    findings=Findings(
        introduced=(_finding("app.new"),),
        exposed=(_finding("app.exposed"),),
        moved=(Moved(_finding("app.old_name"), _finding("app.new_name")),),
        carried=(_finding("app.carried"),),
        resolved=(_finding("app.resolved"),),
        dropped=(Dropped(_finding("app.dropped"), "comment"),),
    ),
    report=REPORT,
    edges=(LayerEdge("models", "api", "new", (ModuleImport("app.m", "app.api", Location("app/m.py")),)),),
    tangles=(TangleChange("grown", ("app.a", "app.b", "app.c"), ("app.c",), (), ("app.c", "app.a", "app.c")),),
    notes=("a word of warning",),
)
NOTHING = Change(base=EVERYTHING.base, head="fedcba", findings=Findings(), report=REPORT)


def _render(name: str, change: Change, context: RenderContext = CONTEXT) -> str:
    return load_diff_format(name)(change, context)


def test_these_are_the_formats() -> None:
    assert list_diff_formats() == ("github", "json", "markdown", "text")


@pytest.mark.parametrize("name", list_diff_formats())
def test_every_format_renders_nothing(name: str) -> None:
    text = _render(name, NOTHING)

    assert text.endswith("\n")
    assert "0 introduced" in text or json.loads(text)["summary"]["introduced"] == 0


@pytest.mark.parametrize("name", ["json", "markdown", "text"])
def test_every_format_but_github_tells_everything(name: str) -> None:
    text = _render(name, EVERYTHING).replace("&#95;", "_")

    for word in ("app.new", "exposed", "old_name", "new_name", "resolved", "dropped", "models", "app.c", "of warning"):
        assert word in text, word


def test_json_is_what_a_program_needs() -> None:
    document: dict[str, Any] = json.loads(_render("json", EVERYTHING))

    assert document["base"] == {"commit": "0123456789abcdef", "name": "merge base with origin/main"}
    assert document["moved"][0]["before"]["fingerprint"] == EVERYTHING.findings.moved[0].before.fingerprint
    assert document["dropped"][0]["by"] == "comment"
    assert document["layer_edges"][0]["added"][0]["path"] == "app/m.py"
    assert document["summary"] == dict.fromkeys(("introduced", "exposed", "moved", "carried", "resolved", "dropped"), 1)


def test_github_annotates_only_what_was_introduced() -> None:
    lines = _render("github", EVERYTHING).splitlines()

    assert lines == [
        (
            "::error title=layercheck (LC101),file=app/new.py,line=3,col=6,endLine=3,endColumn=10::"
            "app/new.py:3:6: LC101 m | <b>%25\\x0a%0Aa note"
        ),
        (
            "Against merge base with origin/main (0123456789): "
            "1 introduced, 1 exposed, 1 moved, 1 carried, 1 resolved, 1 dropped."
        ),
    ]


def test_markdown_cannot_be_broken_by_what_it_tells() -> None:
    text = _render("markdown", EVERYTHING)

    assert "| backend/app/new.py:3:6 | LC101 layer-order | error | m &#124; &lt;b&gt;%&#92;x0a |" in text


def test_markdown_stays_below_what_github_takes() -> None:
    long = tuple(_finding(f"app.m{number}", message="|" * 5000) for number in range(500))
    findings = Findings(
        introduced=long,
        exposed=long,
        moved=tuple(map(Moved, long, long)),
        resolved=long,
        dropped=tuple(Dropped(each, "rules") for each in long),
    )

    text = _render("markdown", Change(EVERYTHING.base, None, findings, REPORT))

    assert len(text) < 65_536
    assert "490 more" in text


def test_text_hides_control_characters() -> None:
    change = Change(EVERYTHING.base, None, Findings(resolved=(_finding("app.\x1b[31mred"),)), REPORT)

    assert "\x1b" not in _render("text", change)


def test_text_cuts_long_lists_unless_asked() -> None:
    many = tuple(_finding(f"app.m{number}") for number in range(30))
    change = Change(EVERYTHING.base, None, Findings(resolved=many), REPORT)

    assert "+10 more (-v shows all)" in _render("text", change)
    assert "more" not in _render("text", change, RenderContext(root=Path("/nowhere"), verbosity=1))
