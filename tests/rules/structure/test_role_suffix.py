from __future__ import annotations

from typing import TYPE_CHECKING

from tests.running import check_tree, of_rule

if TYPE_CHECKING:
    from pathlib import Path

SHOP = {"app/main.py": "", "app/api/users.py": "", "app/models/user.py": ""}
NAMED = [f"app/services/{name}_service.py" for name in ("mail", "offer", "order", "stock", "user")]
TEST = "def test_it() -> None: ...\n"


def _found(folder: Path, *paths: str, configuration: str = "") -> list[str]:
    report = check_tree(folder, SHOP | dict.fromkeys(paths, ""), configuration, select=["LC203"])
    return [each.subject for each in of_rule(report, "LC203")]


def _tests(folder: Path, files: dict[str, str]) -> list[str]:
    report = check_tree(folder, SHOP | {"app/services/users.py": ""} | files, select=["LC203"])
    return [each.subject for each in of_rule(report, "LC203")]


def test_a_convention_is_learnt_from_the_folder(tmp_path: Path) -> None:
    assert _found(tmp_path, *NAMED, "app/services/payments.py") == ["app.services.payments"]


def test_the_message_says_from_how_many(tmp_path: Path) -> None:
    (finding,) = of_rule(
        check_tree(tmp_path, SHOP | dict.fromkeys([*NAMED, "app/services/payments.py"], ""), select=["LC203"]), "LC203"
    )

    assert finding.message == "payments.py does not end in `_service`, as 5 of 6 modules in app/services do"
    assert finding.notes[0].startswith("help: rename it to payments_service.py")


def test_less_than_four_fifths_are_no_convention(tmp_path: Path) -> None:
    assert _found(tmp_path, *NAMED, "app/services/payments.py", "app/services/carts.py") == []


def test_few_modules_are_no_convention(tmp_path: Path) -> None:
    assert _found(tmp_path, *NAMED[:3], "app/services/payments.py") == []


def test_what_a_folder_shares_has_a_name_of_its_own(tmp_path: Path) -> None:
    shared = ("__init__", "_private", "base", "exceptions", "utils", "base_client", "types")

    assert _found(tmp_path, *NAMED, *(f"app/services/{name}.py" for name in shared)) == []


def test_a_convention_can_be_configured(tmp_path: Path) -> None:
    configuration = '[rules.LC203]\nsuffixes = {models = "model"}\n'

    assert _found(tmp_path, "app/services/users.py", configuration=configuration) == ["app.models.user"]


def test_tools_are_called_after_what_they_do(tmp_path: Path) -> None:
    tools = [f"app/utils/{name}_utils.py" for name in ("date", "file", "mail", "text", "time")]

    assert _found(tmp_path, "app/services/users.py", *tools, "app/utils/slugs.py") == []


def test_tests_that_no_runner_finds(tmp_path: Path) -> None:
    files = {f"tests/test_{name}.py": TEST for name in ("a", "b", "c", "d", "e")}

    assert _tests(tmp_path, files | {"tests/users_tests.py": TEST}) == ["tests.users_tests"]


def test_helpers_of_tests_may_have_any_name(tmp_path: Path) -> None:
    files = {f"tests/test_{name}.py": TEST for name in ("a", "b", "c", "d")}
    helpers = {
        "tests/factories.py": "def make_user() -> None: ...\n",
        "tests/conftest.py": TEST,
        "tests/cases.py": TEST,
        "tests/test_cases.py": "from tests.cases import test_it\n" + TEST,
    }

    assert _tests(tmp_path, files | helpers) == []


def test_who_calls_tests_otherwise_is_left_alone(tmp_path: Path) -> None:
    assert _tests(tmp_path, {f"tests/{name}_spec.py": TEST for name in ("a", "b", "c", "d")}) == []


def test_what_is_called_like_a_test_may_be_a_fixture(tmp_path: Path) -> None:
    files = {f"tests/test_{name}.py": TEST for name in ("a", "b", "c", "d", "e")}
    files["tests/fixtures/app.py"] = "import pytest\n\n@pytest.fixture\ndef test_client(): ...\n"
    files["tests/fixtures/case.py"] = "import unittest\n\nclass Users(unittest.TestCase):\n    def test_it(self): ...\n"

    assert _tests(tmp_path, files) == ["tests.fixtures.case"]
