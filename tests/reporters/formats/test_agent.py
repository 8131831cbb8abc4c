from __future__ import annotations

from contextlib import chdir
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest

from layercheck.model.finding import Hop, Related
from layercheck.model.fix import Applicability
from layercheck.model.severity import Severity
from layercheck.reporters.formats.agent import FINDING_BYTES, RULE_BYTES, render
from layercheck.rule.render_context import LegalRoute, RenderContext
from tests.reports import FIX, at, find, report_of, report_on
from tests.running import run_here, write_project

if TYPE_CHECKING:
    from layercheck.model.finding import Finding
    from layercheck.model.report import Report

FIXTURES = Path(__file__).parents[3] / "fixtures"
LAW = "`db` must not import `api`, a higher layer"
NOTES = ("layers: api > db", "allowed: `db` may import utils", "help: hand it to app.db.a, or move app.api.m2")


def _lines(report: Report, **context: object) -> list[str]:
    return render(report, RenderContext(Path(), **context)).splitlines()  # type: ignore[arg-type]


def _upward(line: int, **fields: object) -> Finding:
    usual = {"message": f"{LAW}: app.db.a imports app.api.m{line}", "notes": NOTES}
    return find(line, **(usual | fields))


def test_one_finding_stands_below_what_helps() -> None:
    assert _lines(report_on(_upward(2))) == [
        "LC101 layer-order: hand it to app.db.a, or move app.api.m2; `db` may import utils; layers: api > db",
        f"app/db/a.py:2:6 error[LC101] {LAW}: imports app.api.m2",
    ]


def test_what_findings_of_a_rule_share_is_told_once() -> None:
    other = _upward(7, message="`db` must not import `main`: app.db.a imports app.main", imported="app.main")

    assert _lines(
        report_on(other, _upward(5, notes=("help: hand it to app.db.a, or move app.api.m5",)), _upward(2))
    ) == [
        (
            "LC101 layer-order: hand it to this module, or move the imported module; hand it to this module, or move "
            "app.api.m2; `db` may import utils; layers: api > db"
        ),
        f" {LAW}:",
        "app/db/a.py:2:6 error[LC101] imports app.api.m2",
        "app/db/a.py:5:6 error[LC101] imports app.api.m5",
        "app/db/a.py:7:6 error[LC101] `db` must not import `main`: imports app.main",
    ]


def test_the_gravest_rule_stands_first_and_a_rule_without_help_tells_what_it_is() -> None:
    info = find(1, code="LC001", name="minor", severity=Severity.INFO, message="so it is", notes=(), importer=None)

    assert [line.split(" ")[0] for line in _lines(report_on(info, _upward(2)))] == [
        *("LC101", "app/db/a.py:2:6", "LC001", "app/db/a.py:1:6"),
    ]
    assert "LC001 minor: minor" in _lines(report_on(info))


def test_a_line_tells_routes_fixes_and_other_places() -> None:
    finding = _upward(
        2,
        fix=FIX,
        related=tuple(Related("imported here as well", at(line)) for line in (9, 10, 11, 12)),
        chain=(Hop("app.db.a", "app.x", at(2)), Hop("app.x", "app.api.m2", at(4, path="app/x.py"))),
    )

    (_, line) = _lines(
        report_on(finding),
        find_routes=lambda _: (LegalRoute("app.api.b", ("f", "g", "h")), LegalRoute("app.api.c")),
        prefix="backend",
    )

    assert line.endswith(
        "imports app.api.m2; --fix; legal: app.api.b: f, g; app.api.c; also backend/app/x.py:4, :9, :10 +2"
    )


@pytest.mark.parametrize(
    ("applicability", "told"),
    [(Applicability.SAFE, "; --fix"), (Applicability.UNSAFE, "; --fix --unsafe-fixes"), ("display-only", "")],
)
def test_what_can_be_mended_by_itself_is_told(applicability: Applicability, told: str) -> None:
    fix = msgspec.structs.replace(FIX, applicability=Applicability(applicability))

    assert _lines(report_on(_upward(2, fix=fix)))[-1].partition("imports app.api.m2")[2] == told


def test_what_is_not_needed_gives_way() -> None:
    found = [_upward(line) for line in range(1, 21)]
    routes = tuple(
        LegalRoute(f"app.services.long_{number}", ("one_function", "another_function")) for number in range(5)
    )

    lines = _lines(report_on(*found), find_routes=lambda _: routes)

    assert sum(len(line) + 1 for line in lines) <= RULE_BYTES + FINDING_BYTES * len(found)
    assert all("legal: app.services.long_0: one_function, another_function" in line for line in lines[2:])
    assert all(line.isascii() for line in lines)


def test_a_route_is_told_as_far_as_there_is_room() -> None:
    route = LegalRoute("app.services." + "x" * 20, ("f" * 300,))
    found = [_upward(line, location=at(line, path=f"{'long/' * 10}a.py")) for line in range(1, 30)]

    lines = _lines(report_on(*found), find_routes=lambda _: (route,))

    told = [line.partition("; ")[2] for line in lines[2:]]
    assert all(each.startswith(f"legal: {route.module}") for each in told)
    assert f"legal: {route.module}" in told
    assert sum(len(line) + 1 for line in lines) <= RULE_BYTES + FINDING_BYTES * len(found)


def test_every_line_has_its_first_route_before_one_has_two() -> None:
    routes = (LegalRoute("app.services.users", ("some_function",)), LegalRoute("app.services.orders", ("other",)))
    found = [_upward(line, location=at(line, path=f"{'long/' * 16}a.py")) for line in range(1, 30)]

    lines = _lines(report_on(*found), find_routes=lambda _: routes)[2:]

    assert all("; legal: app.services.users" in line for line in lines)
    assert not all("app.services.orders" in line for line in lines)


def test_what_short_lines_leave_is_there_for_long_ones() -> None:
    route = LegalRoute("app.services.users", ("f" * 60,))
    short = [_upward(line) for line in range(1, 11)]
    long = _upward(20, location=at(20, path=f"{'x' * 100}.py"))

    lines = _lines(report_on(*short, long), find_routes=lambda finding: (route,) if finding == long else ())

    assert f"; legal: {route.module}: {'f' * 60}" in "\n".join(lines)


def test_nothing_is_written_of_nothing() -> None:
    assert render(report_on(), RenderContext(Path())) == ""


def test_many_findings_of_one_kind_cost_little() -> None:
    assert len(render(report_of(1000), RenderContext(Path()))) < 1000 * FINDING_BYTES


@pytest.mark.parametrize("name", ["violations", "feature-first", "django", "flask", "broken"])
def test_real_projects_keep_to_the_budget(name: str) -> None:
    with chdir(FIXTURES / name):
        report = run_here("check", "--no-cache", "--output-format", "json").report
        output = run_here("check", "--no-cache", "--output-format", "agent").out

    rules = len(report["summary"]["by_rule"])
    assert rules
    assert len(output.encode()) <= RULE_BYTES * rules + FINDING_BYTES * len(report["findings"])


def test_it_takes_no_second_call(tmp_path: Path) -> None:
    files = {
        "app/api/users.py": "import app.services.users\nfrom app.models.user import User\n",
        "app/services/users.py": "from app.models.user import User\n\n\ndef find_user() -> User:\n    return User()\n",
        "app/models/user.py": "class User: ...\n",
    }
    root = write_project(tmp_path, files)

    with chdir(root):
        on_disk = run_here("check", "--select", "LC102", "--output-format", "agent")
        held = run_here(
            "check", "--select", "LC102", "--output-format", "agent", "--stdin-filename", "app/api/new.py",
            stdin=files["app/api/users.py"],
        )  # fmt: skip

    assert on_disk.code == 1
    assert on_disk.out.splitlines() == [
        (
            "LC102 skipped-layer: call a function of `services` that uses app.models.user and returns what is needed here; "
            "`api` may import services, modules without a layer; layers: main > api > services > models : db"
        ),
        (
            "app/api/users.py:2:6 error[LC102] `api` must not import `models` past `services`: takes the class `User` from "
            "app.models.user; legal: app.services.users: find_user"
        ),
    ]
    assert held.out == on_disk.out.replace("app/api/users.py", "app/api/new.py")
