from __future__ import annotations

from pathlib import Path

from layercheck.model.finding import Finding
from layercheck.model.report import Coverage, build_report
from layercheck.model.severity import Severity
from layercheck.model.source import Location, Position, Span
from layercheck.reporters.formats.concise import render
from layercheck.rule.render_context import RenderContext

COVERAGE = Coverage((), "layered", 2, {})
FOUND = (
    Finding("LC104", "leaf-layer", Severity.WARNING, "b leans on a", Location("app/b.py"), subject="app.b"),
    Finding(
        "LC101",
        "layer-order",
        Severity.ERROR,
        "a imports b",
        Location("app/a.py", Span(Position(3, 5), Position(3, 9))),
        subject="app.a",
        notes=("a note",),
    ),
)


def test_one_line_for_every_finding_and_nothing_else() -> None:
    assert render(build_report(FOUND, (), COVERAGE), RenderContext(Path())) == (
        "app/a.py:3:6: error[LC101] a imports b\n"
        "app/b.py:1:1: warning[LC104] b leans on a\n"
    )  # fmt: skip


def test_nothing_at_all_when_there_is_nothing_to_say() -> None:
    assert render(build_report((), (), COVERAGE), RenderContext(Path())) == ""


def test_paths_are_those_of_the_user() -> None:
    report = build_report(FOUND[:1], (), COVERAGE)
    assert render(report, RenderContext(Path(), prefix="../backend")).startswith("../backend/app/b.py:1:1: ")


def test_a_finding_stays_on_one_line() -> None:
    broken = Finding("LC001", "unreadable-file", Severity.ERROR, "a\nb", Location("a\n\udcff.py"), subject="a")
    report = build_report([broken], (), COVERAGE)
    assert render(report, RenderContext(Path())) == "a\\x0a\\xff.py:1:1: error[LC001] a\\x0ab\n"


def test_colour_marks_the_severity() -> None:
    report = build_report(FOUND[:1], (), COVERAGE)
    assert "\x1b[33m\x1b[1mwarning[LC104]\x1b[0m" in render(report, RenderContext(Path(), colour=True))
