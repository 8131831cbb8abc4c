from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from layercheck.engine.build import open_project
from layercheck.engine.options import CheckOptions
from layercheck.engine.project_target import find_target
from tests.project.evidence.backend import ENDPOINT, TABLE
from tests.running import write_project

if TYPE_CHECKING:
    from pathlib import Path

    from layercheck.project.project import Project

START = "from fastapi import FastAPI\napp = FastAPI()\n"
MODEL = "from django.db import models\n\nclass Order(models.Model): ...\n"
VIEWS = "from django.views.generic import ListView\n\nclass Orders(ListView): ...\n"
APP = "from django.apps import AppConfig\n\nclass OrdersConfig(AppConfig):\n    name = 'orders'\n"
HEXAGON = {
    "app/main.py": START,
    "app/domain/order.py": "class Order: ...\n",
    "app/application/place_order.py": "from app.domain.order import Order\n\ndef place(): ...\n",
    "app/infrastructure/orders.py": "class OrderRepository: ...\n",
    "app/api/orders.py": ENDPOINT,
}
FEATURES = {
    f"shop/{feature}/{path}": text
    for feature in ("users", "orders")
    for path, text in {
        "domain/entity.py": "class Entity: ...\n",
        "use_cases/change.py": "def change(): ...\n",
        "adapters/router.py": ENDPOINT,
    }.items()
}
DJANGO = {
    "manage.py": "",
    "shop/urls.py": "",
    "shop/orders/apps.py": APP,
    "shop/orders/models.py": MODEL,
    "shop/orders/views.py": VIEWS,
    "shop/orders/services.py": "def place(): ...\n",
}
LAYERED = {
    "app/main.py": START,
    "app/api/orders.py": ENDPOINT,
    "app/services/orders.py": "def place(): ...\n",
    "app/models/order.py": TABLE,
}


def _open(root: Path, files: dict[str, str], configuration: str = "") -> Project:
    write_project(root, files, configuration)
    return open_project(find_target([root]), CheckOptions()).project


@pytest.mark.parametrize(
    ("files", "style"),
    [
        pytest.param(HEXAGON, "hexagonal", id="a hexagon"),
        pytest.param(FEATURES | {"shop/main.py": START}, "hexagonal", id="a hexagon for each feature"),
        pytest.param(DJANGO, "django", id="an app that is configured"),
        pytest.param(
            {path: text for path, text in DJANGO.items() if "apps.py" not in path}
            | {"shop/orders/migrations/0001_initial.py": ""},
            "django",
            id="an app with migrations",
        ),
        pytest.param(
            DJANGO | {"shop/front/views.py": VIEWS, "shop/front/urls.py": ""}, "django", id="views without an app"
        ),
        pytest.param(LAYERED, "layered", id="layers"),
        pytest.param(LAYERED | {"app/domain/order.py": "class Order: ...\n"}, "layered", id="a domain among layers"),
        pytest.param(
            LAYERED
            | {f"app/services/{name}.py": "def f(): ...\n" for name in ("mail", "tax", "stock", "users")}
            | {"app/loans/domain/loan.py": "class Loan: ...\n", "app/loans/use_cases/lend.py": "def lend(): ...\n"},
            "layered",
            id="a corner with rings",
        ),
        pytest.param(
            {path.replace("application", "services"): text for path, text in HEXAGON.items()},
            "layered",
            id="services over a domain and infrastructure",
        ),
        pytest.param(
            {path.replace("app/api", "app/application/api"): text for path, text in HEXAGON.items()},
            "layered",
            id="an application that is the API",
        ),
        pytest.param(
            LAYERED | {"app/services/apps.py": "def list_apps(): ...\n"}, "layered", id="apps that are not Django's"
        ),
        pytest.param(
            LAYERED | {"app/store/migrations/001_initial.py": ""}, "layered", id="migrations that are not Django's"
        ),
        pytest.param(
            LAYERED
            | {f"app/api/{name}.py": ENDPOINT for name in ("users", "items", "carts")}
            | {"app/store/apps.py": APP, "app/store/models.py": MODEL},
            "layered",
            id="endpoints over tables of Django",
        ),
    ],
)
def test_styles_are_recognised(tmp_path: Path, files: dict[str, str], style: str) -> None:
    (application,) = _open(tmp_path, files).layout.applications

    assert application.style == style


def test_the_layers_are_those_of_the_style(tmp_path: Path) -> None:
    assert _open(tmp_path / "a", HEXAGON).layers.order == "main > adapters > application > domain"
    assert _open(tmp_path / "b", DJANGO).layers.closed == frozenset()
    assert _open(tmp_path / "c", LAYERED).layers.closed == {"services"}


@pytest.mark.parametrize(
    ("configuration", "order"),
    [
        ('preset = "layered"\n', "main > api > services > models : db"),
        ('layers = ["api", "services"]\n', "api > services"),
    ],
)
def test_a_configuration_that_chooses_the_layers_wins(tmp_path: Path, configuration: str, order: str) -> None:
    assert _open(tmp_path, HEXAGON, configuration).layers.order == order


def test_other_keys_are_laid_over_the_preset_of_the_style(tmp_path: Path) -> None:
    project = _open(tmp_path, DJANGO, 'closed = ["services"]\n')

    assert project.layers.closed == {"services"}
    assert project.loaded.for_style("django").closed == ("services",)


def test_applications_of_several_styles_have_the_layers_of_layered(tmp_path: Path) -> None:
    files = {f"{name}/{path}": text for name, each in (("a", HEXAGON), ("b", LAYERED)) for path, text in each.items()}
    project = _open(tmp_path, files)

    assert {application.style for application in project.layout.applications} == {"hexagonal", "layered"}
    assert project.layers.order == "main > api > services > models : db"
