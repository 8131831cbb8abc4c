from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.running import check_tree, of_rule

if TYPE_CHECKING:
    from pathlib import Path

NAMES = ("carts", "orders", "stock", "users")
SHOP = {"app/__init__.py": "", "app/main.py": "", "app/api/shop.py": "", "app/models/user.py": ""} | {
    f"app/services/{name}.py": "def find() -> None: ...\n" for name in NAMES
}
TESTS = {f"tests/services/test_{name}.py": f"from app.services.{name} import find\n" for name in NAMES}


def _found(folder: Path, files: dict[str, str]) -> list[str]:
    report = check_tree(folder, SHOP | TESTS | files, select=["LC205"])
    return [each.location.path for each in of_rule(report, "LC205")]


def test_a_test_in_a_mirror_that_no_module_claims(tmp_path: Path) -> None:
    assert _found(tmp_path, {"tests/services/test_mails.py": ""}) == ["tests/services/test_mails.py"]


def test_a_test_that_imports_what_is_gone(tmp_path: Path) -> None:
    files = {"tests/test_mails.py": "import pytest\nfrom app.services.mails import send\n"}

    assert _found(tmp_path, files) == ["tests/test_mails.py"]


def test_text_that_looks_like_an_import_convicts_nobody(tmp_path: Path) -> None:
    assert _found(tmp_path, {"tests/test_mails.py": '"""\nfrom app.services.mails import send\n"""\n'}) == []


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("tests/services/test_checkout.py", "from app.services.carts import find\n"),  # by topic
        ("tests/services/test_users_deleted.py", ""),  # a further test of a module
        ("tests/services/conftest.py", ""),
        ("tests/services/factories.py", ""),
        ("tests/test_everything.py", ""),  # beside all others
        ("tests/e2e/services/test_checkout.py", ""),
        ("tests/stories/test_checkout.py", ""),  # mirrors no folder
        ("tests/services/test_services.py", ""),  # the package as a whole
        ("tests/services/test_httpx.py", "from httpx.mails import httpx\n"),
    ],
)
def test_these_are_no_orphans(path: str, text: str, tmp_path: Path) -> None:
    extra = {"app/services/__init__.py": ""} | ({"app/services/httpx.py": ""} if "httpx" in path else {})

    assert _found(tmp_path, {path: text} | extra) == []


def test_where_tests_are_sorted_by_topic_nothing_is_learnt(tmp_path: Path) -> None:
    files = {f"tests/services/test_{topic}.py": "" for topic in ("buying", "paying", "sending")}

    assert _found(tmp_path, files) == []
