from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from layercheck.model.severity import Severity
from tests.running import check_folder, check_tree, of_rule, write_project

if TYPE_CHECKING:
    from pathlib import Path

LOGIC = "def work(amount: int) -> int:\n    return amount * 2\n\n\n" * 5
TEST = "def test_it() -> None: ...\n"
SHOP = {
    "app/main.py": "",
    "app/api/users.py": LOGIC,
    "app/models/user.py": "class User: ...\n",
    "app/services/users.py": LOGIC,
    "app/services/orders.py": LOGIC,
    "tests/api/test_users.py": TEST,
    "tests/services/test_users.py": TEST,
}


def _found(folder: Path, files: dict[str, str], configuration: str = "") -> list[str]:
    report = check_tree(folder, SHOP | files, configuration, select=["LC204"])
    return [each.subject for each in of_rule(report, "LC204")]


def test_a_module_without_a_test_where_others_have_theirs(tmp_path: Path) -> None:
    assert _found(tmp_path, {}) == ["app.services.orders"]


@pytest.mark.parametrize(
    "path",
    [
        "tests/services/test_orders.py",
        "tests/unit/services/test_orders.py",
        "tests/services/test_orders_deleted.py",
        "tests/services/orders_test.py",
        "tests/test_orders.py",
        "tests/test_services_orders.py",
        "tests/test_services/test_order.py",
        "tests/app/services/test_orders.py",
        "tests/services/orders/test_deleted.py",
        "app/services/tests/test_orders.py",
        "app/services/test_orders.py",
    ],
)
def test_many_places_are_the_mirrored_path(path: str, tmp_path: Path) -> None:
    assert _found(tmp_path, {path: TEST}) == []


@pytest.mark.parametrize(
    "path", ["tests/models/test_orders.py", "tests/services/test_carts.py", "other/test_orders.py"]
)
def test_other_places_are_not(path: str, tmp_path: Path) -> None:
    assert _found(tmp_path, {path: TEST}) == ["app.services.orders"]


def test_a_module_that_a_test_imports_is_tested(tmp_path: Path) -> None:
    assert _found(tmp_path, {"tests/test_shop.py": "from app.services.orders import work\n" + TEST}) == []


@pytest.mark.parametrize(
    "text", ["", "def one() -> int:\n    return 1\n", "PRICES = {\n" + "    'apple': 30,\n" * 40 + "}\n"]
)
def test_tiny_modules_and_constants_need_none(text: str, tmp_path: Path) -> None:
    assert _found(tmp_path, {"app/services/orders.py": text}) == []


@pytest.mark.parametrize("path", ["app/services/base.py", "app/config.py", "app/db/session.py", "scripts/load.py"])
def test_what_others_stand_on_needs_none(path: str, tmp_path: Path) -> None:
    assert _found(tmp_path, {"app/services/orders.py": "", path: LOGIC}) == []


def test_a_suffix_of_the_layer_need_not_be_in_the_name_of_the_test(tmp_path: Path) -> None:
    files = {"app/services/orders.py": "", "app/services/cart_service.py": LOGIC}

    assert _found(tmp_path, files | {"tests/services/test_cart.py": TEST}) == []


def test_where_few_are_mirrored_one_note_tells_how_many(tmp_path: Path) -> None:
    files = {f"app/services/{name}.py": LOGIC for name in ("carts", "mails", "stock")}

    (note,) = of_rule(check_tree(tmp_path, SHOP | files, select=["LC204"]), "LC204")

    assert note.severity is Severity.INFO
    assert note.message == "2 of 6 modules in app have a test at the mirrored path"
    assert (note.subject, note.location.path, len(note.related)) == ("app", "app/services/carts.py", 3)


def test_where_next_to_none_are_mirrored_that_is_no_convention(tmp_path: Path) -> None:
    files = {f"app/services/s{number}.py": LOGIC for number in range(6)}

    assert _found(tmp_path, files) == []


def test_without_any_test_there_is_nothing_to_learn_from(tmp_path: Path) -> None:
    files = {path: text for path, text in SHOP.items() if not path.startswith("tests")}

    assert not check_tree(tmp_path, files, select=["LC204"]).findings


def test_the_share_can_be_configured(tmp_path: Path) -> None:
    files = {f"app/services/s{number}.py": LOGIC for number in range(3)}

    assert len(_found(tmp_path, files, "rules.LC204.mirrored-share = 0.2\n")) == 4
    assert len(_found(tmp_path, files, "rules.LC204.mirrored-share = 0.9\n")) == 0


def test_modules_of_a_kind_that_is_never_tested_by_itself_are_left_alone(tmp_path: Path) -> None:
    features = ("cart", "mail", "offer", "stock")
    files = {f"app/{name}/service.py": LOGIC for name in features} | {
        f"app/{name}/filters.py": LOGIC for name in features
    }
    tests = {f"tests/{name}/test_service.py": TEST for name in features}

    assert _found(tmp_path, files | tests) == ["app.services.orders"]


def test_one_test_of_a_name_that_many_modules_have_mirrors_none_of_them(tmp_path: Path) -> None:
    files = {f"app/{name}/service.py": LOGIC for name in ("cart", "mail", "order", "stock")}

    (note,) = of_rule(check_tree(tmp_path, SHOP | files | {"tests/test_service.py": TEST}, select=["LC204"]), "LC204")

    assert note.severity is Severity.INFO


def test_a_module_that_grows_is_seen_though_the_report_was_kept(tmp_path: Path) -> None:
    write_project(tmp_path, SHOP | {"app/services/orders.py": "ORDERS = 1\n"}, 'select = ["LC204"]\n')
    assert not check_folder(tmp_path, cache=True).findings

    (tmp_path / "app/services/orders.py").write_text(LOGIC)

    assert [each.subject for each in check_folder(tmp_path, cache=True).findings] == ["app.services.orders"]


def test_a_comment_puts_it_aside(tmp_path: Path) -> None:
    files = {"app/services/orders.py": "# layercheck: ignore-file[missing-test] goes away soon\n" + LOGIC}

    assert _found(tmp_path, files) == []


def test_a_test_may_import_a_module_through_its_package(tmp_path: Path) -> None:
    files = {"app/services/__init__.py": "from app.services.orders import work\n"}
    files["tests/services/test_users.py"] = "from app.services import work\n" + TEST

    assert _found(tmp_path, files) == []


def test_what_the_package_does_not_pass_on_is_not_imported(tmp_path: Path) -> None:
    files = {"app/services/__init__.py": "", "tests/services/test_users.py": "import app.services\n" + TEST}

    assert _found(tmp_path, files) == ["app.services.orders"]
