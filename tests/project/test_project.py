from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from layercheck.model.imports import ImportKind
from tests.running import make_project

if TYPE_CHECKING:
    from pathlib import Path

    from layercheck.model.module import Module
    from layercheck.project.project import Project

EVERY_KIND = list(ImportKind)
LAYERED = {
    "app/__init__.py": "",
    "app/main.py": "from app.api import users\n",
    "app/api/__init__.py": "",
    "app/api/users.py": "from app.services.users import find\n",
    "app/services/users.py": "from app.db.session import get\nfrom app.config import URL\n",
    "app/db/session.py": "",
    "app/config.py": "",
    "app/billing.py": "",
    "tests/test_users.py": "from app.main import app\n",
}


def _module(project: Project, name: str) -> Module:
    return next(module for module in project.modules if module.name == name)


def _facts(project: Project) -> dict[str, tuple[str | None, str | None, str | None]]:
    return {module.name: (module.role, module.layer, module.application) for module in project.modules}


def test_modules_have_a_role_a_layer_and_an_application(tmp_path: Path) -> None:
    facts = _facts(make_project(tmp_path, LAYERED))

    assert facts["app.api.users"] == ("api", "api", "app")
    assert facts["app.api"] == ("api", "api", "app")
    assert facts["app.main"] == ("main", "main", "app")
    assert facts["app.config"] == ("wiring", None, "app")
    assert facts["app.billing"] == (None, None, "app")
    assert facts["tests.test_users"] == ("tests", None, None)


def test_crossings_lead_from_one_layer_to_another(tmp_path: Path) -> None:
    project = make_project(tmp_path, LAYERED)

    crossings = {pair: [(one.name, other.name) for one, other in each] for pair, each in project.crossings.items()}
    assert crossings == {
        ("main", "api"): [("app.main", "app.api.users")],
        ("api", "services"): [("app.api.users", "app.services.users")],
        ("services", "db"): [("app.services.users", "app.db.session")],
        ("services", None): [("app.services.users", "app.config")],
    }


def test_importers_come_from_everywhere(tmp_path: Path) -> None:
    project = make_project(tmp_path, LAYERED)

    found = project.importers_of([_module(project, "app.main"), _module(project, "app.config")])

    assert [one.name for one, _ in found] == ["app.services.users", "tests.test_users"]


def test_only_imports_of_the_wanted_kinds_are_listed(tmp_path: Path) -> None:
    text = "import app.db.session\n\ndef f():\n    import app.db.session\n"
    project = make_project(tmp_path, LAYERED | {"app/services/users.py": text})
    pair = (_module(project, "app.services.users"), _module(project, "app.db.session"))

    assert len(project.imports_between(*pair, EVERY_KIND)) == 2
    assert [each.kind for each in project.imports_between(*pair, [ImportKind.DEFERRED])] == [ImportKind.DEFERRED]
    assert project.imports_between(*pair[::-1], EVERY_KIND) == []


def test_modules_without_role_and_layer_are_unmapped(tmp_path: Path) -> None:
    project = make_project(tmp_path, LAYERED | {"elsewhere/x.py": "", "app/blob/__init__.py": "", "app/blob/y.py": ""})

    assert [module.name for module in project.unmapped] == ["app.billing", "app.blob", "app.blob.y"]


def test_the_face_of_a_folder_that_only_holds_mapped_modules_is_not_unmapped(tmp_path: Path) -> None:
    files = {f"app/{name}/{part}.py": "" for name in ("users", "orders", "bills") for part in ("router", "service")}
    files |= {f"app/{name}/__init__.py": "" for name in ("users", "orders", "bills")}
    project = make_project(tmp_path, files | {"app/__init__.py": "", "app/main.py": "", "app/orders/warehouse.py": ""})

    assert [module.name for module in project.unmapped] == ["app.orders.warehouse"]


def test_roles_of_the_configuration_are_names_or_modules(tmp_path: Path) -> None:
    files = {"app/face/x.py": "", "app/face/y.py": "", "app/billing.py": "", "app/stock/x.py": "", "app/stock/y.py": ""}
    configuration = 'roles.api = ["face"]\nroles.services = ["app.billing", "app.*.x"]\n'
    project = make_project(tmp_path, files | {"app/services/y.py": "", "app/db/z.py": ""}, configuration)

    layers = {module.name: module.layer for module in project.modules}
    assert layers == {
        # A module that is named stands before a name.
        "app.face.x": "services",
        "app.face.y": "api",
        "app.billing": "services",
        "app.stock.x": "services",
        "app.stock.y": None,
        "app.services.y": "services",
        "app.db.z": "db",
    }


def test_layers_of_ones_own_span_the_whole_project(tmp_path: Path) -> None:
    files = {"one/web.py": "import two.data\n", "two/data.py": "", "two/other.py": ""}
    project = make_project(tmp_path, files, 'layers = ["one.web", "two.data"]\n')

    assert _facts(project) == {
        "one.web": (None, "one.web", ""),
        "two.data": (None, "two.data", ""),
        "two.other": (None, None, ""),
    }
    assert list(project.crossings) == [("one.web", "two.data")]


def test_tests_and_migrations_are_in_no_layer(tmp_path: Path) -> None:
    files = {"web/x.py": "", "web/tests/test_x.py": "", "web/migrations/0001_a.py": "", "data/y.py": ""}
    project = make_project(tmp_path, files, 'layers = ["web", "data"]\n')

    assert {module.name: module.layer for module in project.modules} == {
        "data.y": "data",
        "web.migrations.0001_a": None,
        "web.tests.test_x": None,
        "web.x": "web",
    }


def test_two_applications_do_not_stand_above_each_other(tmp_path: Path) -> None:
    one = {f"one/{name}/x.py": "" for name in ("api", "services", "db")}
    two = {f"two/{name}/x.py": "" for name in ("api", "services", "db")}
    files = one | two | {"one/db/x.py": "import two.api.x\n", "one/main.py": "", "two/main.py": ""}
    project = make_project(tmp_path, files)

    assert {module.application for module in project.modules} == {"one", "two"}
    assert dict(project.crossings) == {}


FEATURES = [
    f"app/{name}/{part}.py" for name in ("users", "orders", "bills") for part in ("router", "models", "schemas")
]


@pytest.mark.parametrize(
    ("files", "importer", "imported", "is_served"),
    [
        # A folder of services serves all that lies beside it.
        (["app/services/a.py", "app/api/x.py", "app/models/y.py"], "app.api.x", "app.models.y", True),
        # The service of a feature serves this feature, whichever end of the import lies in it.
        ([*FEATURES, "app/orders/service.py"], "app.users.router", "app.users.models", False),
        ([*FEATURES, "app/orders/service.py"], "app.orders.router", "app.users.models", True),
        ([*FEATURES, "app/orders/service.py"], "app.users.router", "app.orders.models", True),
        # One file at the top serves all.
        ([*FEATURES, "app/service.py"], "app.users.router", "app.users.models", True),
        # Without services there is nobody to ask.
        (FEATURES, "app.users.router", "app.users.models", False),
    ],
)
def test_whom_a_closed_layer_serves(
    tmp_path: Path, files: list[str], importer: str, imported: str, is_served: bool
) -> None:
    path = importer.replace(".", "/") + ".py"
    tree = {**dict.fromkeys(files, ""), "app/__init__.py": "", "app/main.py": "", path: f"import {imported}\n"}
    project = make_project(tmp_path, tree)

    (suspect,) = project.crossings["api", "models"]

    assert project.is_in_reach_of("services", suspect) is is_served


def test_which_layers_an_application_has(tmp_path: Path) -> None:
    project = make_project(tmp_path, LAYERED)

    assert project.present_layers("app") == {"main", "api", "services", "db"}
    assert project.present_layers(None) == frozenset()


def test_a_folder_without_init_is_a_module_that_can_be_imported(tmp_path: Path) -> None:
    files = {"app/api/x.py": "from app import models\n", "app/models/user.py": "", "app/services/y.py": ""}
    project = make_project(tmp_path, files)

    ((_, imported),) = project.crossings["api", "models"]
    assert (imported.name, imported.path) == ("app.models", "app/models")


def test_exact_finds_the_same_suspects_where_nothing_is_hidden(tmp_path: Path) -> None:
    scanned = make_project(tmp_path, LAYERED)
    exact = make_project(tmp_path, LAYERED, exact=True)

    assert set(scanned.suspects) == set(exact.suspects)


def test_a_folder_called_like_tests_is_a_layer_where_the_configuration_says_so(tmp_path: Path) -> None:
    files = {"shop/cli.py": "", "shop/testing/cases.py": "", "shop/core/a.py": "", "shop/core/tests/test_a.py": ""}

    project = make_project(tmp_path, files, 'layers = ["shop.cli | shop.testing", "shop.core"]\n')

    assert {module.name: module.layer for module in project.modules} == {
        "shop.cli": "shop.cli",
        "shop.testing.cases": "shop.testing",
        "shop.core.a": "shop.core",
        "shop.core.tests.test_a": None,
    }
