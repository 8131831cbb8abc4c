from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.running import check_tree, of_rule

if TYPE_CHECKING:
    from pathlib import Path

SHOP = {"app/main.py": "", "app/api/users.py": "", "app/models/user.py": "", "app/services/base.py": ""}


def _found(folder: Path, *paths: str) -> list[tuple[str, str]]:
    report = check_tree(folder, SHOP | dict.fromkeys(paths, ""), select=["LC208"])
    return [(each.message.partition(" ")[0], each.location.path) for each in of_rule(report, "LC208")]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("services", "service"),
        ("repositories", "repos"),
        ("utils", "helpers"),
        ("schema", "schemas"),
        ("db", "database"),
    ],
)
def test_two_names_for_one_home(one: str, other: str, tmp_path: Path) -> None:
    paths = [f"app/{one}/a.py", f"app/{one}/b.py", f"app/{one}/c.py", f"app/{other}/d.py"]

    assert _found(tmp_path, *paths) == [(f"app/{other}", f"app/{other}/d.py")]


def test_whichever_is_smaller_it_is_one_finding(tmp_path: Path) -> None:
    paths = {"app/service/a.py": "", "app/service/b.py": ""}
    (before,) = check_tree(tmp_path, SHOP | paths, select=["LC208"]).findings
    more = {f"app/services/{name}.py": "" for name in "cdef"}

    (after,) = check_tree(tmp_path, SHOP | paths | more, select=["LC208"]).findings

    assert (before.location.path, before.related[0].location.path) == ("app/services/base.py", "app/service/a.py")
    assert (after.location.path, after.related[0].location.path) == ("app/service/a.py", "app/services/base.py")
    assert before.fingerprint == after.fingerprint


@pytest.mark.parametrize(
    "paths",
    [
        ("app/db/session.py", "app/repositories/users.py"),
        ("app/views/pages.py",),
        ("app/orders/services/a.py", "app/orders/models/a.py", "app/orders/api/a.py"),
        ("app/service/api.py", "app/service/models.py", "app/service/services.py"),  # a feature
        ("tests/service/test_a.py", "tests/services/test_a.py"),
        ("service/a.py",),
    ],
)
def test_these_are_different_homes(paths: tuple[str, ...], tmp_path: Path) -> None:
    assert _found(tmp_path, *paths) == []
