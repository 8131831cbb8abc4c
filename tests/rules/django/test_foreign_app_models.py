from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.rules.django.django_backends import check_django, places_of
from tests.running import imports_reported

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "shop/orders/tasks.py": "from shop.billing.models import Invoice\nfrom shop.users.models import User\n",
    "shop/users/tasks.py": "def f():\n    from shop.billing.models.invoice import Invoice\n",
}
TO_BILLING = "shop.orders.tasks -> shop.billing.models"
TO_USERS = "shop.orders.tasks -> shop.users.models"
FROM_USERS = "shop.users.tasks -> shop.billing.models.invoice"


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ("", []),
        ("allow = {orders = []}", [TO_BILLING, TO_USERS]),
        ('allow = {orders = ["users"]}', [TO_BILLING]),
        ('allow = {"shop.orders" = ["shop.users", "billing"]}', []),
        ('private = ["billing"]', [TO_BILLING, FROM_USERS]),
        ('private = ["billing"]\nallow = {orders = ["billing", "users"]}', [FROM_USERS]),
        ('private = ["billing"]\nimports = ["runtime"]', [TO_BILLING]),
    ],
)
def test_the_configuration_decides(tmp_path: Path, options: str, expected: list[str]) -> None:
    report = check_django(tmp_path, "LC701", FILES, f"[rules.LC701]\n{options}\n")

    assert imports_reported(report, "LC701") == expected


def test_the_finding_says_what_is_allowed(tmp_path: Path) -> None:
    (finding,) = check_django(tmp_path, "LC701", FILES, 'rules.LC701.allow = {orders = ["users"]}').findings

    assert finding.message == "the app `shop.orders` must not import the models of `shop.billing`: shop.billing.models"
    assert finding.notes[0] == "`shop.orders` may import the models of `users`"


@pytest.mark.parametrize(
    ("files", "why"),
    [
        ({"shop/billing/tasks.py": "from shop.billing.models import Invoice\n"}, "its own"),
        ({"shop/orders/tests/test_x.py": "from shop.billing.models import Invoice\n"}, "a test"),
        ({"shop/orders/migrations/0001_x.py": "from shop.billing.models import Invoice\n"}, "a migration"),
        ({"shop/urls.py": "from shop.billing.models import Invoice\n"}, "of no app"),
        ({"shop/billing/services.py": "", "shop/orders/x.py": "from shop.billing import services\n"}, "no models"),
    ],
)
def test_what_may_import_them(tmp_path: Path, files: dict[str, str], why: str) -> None:
    assert places_of(check_django(tmp_path, "LC701", files, 'rules.LC701.private = ["billing"]')) == [], why


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ('private = ["billing", "ling"]', ["no app is named `ling` (private)"]),
        ('allow = {orders = ["usres"]}', ["no app is named `usres` (allow)"]),
        ("allow = {order = []}", ["no app is named `order` (allow)"]),
    ],
)
def test_a_name_that_is_of_no_app_would_silence_the_rule(tmp_path: Path, options: str, expected: list[str]) -> None:
    report = check_django(tmp_path, "LC701", {}, f"# apps\n[rules.foreign-app-models]\n{options}\n")

    assert [each.message for each in report.findings] == expected
    assert places_of(report) == [("layercheck.toml", 3)]
