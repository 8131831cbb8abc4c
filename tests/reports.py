"""Reports made up for the tests of formats: one finding with everything, many findings, and any report at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from layercheck.model.finding import Baselined, Finding, Hop, Related, Suppressed
from layercheck.model.fix import Applicability, Edit, Fix
from layercheck.model.imports import ImportKind
from layercheck.model.report import ApplicationCoverage, BaselineSummary, BlindSpotPlace, Coverage, build_report
from layercheck.model.severity import Severity
from layercheck.model.source import Location, Position, Span

if TYPE_CHECKING:
    from layercheck.model.report import Report

COVERAGE = Coverage((), "layered", 45, {"api": 1, "db": 30})
STRANGE = "a\n\t%0A\"'`|<b>&]]>;,:]##[x]##vso[y]\\\x00\x1b\udcff\ufffe\u2028é用😀"
"""What breaks formats: their own signs, line ends, controls, a byte that is no UTF-8, what XML forbids, wide characters."""


def find(line: int = 2, **fields: Any) -> Finding:
    """Make a finding that stands in `line` of `app/db/a.py`, with these fields instead of the usual ones."""
    defaults: dict[str, Any] = {
        "code": "LC101",
        "name": "layer-order",
        "severity": Severity.ERROR,
        "message": f"`db` imports `api`: app.db.a imports app.api.m{line}",
        "location": at(line),
        "subject": "app.db.a",
        "object": f"app.api.m{line}",
        "importer": "app.db.a",
        "imported": f"app.api.m{line}",
        "import_kind": ImportKind.RUNTIME,
        "notes": ("`db` may import `utils`", "help: hand it in"),
    }
    return Finding(**(defaults | fields))


FIX = Fix("Write `b`", (Edit(Span(Position(2, 5), Position(2, 14)), "b"),))
"""One edit at the place of `find()`."""


def at(
    line: int = 2, start: int = 5, end: int = 14, path: str = "app/db/a.py", last_line: int | None = None
) -> Location:
    """Make a place; columns from 0."""
    return Location(path, Span(Position(line, start), Position(last_line or line, end)))


def report_on(*findings: Finding, suppressed: tuple[Suppressed, ...] = ()) -> Report:
    """Make a report of these findings."""
    return build_report(findings, suppressed, COVERAGE)


def report_of(number: int) -> Report:
    """Make a report of so many errors, each in a file of its own, as alike as real ones are."""
    return report_on(
        *(
            find(
                message=f"`db` imports `api`, a higher layer: app.db.module_{index:05} imports app.api.resource",
                location=at(index % 80 + 1, path=f"backend/app/db/module_{index:05}.py"),
                subject=f"app.db.module_{index:05}",
                object="app.api.resource",
                importer=f"app.db.module_{index:05}",
                imported="app.api.resource",
            )
            for index in range(number)
        )
    )


# Any text, lone surrogates (paths that are no UTF-8) included.
texts = st.text(st.characters(), min_size=1, max_size=8) | st.sampled_from([STRANGE, "##[", "::", "]]>", "../x", "-->"])
# What is ours: names of rules and of layouts.
words = st.sampled_from(["layer-order", "skipped-layer", "x"])
numbers = st.integers(1, 10**6)
positions = st.builds(Position, numbers, st.integers(0, 10**6))
locations = st.builds(Location, texts, st.none() | st.builds(Span, positions, positions))
edits = st.builds(Edit, st.builds(Span, positions, positions), texts)
fixes = st.builds(Fix, texts, st.lists(edits, min_size=1, max_size=2).map(tuple), st.sampled_from(Applicability))
findings = st.builds(
    Finding,
    code=st.sampled_from(["LC101", "LC102", "XY999"]),
    name=words,
    severity=st.sampled_from(Severity),
    message=texts,
    location=locations,
    subject=texts,
    object=texts,
    importer=st.none() | texts,
    imported=st.none() | texts,
    import_kind=st.none() | st.sampled_from(ImportKind),
    chain=st.lists(st.builds(Hop, texts, texts, locations), max_size=2).map(tuple),
    related=st.lists(st.builds(Related, texts, locations), max_size=2).map(tuple),
    notes=st.lists(texts, max_size=2).map(tuple),
    fix=st.none() | fixes,
)
roles = st.dictionaries(texts, st.integers(0, 9), max_size=3)
coverages = st.builds(
    Coverage,
    applications=st.lists(st.builds(ApplicationCoverage, texts, words, roles, st.integers(0, 9)), max_size=2).map(
        tuple
    ),
    layout=words,
    modules=st.integers(0, 9),
    roles=roles,
    unmapped=st.lists(texts, max_size=2).map(tuple),
    blind_spots=st.lists(st.builds(BlindSpotPlace, texts, numbers, numbers, texts), max_size=2).map(tuple),
    layers=st.lists(texts, max_size=2).map(tuple),
)
reports = st.builds(
    build_report,
    st.lists(findings, max_size=3),
    st.lists(st.builds(Suppressed, findings, texts), max_size=2),
    coverages,
    baselined=st.lists(st.builds(Baselined, findings, texts), max_size=2),
    baseline_summary=st.none() | st.builds(BaselineSummary, *[st.integers(0, 9)] * 5),
)
