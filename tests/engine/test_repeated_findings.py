"""An import that breaks a contract and a layer rule is one finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.running import check_tree

if TYPE_CHECKING:
    from pathlib import Path

    from layercheck.model.report import Report

BACKEND = {
    "app/api/users.py": "from app.services import users\n",
    "app/services/users.py": "from app.api import users\n",
    "app/models/user.py": "from app.api.users import router\n",
}
CONTRACT = """
[[contracts]]
name = "services know no api"
kind = "forbidden"
sources = ["app.services"]
targets = ["app.api"]
"""


def _check(root: Path, configuration: str) -> Report:
    return check_tree(root, BACKEND, configuration, select=("LC101", "LC122", "LC009"))


def _say(report: Report) -> list[tuple[str, str]]:
    return [(each.location.path, each.code) for each in report.findings]


def test_the_contract_reports_the_import_and_names_the_rule(tmp_path: Path) -> None:
    report = _check(tmp_path, CONTRACT)

    assert _say(report) == [("app/models/user.py", "LC101"), ("app/services/users.py", "LC122")]
    assert "breaks as well: LC101 (layer-order)" in report.findings[1].notes
    assert not any("as well" in note for note in report.findings[0].notes)


@pytest.mark.parametrize("severity", ["warning", "info"])
def test_an_error_does_not_give_way_to_a_milder_finding(tmp_path: Path, severity: str) -> None:
    report = _check(tmp_path, f"{CONTRACT}severity = '{severity}'\n")

    assert _say(report)[1:] == [("app/services/users.py", "LC101"), ("app/services/users.py", "LC122")]


def test_an_import_that_the_contract_ignores_is_reported_by_the_rule(tmp_path: Path) -> None:
    report = _check(tmp_path, f"{CONTRACT}ignore = ['app.services.users -> app.api.users']\n")

    assert _say(report)[1:] == [("app/services/users.py", "LC101")]


@pytest.mark.parametrize(("hidden", "left"), [("LC122", ["LC101"]), ("LC101", ["LC122"]), ("LC101, LC122", [])])
def test_a_comment_is_needed_for_each_of_both(tmp_path: Path, hidden: str, left: list[str]) -> None:
    text = f"from app.api import users  # layercheck: ignore[{hidden}] -- for now\n"
    report = check_tree(
        tmp_path, BACKEND | {"app/services/users.py": text}, CONTRACT, select=("LC101", "LC122", "LC009")
    )

    assert _say(report)[1:] == [("app/services/users.py", code) for code in left]
