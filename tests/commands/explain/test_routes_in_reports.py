from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck.commands.explain.routes_in_reports import RouteFinder
from layercheck.engine.check import check
from layercheck.engine.checking import Checking
from layercheck.engine.merge_reports import merge_reports
from layercheck.engine.options import CheckOptions
from layercheck.engine.project_target import find_targets
from layercheck.rule.render_context import LegalRoute
from tests.running import of_rule, write_project, write_tree

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from layercheck.engine.build import OpenedProject
    from layercheck.engine.project_target import ProjectTarget

USER = "from app.models.user import User\n"
SERVICE = f"{USER}\n\ndef one() -> User: ...\n\n\ndef two() -> User: ...\n\n\ndef zero() -> User: ...\n"
FUNCTIONS = ("one", "two", "zero")
FILES = {
    "app/api/users.py": USER,
    "app/services/users.py": SERVICE,
    "app/services/a.py": SERVICE,
    "app/services/b.py": SERVICE,
    "app/models/user.py": "class User: ...\n",
    "app/models/up.py": "import app.services.a\n",
}


def _open(target: ProjectTarget, texts: Mapping[str, bytes]) -> OpenedProject:
    return Checking().open(target, CheckOptions(), texts)


def test_the_nearest_routes_are_told_with_functions(tmp_path: Path) -> None:
    targets = find_targets([write_project(tmp_path, FILES)])
    report = check(targets[0], CheckOptions())
    finder = RouteFinder(tmp_path, targets, {}, _open)

    assert [finder.find(each) for each in of_rule(report, "LC102")] == [
        (LegalRoute("app.services.users", FUNCTIONS), LegalRoute("app.services.a", FUNCTIONS))
    ]
    assert [finder.find(each) for each in of_rule(report, "LC101")] == [()]


def test_each_of_several_projects_is_asked_for_its_own_findings(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_project(tmp_path / name, FILES)
    write_tree(tmp_path / "two", {"app/services/users.py": "", "app/services/a.py": "", "app/services/b.py": ""})
    targets = find_targets([tmp_path / "one", tmp_path / "two"])
    root, report = merge_reports({target.root: check(target, CheckOptions()) for target in targets})
    finder = RouteFinder(root, targets, {}, _open)

    found = {each.location.path: finder.find(each) for each in of_rule(report, "LC102")}

    assert found == {
        "one/app/api/users.py": (LegalRoute("app.services.users", FUNCTIONS), LegalRoute("app.services.a", FUNCTIONS)),
        "two/app/api/users.py": (),
    }


def test_texts_stand_for_files(tmp_path: Path) -> None:
    targets = find_targets([write_project(tmp_path, FILES | {"app/services/a.py": "", "app/services/b.py": ""})])
    (finding,) = of_rule(check(targets[0], CheckOptions()), "LC102")

    finder = RouteFinder(
        tmp_path, targets, {"app/services/users.py": f"{USER}\n\ndef new() -> User: ...\n".encode()}, _open
    )

    assert finder.find(finding) == (LegalRoute("app.services.users", ("new",)),)
