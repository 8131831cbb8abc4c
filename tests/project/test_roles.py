from __future__ import annotations

import pytest

from layercheck.project.roles import RoleNames, aside_role, inner_role

NAMES = RoleNames(
    {
        "main": ["main", "app", "asgi", "wsgi", "manage", "__main__"],
        "api": ["api", "route", "routes", "router", "routers", "view", "views", "handlers", "web", "resource"],
        "services": ["service", "services", "use_case", "use_cases", "application", "manager", "managers"],
        "models": ["model", "models", "table", "tables"],
        "db": ["db", "database", "repository", "repositories", "crud", "dao"],
        "schemas": ["schema", "schemas", "serializers", "dto"],
        "utils": ["utils", "helpers", "common", "tool"],
        "wiring": ["cli", "config", "settings", "deps", "dependencies"],
    },
)


@pytest.mark.parametrize(
    ("stem", "role"),
    [
        ("models", "models"),
        ("crud", "db"),
        ("Views", "api"),
        ("_models", "models"),
        ("use-cases", "services"),
        ("routes_v2", "api"),
        ("viewsv1", "api"),
        ("main", "main"),
        ("__main__", "main"),
        ("config", "wiring"),
        # The last word tells.
        ("user_service", "services"),
        ("user_model", "models"),
        ("user_schema", "schemas"),
        ("user_repository", "db"),
        ("users_router", "api"),
        ("create_user_use_case", "services"),
        ("auth_dependencies", "wiring"),
        # Tests are tests, whatever they test.
        ("test_models", "tests"),
        ("models_test", "tests"),
        ("conftest", "tests"),
        ("tests", "tests"),
        ("migrations", "migrations"),
    ],
)
def test_a_file_name_tells_the_role(stem: str, role: str) -> None:
    assert NAMES.of_stem(stem) == role


@pytest.mark.parametrize(
    "stem",
    [
        "users",
        "core",
        "service_account",  # the first word does not count
        "github_api",  # a client of somebody else's API
        "error_handlers",
        "base_manager",
        "init_db",
        "aws_config",
        "fastapi_app",
        "_main",  # a private module, not what a server starts
        "manager",
        "application",
        "web",
        "resource",
        "table",
        "tool",
        "db2",  # a product
    ],
)
def test_a_false_friend_tells_nothing(stem: str) -> None:
    assert NAMES.of_stem(stem) is None


def test_a_router_of_database_queries_is_no_router_of_requests() -> None:
    assert NAMES.of_stem("db_router") == "db"


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("services", "services"),
        ("Services", "services"),
        ("use-cases", "services"),
        ("api_v1", "api"),
        ("response_schemas", "schemas"),
        ("web", "api"),
        ("manager", "services"),
        ("settings", "wiring"),
        ("core", None),
        ("app", None),  # a folder is never an entry point
        ("main", None),
        ("user_service", None),  # rather an application of its own
        ("users", None),
    ],
)
def test_a_folder_name_tells_the_role(name: str, role: str | None) -> None:
    assert NAMES.of_folder(name) == role


def test_a_name_belongs_to_the_role_that_lists_it_first() -> None:
    names = RoleNames({"api": ["web"], "services": ["web", "flows"]})
    assert names.of_folder("web") == "api"
    assert names.of_folder("flows") == "services"


@pytest.mark.parametrize(
    ("outer", "inner", "name", "role"),
    [
        (None, None, "users", None),
        (None, "api", "api", "api"),
        ("api", None, "users", "api"),
        # The outermost name decides …
        ("api", "services", "services", "api"),
        ("api", "utils", "helpers", "api"),
        ("api", "wiring", "config", "api"),
        ("models", "db", "db", "models"),
        ("services", "wiring", "config", "services"),
        ("schemas", "models", "models", "schemas"),
        ("wiring", "db", "db", "wiring"),
        # … except for these.
        ("api", "schemas", "schemas", "schemas"),
        ("models", "schemas", "schemas", "schemas"),
        ("services", "schemas", "schemas", "schemas"),
        ("db", "models", "models", "models"),
        ("services", "models", "models", "models"),
        ("services", "db", "repository", "db"),
        ("utils", "api", "views", "api"),
        ("utils", "services", "services", "services"),
        ("api", "wiring", "deps", "wiring"),
        ("api", "wiring", "auth_dependencies", "wiring"),
    ],
)
def test_outer_and_inner_names_are_weighed(outer: str | None, inner: str | None, name: str, role: str | None) -> None:
    assert inner_role(outer, inner, name) == role


@pytest.mark.parametrize(
    ("folder", "role"),
    [
        ("tests", "tests"),
        ("Test", "tests"),
        ("load_tests", "tests"),
        ("migrations", "migrations"),
        ("alembic", "migrations"),
        ("scripts", "scripts"),
        ("docs", "scripts"),
        ("contest", None),
        ("versions", None),
    ],
)
def test_some_folders_lie_aside(folder: str, role: str | None) -> None:
    assert aside_role(folder) == role
