from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from layercheck.model.severity import Severity
from tests.running import check_tree, of_rule

if TYPE_CHECKING:
    from pathlib import Path

    from layercheck.model.finding import Finding

SHOP = {"app/__init__.py": "", "app/main.py": "", "app/api/users.py": "", "app/services/users.py": ""}
TEST = "def test_it() -> None: ...\n"


def _check(folder: Path, files: dict[str, str]) -> list[Finding]:
    return of_rule(check_tree(folder, SHOP | files, select=["LC206"]), "LC206")


def _found(folder: Path, files: dict[str, str]) -> list[tuple[str, str]]:
    return [(each.subject, each.location.path) for each in _check(folder, files)]


@pytest.mark.parametrize(
    ("path", "found"), [("app/testing/fixtures.py", []), ("app/testing/test_users.py", ["app/testing"])]
)
def test_what_tests_use_may_lie_in_the_application(tmp_path: Path, path: str, found: list[str]) -> None:
    outside = {f"tests/test_{name}.py": "def test_a(): ...\n" for name in "abc"}
    files = {"app/main.py": "", "app/api/users.py": "", "app/services/users.py": "", path: "def test_db(): ...\n"}
    report = check_tree(tmp_path, files | outside, select=["LC206"])

    assert [each.subject for each in report.findings] == found


def test_tests_inside_where_most_lie_outside(tmp_path: Path) -> None:
    outside = {f"tests/test_{name}.py": TEST for name in ("a", "b", "c")}
    inside = {"app/services/tests/__init__.py": "", "app/services/tests/test_users.py": TEST, "app/api/test_x.py": TEST}

    assert _found(tmp_path, outside | inside) == [
        ("app/api/test_x.py", "app/api/test_x.py"),
        ("app/services/tests", "app/services/tests/__init__.py"),
    ]


def test_one_folder_for_all_tests_in_the_application_is_worth_a_note(tmp_path: Path) -> None:
    (note,) = _check(tmp_path, {"app/tests/test_users.py": TEST, "app/tests/api/test_users.py": TEST})

    assert (note.subject, note.severity) == ("app/tests", Severity.INFO)


def test_tests_beside_the_code_are_a_custom(tmp_path: Path) -> None:
    files = {f"app/{name}/tests/test_views.py": TEST for name in ("cart", "user")}
    files |= {f"app/{name}/{part}.py": "" for name in ("cart", "user") for part in ("models", "views", "services")}

    assert _found(tmp_path, files) == []


def test_a_module_called_like_a_test_is_none(tmp_path: Path) -> None:
    files = {"tests/test_users.py": TEST, "app/services/test_results.py": "def results() -> None: ...\n"}

    assert _found(tmp_path, files | {"app/conftest.py": TEST}) == []


def test_tests_beside_the_packages_of_a_source_root_lie_outside(tmp_path: Path) -> None:
    files = {
        "app/main.py": "import api.users\n",
        "app/api/users.py": "import services.users\n",
        "app/services/users.py": "import models.user\n",
        "app/models/user.py": "",
        "app/tests/test_users.py": "import services.users\n" + TEST,
    }

    assert not of_rule(check_tree(tmp_path, files, select=["LC206"]), "LC206")


def test_an_application_that_is_the_whole_project_may_hold_its_tests(tmp_path: Path) -> None:
    files = {"main.py": "", "api/users.py": "", "services/users.py": "", "models/user.py": "", "tests/test_x.py": TEST}

    assert not of_rule(check_tree(tmp_path, files, select=["LC206"]), "LC206")


@pytest.mark.parametrize("manifest", ["pyproject.toml", "setup.py", "requirements.txt", "Dockerfile"])
def test_distributions_are_judged_by_their_own_tests(tmp_path: Path, manifest: str) -> None:
    one = {f"one/{path}": text for path, text in SHOP.items()}
    files = one | {f"two/tests/test_{at}.py": TEST for at in range(5)}
    files |= {"one/app/services/tests/test_users.py": TEST, "one/app/tests/test_it.py": TEST}

    apart = _check(tmp_path / "a", files | {f"one/{manifest}": "", f"two/{manifest}": ""})
    together = _check(tmp_path / "b", files)

    assert [each.subject for each in apart] == []
    assert [each.subject for each in together] == ["one/app/services/tests", "one/app/tests"]


def test_an_app_of_django_holds_its_tests(tmp_path: Path) -> None:
    app = {f"app/cart/{name}.py": "" for name in ("apps", "models", "views", "services")}
    files = app | {"app/cart/tests/test_views.py": TEST, "tests/test_a.py": TEST, "tests/test_b.py": TEST}

    assert _found(tmp_path, files) == []


def test_tests_of_apps_of_django_do_not_count_as_outside(tmp_path: Path) -> None:
    files = {f"app/cart/{name}.py": "" for name in ("apps", "models", "views", "services")}
    files |= {f"app/cart/tests/test_{at}.py": TEST for at in range(4)} | {"tests/test_a.py": TEST}
    files |= {"app/prices/tests/test_it.py": TEST, "app/prices/models.py": "", "app/prices/views.py": ""}

    assert _found(tmp_path, files) == []
