from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.rules.django.django_backends import APPS, check_django, places_of
from tests.running import check_tree

if TYPE_CHECKING:
    from pathlib import Path

IMPORTS = (
    "import django\n"
    "from shop.billing.models import Invoice\n"
    "from shop.billing.models.invoice import Invoice as Bill\n"
    "from shop.orders.models import Order\n"
)
WITHOUT_DJANGO = {path: text for path, text in APPS.items() if not path.endswith("apps.py")}
USERS = "from shop.users import models\n"


def test_models_of_three_apps(tmp_path: Path) -> None:
    report = check_django(tmp_path, "LC703", {"shop/orders/views.py": IMPORTS + USERS})

    assert places_of(report) == [("shop/orders/views.py", 2)]
    (finding,) = report.findings
    assert finding.message == ("these views import the models of 3 apps: `shop.billing`, `shop.orders`, `shop.users`")
    assert [each.location.span.start.line for each in finding.related if each.location.span] == [3, 4, 5]


@pytest.mark.parametrize("path", ["shop/orders/api.py", "shop/orders/views/list.py", "shop/orders/viewsets.py"])
def test_whatever_views_are_called(tmp_path: Path, path: str) -> None:
    assert len(places_of(check_django(tmp_path, "LC703", {path: IMPORTS + USERS}))) == 1


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("shop/orders/views.py", IMPORTS),
        ("shop/orders/views.py", IMPORTS + "from django.contrib.auth.models import User\n"),
        ("shop/orders/services.py", IMPORTS + USERS),
        ("shop/orders/graphql/resolvers.py", IMPORTS + USERS),
        ("shop/orders/views.py", IMPORTS + "if TYPE_CHECKING:\n    " + USERS),
    ],
)
def test_nothing_to_report(tmp_path: Path, path: str, text: str) -> None:
    assert places_of(check_django(tmp_path, "LC703", {path: text})) == []


def test_how_many_are_too_many_can_be_said(tmp_path: Path) -> None:
    files = {"shop/orders/views.py": IMPORTS}

    assert len(places_of(check_django(tmp_path, "LC703", files, "rules.LC703.apps = 2"))) == 1


def test_a_project_of_another_framework(tmp_path: Path) -> None:
    files = {"shop/orders/views.py": IMPORTS + USERS}

    assert places_of(check_tree(tmp_path, {**WITHOUT_DJANGO, **files}, select=["LC703"])) == []
