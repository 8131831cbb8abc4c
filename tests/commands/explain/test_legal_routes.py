from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck.commands.explain.explain_place import explain_place
from layercheck.commands.explain.place_argument import Place
from layercheck.engine.options import CheckOptions
from layercheck.engine.project_target import find_target
from tests.running import write_project

if TYPE_CHECKING:
    from pathlib import Path

    from layercheck.commands.explain.explanation import Explanation, Routes

MODELS = {
    "app/__init__.py": "",
    "app/models/__init__.py": "from app.models.user import Role, User\n",
    "app/models/user.py": "class User: ...\n\n\nclass Role: ...\n",
}
API = {"app/api/users.py": "from app.models.user import User\n"}
SERVICE = "from app.models.user import User\n\n\ndef find(name: str) -> User: ...\n"


def explain(root: Path, files: dict[str, str], place: str = "app/api/users.py", line: int = 1) -> Explanation:
    write_project(root, {**MODELS, **files})
    target = find_target([root / place], overrides={"select": ["LC1"]})
    (explanation,) = explain_place(target, CheckOptions(), Place(root / place, line))
    return explanation


def routes_of(root: Path, files: dict[str, str]) -> Routes:
    routes = explain(root, {**API, **files}).routes
    assert routes is not None
    return routes


def found(routes: Routes) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    return [(route.module, route.names, route.functions) for route in routes.found]


def test_a_service_that_uses_the_same_name_is_a_route(tmp_path: Path) -> None:
    routes = routes_of(tmp_path, {"app/services/users.py": SERVICE})

    assert (routes.through, routes.wanted, routes.has_more) == (("services",), ("User",), False)
    assert found(routes) == [("app.services.users", ("User",), ("find",))]
    assert routes.found[0].location.path == "app/services/users.py"


def test_another_name_of_the_same_module_is_no_route(tmp_path: Path) -> None:
    service = "from app.models.user import Role\n\n\ndef find(name: str) -> Role: ...\n"

    assert found(routes_of(tmp_path, {"app/services/roles.py": service})) == []


def test_a_package_that_passes_the_name_on_is_looked_through(tmp_path: Path) -> None:
    service = "from app.models import User\n\n\ndef find(name: str) -> User: ...\n"

    assert found(routes_of(tmp_path, {"app/services/users.py": service})) == [
        ("app.services.users", ("User",), ("find",))
    ]


def test_modules_imported_whole_are_told_by_what_is_taken_from_them(tmp_path: Path) -> None:
    files = {
        "app/api/users.py": "from app.models import user as tables\n\nprint(tables.User)\n",
        "app/services/roles.py": "from app.models import user\n\n\ndef role() -> user.Role: ...\n",
        "app/services/users.py": "from app.models import user\n\n\ndef find() -> user.User: ...\ndef other() -> user.Role: ...\n",
    }

    assert found(routes_of(tmp_path, files)) == [("app.services.users", ("User",), ("find",))]


def test_methods_and_classes_built_on_the_name_are_named_and_private_ones_are_not(tmp_path: Path) -> None:
    service = """\
        from app.models.user import User as Table


        class Users(Repository[Table]):
            def create(self) -> None:
                Table()

            def _hidden(self) -> Table: ...

            def unrelated(self) -> None: ...


        def _private() -> Table: ...
        """

    (route,) = routes_of(tmp_path, {"app/services/users.py": service}).found

    assert route.functions == ("Users", "Users.create")


def test_those_in_the_same_folder_stand_first_then_those_called_alike_and_those_without_functions_last(
    tmp_path: Path,
) -> None:
    files = {
        "app/api/users.py": "",
        "app/orders/api.py": "from app.models.user import User\n",
        "app/orders/service.py": SERVICE,
        "app/services/basket.py": SERVICE,
        "app/services/order.py": SERVICE,
        "app/services/users.py": SERVICE,
        "app/services/aaa_orders.py": "from app.models.user import User\n",
    }

    explanation = explain(tmp_path, files, "app/orders/api.py")

    assert explanation.routes is not None
    assert [route.module for route in explanation.routes.found] == [
        "app.orders.service",
        "app.services.users",
        "app.services.basket",
        "app.services.order",
        "app.services.aaa_orders",
    ]


def test_at_most_five_are_told(tmp_path: Path) -> None:
    routes = routes_of(tmp_path, {f"app/services/s{number}.py": SERVICE for number in range(7)})

    assert len(routes.found) == 5
    assert routes.has_more


def test_what_is_taken_for_type_checking_only_is_no_route(tmp_path: Path) -> None:
    service = "from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    from app.models.user import User\n"

    assert found(routes_of(tmp_path, {"app/services/users.py": service})) == []


def test_a_module_without_a_layer_and_a_test_are_no_routes(tmp_path: Path) -> None:
    files = {"app/services/base.py": "", "app/warehouse.py": SERVICE, "app/tests/test_users.py": SERVICE}

    assert found(routes_of(tmp_path, files)) == []


def test_an_import_of_a_higher_layer_has_no_route(tmp_path: Path) -> None:
    files = {"app/api/users.py": "", "app/services/users.py": "from app.api.users import router\n"}

    explanation = explain(tmp_path, files, "app/services/users.py")

    assert explanation.finding.code == "LC101"
    assert explanation.routes is not None
    assert (explanation.routes.through, explanation.routes.found) == ((), ())
    assert explanation.allowed == ("models",)


def test_a_service_that_cannot_be_parsed_here_is_passed_over(tmp_path: Path) -> None:
    files = {"app/services/users.py": SERVICE, "app/services/broken.py": "from app.models.user import User\ndef (:\n"}

    assert [module for module, _, functions in found(routes_of(tmp_path, files)) if functions] == ["app.services.users"]
