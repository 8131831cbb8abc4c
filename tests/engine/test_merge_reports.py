from __future__ import annotations

from pathlib import Path

from layercheck.engine.merge_reports import merge_reports
from tests.running import check_folder, imports_reported, run_here, write_project

BROKEN = {"app/services/users.py": "from app.api import users\n", "app/api/users.py": ""}
CHAIN = {
    "app/models/user.py": "from app import free\n",
    "app/free.py": "from app.services import users\n",
    "app/services/users.py": "",
}


def test_one_report_stays_as_it_is(tmp_path: Path) -> None:
    report = check_folder(write_project(tmp_path, BROKEN))
    assert merge_reports({tmp_path: report}) == (tmp_path, report)


def test_several_are_told_from_the_folder_above(tmp_path: Path) -> None:
    users = check_folder(write_project(tmp_path / "users", BROKEN))
    orders = check_folder(write_project(tmp_path / "back/orders", BROKEN))

    root, report = merge_reports({tmp_path / "users": users, tmp_path / "back/orders": orders})

    assert root == tmp_path
    assert [finding.location.path for finding in report.findings] == [
        "back/orders/app/services/users.py",
        "users/app/services/users.py",
    ]
    assert imports_reported(report, "LC101") == ["app.services.users -> app.api.users"] * 2
    assert report.coverage.modules == users.coverage.modules + orders.coverage.modules
    assert [each.path for each in report.coverage.applications] == ["back/orders/app", "users/app"]
    assert report.coverage.roles == {"api": 2, "services": 2}
    assert report.coverage.layout == "layered"
    assert report.coverage.layers == users.coverage.layers


def test_identities_stay_those_of_the_project(tmp_path: Path) -> None:
    first = check_folder(write_project(tmp_path / "a", BROKEN))
    second = check_folder(write_project(tmp_path / "b", CHAIN))

    _, report = merge_reports({tmp_path / "a": first, tmp_path / "b": second})

    assert {each.fingerprint for each in report.findings} == {
        each.fingerprint for each in (*first.findings, *second.findings)
    }


def test_every_place_of_a_finding_moves(tmp_path: Path) -> None:
    first = check_folder(write_project(tmp_path / "a", BROKEN))
    second = check_folder(write_project(tmp_path / "b", CHAIN))

    _, report = merge_reports({tmp_path / "a": first, tmp_path / "b": second})

    (chained,) = [each for each in report.findings if each.chain]
    assert [hop.location.path for hop in chained.chain] == ["b/app/models/user.py", "b/app/free.py"]


def test_debts_add_up(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_project(tmp_path / name, BROKEN)
        assert run_here("baseline", "--all", tmp_path / name).code == 0

    reports = {tmp_path / name: check_folder(tmp_path / name) for name in ("a", "b")}
    _, report = merge_reports({**reports, tmp_path / "c": check_folder(write_project(tmp_path / "c", CHAIN))})

    assert report.baseline_summary is not None
    assert report.baseline_summary.known == 2
    assert [each.finding.location.path for each in report.baselined] == [
        "a/app/services/users.py",
        "b/app/services/users.py",
    ]


def test_no_project_is_an_empty_report() -> None:
    root, report = merge_reports({})
    assert root == Path.cwd()
    assert (report.findings, report.coverage.modules) == ((), 0)
