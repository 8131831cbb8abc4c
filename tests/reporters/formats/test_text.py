from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import msgspec
import pytest

from layercheck.model.finding import Baselined, Finding, Hop, Related, Suppressed
from layercheck.model.imports import ImportKind
from layercheck.model.report import ApplicationCoverage, BaselineSummary, BlindSpotPlace, Coverage, build_report
from layercheck.model.severity import Severity
from layercheck.model.source import Location, Position, Span
from layercheck.reporters.formats.text import render
from layercheck.rule.render_context import RenderContext

COVERAGE = Coverage(
    applications=(ApplicationCoverage("app", "layered", {"api": 1, "db": 30, "services": 11}, 3),),
    layout="layered",
    modules=45,
    roles={"api": 1, "db": 30, "services": 11},
    unmapped=("app.x", "app.y", "app.z"),
    layers=("main", "api", "services", "models : db"),
)
NOTES = ("`db` may import `utils`", "help: hand it in")


def find(line: int = 2, **fields: Any) -> Finding:
    defaults: dict[str, Any] = {
        "code": "LC101",
        "name": "layer-order",
        "severity": Severity.ERROR,
        "message": f"`db` imports `api`: app.db.a imports app.api.m{line}",
        "location": Location("app/db/a.py", Span(Position(line, 5), Position(line, 14))),
        "subject": "app.db.a",
        "object": f"app.api.m{line}",
        "importer": "app.db.a",
        "imported": f"app.api.m{line}",
        "import_kind": ImportKind.RUNTIME,
        "notes": NOTES,
    }
    return Finding(**(defaults | fields))


def show(
    *findings: Finding,
    root: Path = Path("/nowhere"),
    suppressed: int = 0,
    coverage: Coverage = COVERAGE,
    **context: Any,
) -> str:
    suppress_findings = [Suppressed(find(), "")] * suppressed
    return render(build_report(findings, suppress_findings, coverage), RenderContext(root, **context))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "app/db").mkdir(parents=True)
    (tmp_path / "app/db/a.py").write_text("".join(f"from app.api.m{line} import x{line}\n" for line in range(1, 30)))
    return tmp_path


def test_one_finding(project: Path) -> None:
    assert (
        show(find(), root=project)
        == """\
app/db/a.py:2:6: error[LC101] `db` imports `api`: app.db.a imports app.api.m2
  2 | from app.api.m2 import x2
    |      ^^^^^^^^^
    = `db` may import `utils`
    = help: hand it in

app (layered): 30 db, 11 services, 1 api, 3 without a role
layers, highest first: main > api > services > models : db
no modules in models
Found 1 error in 45 modules.
     1  LC101  layer-order
For details, run `layercheck explain LC101`.
"""
    )


def test_nothing_found() -> None:
    assert (
        show(suppressed=2)
        == """\
app (layered): 30 db, 11 services, 1 api, 3 without a role
layers, highest first: main > api > services > models : db
no modules in models
No layer is broken in 42 modules; not judged: 3 without a role (2 suppressed).
"""
    )


def test_known_findings_are_counted_and_their_change_is_told() -> None:
    report = build_report(
        [],
        [],
        COVERAGE,
        baselined=[Baselined(find(), "")],
        baseline_summary=BaselineSummary(known=1_041, stale=3, moved=2, expired=0, expiring=1),
    )
    assert render(report, RenderContext(Path())).splitlines()[3:] == [
        "known 1,041 (-3), moved 2, expiring soon 1",
        "No new findings in 45 modules.",
    ]


def test_an_empty_baseline_is_told_as_well() -> None:
    judged = msgspec.structs.replace(COVERAGE, unmapped=())
    report = build_report([], [], judged, baseline_summary=BaselineSummary())
    assert render(report, RenderContext(Path())).splitlines()[3:] == ["known 0", "All 45 modules keep the layers."]


def test_what_repeats_is_said_once(project: Path) -> None:
    lazy = find(12, import_kind=ImportKind.DEFERRED, related=(Related("again", Location("app/db/a.py")),) * 2)
    output = show(find(2), find(9), lazy, find(3, code="LC103", name="isolated-layer"), root=project)
    assert output.startswith(
        """\
app/db/a.py:2:6: error[LC101] `db` imports `api`: app.db.a imports app.api.m2
  2 | from app.api.m2 import x2
    |      ^^^^^^^^^
    = `db` may import `utils`
    = help: hand it in

  2 more of LC101 layer-order:
  app/db/a.py:9:6   app.api.m9
  app/db/a.py:12:6  app.api.m12 (deferred) (+2 places)

app/db/a.py:3:6: error[LC103]"""
    )


def test_five_hundred_findings_take_a_line_each() -> None:
    output = show(*(find(line) for line in range(1, 501)))
    assert output.count("help") == 1
    assert all(f"app/db/a.py:{line}:6" in output for line in range(1, 501))
    assert len(output.splitlines()) < 520


def test_verbose_shows_every_finding_in_full(project: Path) -> None:
    output = show(find(2), find(9), root=project, verbosity=1)
    assert output.count("help") == 2
    assert "  9 | from app.api.m9 import x9\n" in output
    assert "without a role: app.x, app.y, app.z\n" in output


def test_quiet_shows_findings_only() -> None:
    assert show(find(), verbosity=-1).splitlines() == [
        "app/db/a.py:2:6: error[LC101] `db` imports `api`: app.db.a imports app.api.m2",
        "  = `db` may import `utils`",
        "  = help: hand it in",
    ]
    assert show(verbosity=-1) == ""


def test_the_gravest_come_first() -> None:
    output = show(
        find(1, code="LC107", severity=Severity.INFO),
        find(2, code="LC109", severity=Severity.WARNING),
        find(3, code="LC106", severity=Severity.WARNING),
        find(4, code="LC108"),
    )
    assert re.findall(r"\[(LC\d+)\]", output) == ["LC108", "LC106", "LC109", "LC107"]


def test_at_a_terminal_the_gravest_come_last_and_infos_take_a_line_for_each_rule() -> None:
    output = show(
        find(1, code="LC107", severity=Severity.INFO),
        find(2, code="LC107", severity=Severity.INFO, notes=()),
        find(3, code="LC204", severity=Severity.INFO),
        find(4, code="LC109", severity=Severity.WARNING),
        find(5, code="LC101"),
        is_terminal=True,
    )

    assert re.findall(r"\[(LC\d+)\]", output) == ["LC107", "LC204", "LC109", "LC101"]
    assert output.splitlines()[0].endswith("app.api.m1 (+1 more: -v)")
    assert output.splitlines()[1].startswith("app/db/a.py:3:6: info[LC204]")
    assert output.count("help") == 2


def test_at_a_terminal_long_lists_of_places_are_cut() -> None:
    many = [find(line) for line in range(1, 31)]

    assert "  +24 more: -v\n" in show(*many, is_terminal=True)
    assert show(*many, is_terminal=True).count("app/db/a.py:") == 6
    assert show(*many).count("app/db/a.py:") == 30


def test_who_finds_a_lot_is_told_how_to_begin() -> None:
    few, many = [find(line) for line in range(1, 51)], [find(line) for line in range(1, 52)]

    assert "run `layercheck baseline --all`" not in show(*few)
    assert "run `layercheck baseline --all`" in show(*many)
    report = build_report(many, [], COVERAGE, baseline_summary=BaselineSummary(known=1))
    assert "run `layercheck baseline --all`" not in render(report, RenderContext(Path()))


def test_infos_do_not_drown_errors() -> None:
    infos = [
        find(code="LC107", severity=Severity.INFO, location=Location(f"app/m{index:03}.py"), imported=None)
        for index in range(300)
    ]
    output = show(find(), *infos, width=60)
    assert len(output.splitlines()) < 30
    assert "app/m001.py, app/m002.py" in output
    assert "+287 more" in output
    assert all(finding.location.path in show(*infos, verbosity=1) for finding in infos)


def test_a_chain_is_shown_hop_by_hop() -> None:
    hops = (
        Hop("app.db.a", "app.core.b", Location("app/db/a.py", Span(Position(2, 5), Position(2, 9)))),
        Hop("app.core.b", "app.api.c", Location("app/core/b.py", Span(Position(11, 0), Position(11, 9)))),
    )
    output = show(find(2, chain=hops), find(3, chain=hops))
    assert "    app/db/a.py:2:6     imports app.core.b\n    app/core/b.py:11:1  imports app.api.c\n" in output
    assert "  app/db/a.py:3:6  app.api.m3 through app.core.b\n" in output


def test_a_cycle_does_not_lead_through_its_own_ends() -> None:
    def hop(importer: str, imported: str) -> Hop:
        return Hop(importer, imported, Location("app/a.py", Span(Position(2, 5), Position(2, 9))))

    def show_second(*chain: Hop) -> str:
        cycle = find(3, importer="app.a", imported="app.b", chain=chain)
        return show(find(2, importer="app.a", imported="app.b", chain=chain), cycle)

    assert ":3:6  app.b\n" in show_second(hop("app.b", "app.a"), hop("app.a", "app.b"))
    three = show_second(hop("app.b", "app.c"), hop("app.c", "app.a"), hop("app.a", "app.b"))
    assert ":3:6  app.b through app.c\n" in three


def test_three_related_places_are_enough() -> None:
    related = tuple(
        Related("again", Location("app/db/a.py", Span(Position(n, 0), Position(n, 1)))) for n in range(4, 9)
    )
    output = show(find(related=related))
    assert "    app/db/a.py:6:1  again\n    +2 more: -v\n" in output
    assert "    app/db/a.py:8:1  again\n" in show(find(related=related), verbosity=1)


@pytest.mark.parametrize(
    ("severities", "modules", "suppressed", "verdict"),
    [
        ("", 1, 0, "1 module keeps the layers."),
        ("", 1234, 1, "All 1,234 modules keep the layers (1 suppressed)."),
        ("i", 5, 0, "All 5 modules keep the layers; 1 info."),
        ("ii", 5, 3, "All 5 modules keep the layers; 2 infos (3 suppressed)."),
        ("w", 5, 0, "Found 1 warning in 5 modules."),
        ("ew", 5, 2, "Found 1 error and 1 warning in 5 modules (2 suppressed)."),
        ("eewi", 1, 0, "Found 2 errors, 1 warning and 1 info in 1 module."),
    ],
)
def test_the_verdict_in_one_line(severities: str, modules: int, suppressed: int, verdict: str) -> None:
    kinds = {"e": Severity.ERROR, "w": Severity.WARNING, "i": Severity.INFO}
    found = [find(line, severity=kinds[letter]) for line, letter in enumerate(severities, start=1)]
    coverage = Coverage((), "layered", modules, {})
    assert verdict in show(*found, suppressed=suppressed, coverage=coverage).splitlines()


def test_statistics_are_a_table() -> None:
    output = show(find(1), find(2, code="LC109", name="persistence-imports-schema"), find(3), statistics=True)
    assert (
        """
 count  code   name                        severity
     2  LC101  layer-order                 error
     1  LC109  persistence-imports-schema  error
"""
        in output
    )
    assert show(find(1), statistics=True, verbosity=-1).endswith("layer-order  error\n")
    assert "count" not in show(statistics=True)


def test_blind_spots_are_counted_with_the_first_place() -> None:
    spots = tuple(BlindSpotPlace("app/x.py", line, 5, "import_module(name)") for line in (3, 4))
    one = Coverage((), "layered", 5, {}, blind_spots=spots[:1])
    two = Coverage((), "layered", 5, {}, blind_spots=spots)
    assert "1 import cannot be resolved statically: app/x.py:3:5 import_module(name)\n" in show(coverage=one)
    assert "2 imports cannot be resolved statically, the first at app/x.py:3:5 import_module(name)\n" in show(
        coverage=two
    )
    assert "  app/x.py:4:5 import_module(name)\n" in show(coverage=two, verbosity=1)


def test_many_applications_are_summed_up() -> None:
    applications = tuple(ApplicationCoverage(f"services/s{index}", "flat", {"api": 2}, 0) for index in range(5))
    coverage = Coverage(applications, "flat", 10, {"api": 10})
    output = show(coverage=coverage, prefix="..")
    assert output.startswith("../services/s0 (flat): 2 api\n")
    assert "+2 more applications; in all 10 api\n" in output
    assert "../services/s4 (flat)" in show(coverage=coverage, prefix="..", verbosity=1)


def test_the_project_root_is_named_as_the_user_sees_it() -> None:
    coverage = Coverage((ApplicationCoverage(".", "flat", {}, 2),), "flat", 2, {})
    assert show(coverage=coverage).startswith(". (flat): 2 without a role\n")
    assert show(coverage=coverage, prefix="backend").startswith("backend (flat): ")


def test_paths_are_those_of_the_user(project: Path) -> None:
    output = show(find(2), find(3), root=project, prefix="../backend")
    assert output.startswith("../backend/app/db/a.py:2:6: error")
    assert "\n  ../backend/app/db/a.py:3:6  app.api.m3\n" in output


def test_colour_changes_nothing_but_colours(project: Path) -> None:
    found = [find(2), find(3), find(4, severity=Severity.WARNING, code="LC109")]
    coloured = show(*found, root=project, colour=True)
    assert "\x1b[31m\x1b[1merror[LC101]\x1b[0m" in coloured
    assert re.sub(r"\x1b\[\d+m", "", coloured) == show(*found, root=project)


def test_foreign_text_cannot_harm_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_bytes(b"x = '\x1b[31m\xff'\n")
    evil = find(
        1, location=Location("a.py", Span(Position(1, 0), Position(1, 1))), message="a\n\x1b]0;b\x07", notes=("\r",)
    )
    strange = find(1, location=Location("\udcff.py"), code="LC001", imported="\udcff")
    output = show(evil, strange, strange, root=tmp_path)
    assert "\x1b" not in output
    assert "\r" not in output
    assert "x = '\\x1b[31m\ufffd'" in output
    assert output.encode()


def test_at_a_terminal_nothing_but_code_is_wider_than_it() -> None:
    long = find(message=f"`db` imports `api`: {'app.db.a and ' * 12}app.api.m", notes=("help: " + "word " * 40,))
    coverage = msgspec.structs.replace(COVERAGE, layers=tuple(f"layer{at}" for at in range(20)))

    out = show(long, coverage=coverage, is_terminal=True, width=60)

    assert max(map(len, out.splitlines())) <= 60
    assert "= app.db.a and app.db.a" in out
    assert out.splitlines()[0] == "app/db/a.py:2:6: error[LC101] `db` imports `api`"
