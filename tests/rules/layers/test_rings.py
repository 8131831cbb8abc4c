"""The rules about layers in a hexagon, whose layers are folders."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.running import check_tree, imports_reported, of_rule

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "app/main.py": "from fastapi import FastAPI\napp = FastAPI()\n",
    "app/config.py": "DEBUG = False\n",
    "app/domain/order.py": "class Order: ...\n",
    "app/domain/ports.py": "class Orders: ...\n",
    "app/application/place.py": "def place(): ...\n",
    "app/infrastructure/tables.py": "def save(): ...\n",
    "app/infrastructure/mail.py": "def send(): ...\n",
    "app/infrastructure/settings.py": "URL = ''\n",
    "app/api/orders.py": "from fastapi import APIRouter\nrouter = APIRouter()\n",
}


def _breaks(root: Path, path: str, imported: str, configuration: str = "") -> list[str]:
    report = check_tree(root, {**FILES, path: f"{FILES[path]}\nimport {imported}\n"}, configuration)
    return imports_reported(report, "LC101")


@pytest.mark.parametrize(
    ("path", "imported"),
    [
        ("app/domain/order.py", "app.application.place"),
        ("app/domain/order.py", "app.infrastructure.mail"),
        ("app/domain/ports.py", "app.api.orders"),
        ("app/application/place.py", "app.infrastructure.tables"),
        ("app/application/place.py", "app.api.orders"),
    ],
)
def test_imports_lead_inwards(tmp_path: Path, path: str, imported: str) -> None:
    importer = path.removesuffix(".py").replace("/", ".")

    assert _breaks(tmp_path, path, imported) == [f"{importer} -> {imported}"]


@pytest.mark.parametrize(
    ("path", "imported"),
    [
        ("app/application/place.py", "app.domain.order"),
        ("app/infrastructure/tables.py", "app.domain.order"),
        ("app/infrastructure/tables.py", "app.application.place"),
        ("app/api/orders.py", "app.infrastructure.tables"),
        ("app/api/orders.py", "app.domain.order"),
        ("app/domain/order.py", "app.domain.ports"),
        ("app/application/place.py", "app.config"),
        ("app/application/place.py", "app.infrastructure.settings"),
    ],
)
def test_what_leads_inwards_or_to_wiring_is_allowed(tmp_path: Path, path: str, imported: str) -> None:
    assert _breaks(tmp_path, path, imported) == []


def test_a_finding_names_the_folders(tmp_path: Path) -> None:
    text = "import app.infrastructure.tables\n"
    (finding,) = of_rule(check_tree(tmp_path, {**FILES, "app/application/place.py": text}), "LC101")

    assert (finding.severity, finding.roles) == (
        "error",
        (
            "app.application.place is `application`: it lies in the folder `application/`",
            "app.infrastructure.tables is `adapters`: it lies in the folder `infrastructure/`",
            'to change the layer of a folder: folders.LAYER = ["NAME"]',
        ),
    )


def test_folders_of_ones_own_are_added(tmp_path: Path) -> None:
    configuration = 'preset = "hexagonal"\n[folders]\ndomain = ["core"]\n'
    files = {**FILES, "app/core/money.py": "import app.infrastructure.mail\n"}

    assert imports_reported(check_tree(tmp_path, files, configuration), "LC101") == [
        "app.core.money -> app.infrastructure.mail"
    ]


def test_the_preset_finds_rings_where_no_application_is_recognised(tmp_path: Path) -> None:
    files = {"orders/domain/order.py": "import orders.adapters.mail\n", "orders/adapters/mail.py": ""}

    report = check_tree(tmp_path, files, 'preset = "hexagonal"\n')

    assert imports_reported(report, "LC101") == ["orders.domain.order -> orders.adapters.mail"]


def test_an_order_of_ones_own_may_go_by_folders(tmp_path: Path) -> None:
    configuration = 'layers = ["outer", "inner"]\n[folders]\nouter = ["infrastructure", "api"]\ninner = ["domain"]\n'

    assert _breaks(tmp_path, "app/domain/order.py", "app.api.orders", configuration) == [
        "app.domain.order -> app.api.orders"
    ]


def test_the_views_of_django_may_take_models(tmp_path: Path) -> None:
    files = {
        "manage.py": "",
        "shop/orders/apps.py": "from django.apps import AppConfig\n\nclass Orders(AppConfig): ...\n",
        "shop/orders/models.py": "from django.db import models\n\nclass Order(models.Model): ...\n",
        "shop/orders/services.py": "from shop.orders.models import Order\n",
        "shop/orders/serializers.py": "from rest_framework.serializers import ModelSerializer\n"
        "from shop.orders.models import Order\n\nclass OrderSerializer(ModelSerializer):\n    class Meta:\n        model = Order\n",
        "shop/orders/views.py": "from django.views.generic import ListView\nfrom shop.orders.models import Order\n\n"
        "class Orders(ListView):\n    model = Order\n",
    }
    upwards = {**files, "shop/orders/models.py": f"import shop.orders.services\n{files['shop/orders/models.py']}"}

    assert {each.code for each in check_tree(tmp_path / "a", files).findings if each.code.startswith("LC10")} == set()
    assert imports_reported(check_tree(tmp_path / "b", upwards), "LC101") == [
        "shop.orders.models -> shop.orders.services"
    ]
    closed = check_tree(tmp_path / "c", files, 'preset = "layered"\n')
    assert "LC102" in {each.code for each in closed.findings}
