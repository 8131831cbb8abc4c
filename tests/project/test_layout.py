from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, strategies as st

from layercheck.project.folders import folder_tree
from layercheck.project.layout import layout_of
from layercheck.project.roles import RoleNames

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layercheck.project.layout import Layout

NAMES = RoleNames(
    {
        "main": ["main", "app", "asgi", "wsgi", "manage", "__main__"],
        "api": [
            *("api", "route", "routes", "router", "routers", "endpoint", "endpoints", "view", "views", "controllers"),
            *("handler", "handlers", "rest", "web", "resources", "blueprints", "viewsets", "graphql"),
            "inbound",
        ],
        "services": [
            *("service", "services", "use_case", "use_cases", "usecases", "application", "business", "logic"),
            "managers",
        ],
        "models": ["model", "models", "entities", "orm", "tables"],
        "db": ["db", "database", "repository", "repositories", "crud", "dao", "persistence", "outbound"],
        "schemas": ["schema", "schemas", "serializers", "dto", "dtos", "datamodels"],
        "utils": ["util", "utils", "helpers", "common", "lib", "libs", "shared", "tools"],
        "wiring": [
            *("cli", "config", "settings", "deps", "dependencies", "container", "containers", "bootstrap"),
            "middleware",
        ],
    },
)


def recognise_layout(files: Sequence[str], names: RoleNames) -> Layout:
    return layout_of(folder_tree(files, names))


def _layout(tree: str) -> tuple[Layout, dict[str, str]]:
    """Recognise a tree written as lines of `path role`; give the layout and the roles that the tree promises."""
    expected = dict(line.split() for line in tree.strip().splitlines())
    return recognise_layout(list(expected), NAMES), expected


def _check(tree: str, roots: dict[str, str]) -> None:
    layout, expected = _layout(tree)
    assert {root.path: root.style for root in layout.applications} == roots
    assert {path: layout.roles.get(path, "-") for path in expected} == expected


WORDS = ("api", "app", "core", "main", "models", "modules", "migrations", "services", "tests", "users", "utils", "x")


LAYOUTS: dict[str, tuple[dict[str, str], str]] = {
    "package at the top": (
        {"shop": "layered"},
        """
        shop/__init__.py              wiring
        shop/main.py                  main
        shop/api/__init__.py          api
        shop/api/users.py             api
        shop/services/users.py        services
        shop/models/user.py           models
        shop/db/session.py            db
        shop/schemas/user.py          schemas
        shop/utils/text.py            utils
        shop/exceptions.py            -
        tests/test_users.py           tests
        """,
    ),
    "src folder": (
        {"src/shop": "layered"},
        """
        src/shop/__init__.py          wiring
        src/shop/app.py               main
        src/shop/routers/users.py     api
        src/shop/services/users.py    services
        src/shop/models/user.py       models
        docs/conf.py                  scripts
        noxfile.py                    scripts
        """,
    ),
    "backend/app, with files instead of folders for some layers": (
        {"backend/app": "layered"},
        """
        backend/app/__init__.py       wiring
        backend/app/main.py           main
        backend/app/api/main.py       api
        backend/app/api/deps.py       wiring
        backend/app/api/routes/a.py   api
        backend/app/core/__init__.py  -
        backend/app/core/config.py    wiring
        backend/app/core/db.py        db
        backend/app/core/security.py  -
        backend/app/models.py         models
        backend/app/crud.py           db
        backend/app/utils.py          utils
        backend/app/alembic/env.py    migrations
        backend/app/alembic/versions/1a_init.py migrations
        backend/tests/api/test_a.py   tests
        backend/tests/utils/user.py   tests
        """,
    ),
    "backend/app/app": (
        {"backend/app/app": "layered"},
        """
        backend/app/app/main.py       main
        backend/app/app/api/items.py  api
        backend/app/app/crud/items.py db
        backend/app/app/models/a.py   models
        backend/app/app/tests/test_a.py tests
        backend/app/alembic/env.py    migrations
        """,
    ),
    "server/PKG, entry point in the folder above": (
        {"server/shop": "layered"},
        """
        server/main.py                main
        server/shop/api/users.py      api
        server/shop/services/users.py services
        server/shop/models/users.py   models
        web/scripts/build.py          scripts
        """,
    ),
    "the project root is the root, layers as folders": (
        {"": "layered"},
        """
        main.py                       main
        setup.py                      scripts
        gunicorn.conf.py              scripts
        api/users.py                  api
        models/user.py                models
        services/users.py             services
        tests/test_users.py           tests
        """,
    ),
    "the project root is the root, layers as files": (
        {"": "flat"},
        """
        main.py                       main
        models.py                     models
        schemas.py                    schemas
        crud.py                       db
        database.py                   db
        """,
    ),
    "a flat package": (
        {"sql_app": "flat"},
        """
        sql_app/__init__.py           wiring
        sql_app/main.py               main
        sql_app/models.py             models
        sql_app/user_schema.py        schemas
        sql_app/users_router.py       api
        sql_app/user_service.py       services
        sql_app/user_repository.py    db
        sql_app/test_models.py        tests
        """,
    ),
    "features at the top of an application": (
        {"src": "feature-first"},
        """
        src/main.py                   main
        src/config.py                 wiring
        src/database.py               db
        src/users/router.py           api
        src/users/service.py          services
        src/users/models.py           models
        src/users/schemas.py          schemas
        src/users/dependencies.py     wiring
        src/users/constants.py        -
        src/posts/router.py           api
        src/posts/service.py          services
        src/pay/router.py             api
        src/pay/models.py             models
        src/aws/client.py             -
        """,
    ),
    "features below modules/": (
        {"app": "feature-first"},
        """
        app/main.py                   main
        app/modules/users/router.py   api
        app/modules/users/service.py  services
        app/modules/items/router.py   api
        app/modules/items/models.py   models
        app/modules/pay/api.py        api
        app/modules/pay/service.py    services
        """,
    ),
    "features whose folders are called like layers": (
        {"app": "feature-first"},
        """
        app/main.py                   main
        app/service/models.py         models
        app/service/views.py          api
        app/service/flows.py          -
        app/database/router.py        api
        app/database/service.py       services
        app/config/models/entry.py    models
        app/config/views/entry.py     api
        app/users/router.py           api
        app/users/service.py          services
        """,
    ),
    "two features are features, too": (
        {"app": "feature-first"},
        """
        app/main.py                   main
        app/users/router.py           api
        app/users/service.py          services
        app/items/router.py           api
        app/items/models.py           models
        """,
    ),
    "everything in core/": (
        {"shop": "layered"},
        """
        shop/__main__.py              main
        shop/app.py                   main
        shop/settings.py              wiring
        shop/helpers.py               utils
        shop/core/views/users.py      api
        shop/core/services/users.py   services
        shop/core/models/users.py     models
        shop/core/crud/users.py       db
        shop/core/tasks.py            -
        """,
    ),
    "a hexagon": (
        {"src/app": "layered"},
        """
        src/app/__init__.py                   wiring
        src/app/core/__init__.py              -
        src/app/core/commands/create.py       -
        src/app/core/common/entities/user.py  models
        src/app/core/common/services/user.py  services
        src/app/core/queries/models/user.py   models
        src/app/core/crud/users.py            db
        src/app/inbound/__init__.py           api
        src/app/inbound/http/users.py         api
        src/app/inbound/http/log_in.py        api
        src/app/outbound/__init__.py          db
        src/app/outbound/users.py             db
        src/app/outbound/mail.py              db
        src/app/start/run.py                  -
        """,
    ),
    "an application called after what it serves, with versions": (
        {"api": "layered"},
        """
        main.py                       main
        api/v1/__init__.py            -
        api/v1/routes/users.py        api
        api/v1/services/users.py      services
        api/v1/models/user.py         models
        api/v1/schemas/user.py        schemas
        api/db/database.py            db
        api/utils/json.py             utils
        api/core/dependencies.py      wiring
        """,
    ),
    "versions inside the api": (
        {"app": "layered"},
        """
        app/main.py                   main
        app/api/v1/users.py           api
        app/api/v1/schemas/user.py    schemas
        app/api/v2/users.py           api
        app/services/users.py         services
        app/models/user.py            models
        """,
    ),
    "parts beside each other in the project root": (
        {"": "hexagonal"},
        """
        main.py                       main
        app/user/application/service/user.py services
        app/user/application/dto/user.py     schemas
        app/user/adapter/api/user.py  api
        app/user/domain/repository/user.py   db
        app/user/domain/vo/location.py       models
        core/config.py                wiring
        core/db/session.py            db
        core/helpers/cache.py         utils
        core/repository/base.py       db
        """,
    ),
    "Flask: factory and blueprints": (
        {"app": "layered"},
        """
        shop.py                       -
        config.py                     -
        app/__init__.py               wiring
        app/models.py                 models
        app/auth/__init__.py          -
        app/auth/routes.py            api
        app/auth/forms.py             -
        app/main/routes.py            api
        app/errors/handlers.py        api
        app/api/users.py              api
        app/api/tokens.py             api
        app/cli.py                    wiring
        migrations/versions/1_init.py migrations
        """,
    ),
    "Django: applications and the project's package beside them": (
        {"": "feature-first"},
        """
        manage.py                     main
        shop/settings.py              wiring
        shop/wsgi.py                  main
        shop/asgi.py                  main
        users/models.py               models
        users/managers.py             models
        users/views.py                api
        users/serializers.py          schemas
        users/admin.py                -
        users/tests.py                tests
        users/migrations/0001_initial.py        migrations
        users/management/commands/send.py       scripts
        orders/models.py              models
        orders/services.py            services
        items/models/item.py          models
        items/views/item.py           api
        docs/models.py                models
        docs/views.py                 api
        docs/migrations/0001_initial.py         migrations
        """,
    ),
    "Django: a package of applications, config/ beside it": (
        {"shop": "feature-first"},
        """
        manage.py                     main
        config/wsgi.py                main
        config/settings/base.py       -
        shop/users/models.py          models
        shop/users/apis.py            -
        shop/users/services.py        services
        shop/orders/models.py         models
        shop/orders/views.py          api
        shop/common/models.py         models
        shop/common/services.py       services
        shop/common/apps.py           -
        """,
    ),
    "Django: apps/ and config/ in one folder": (
        {"backend": "feature-first"},
        """
        backend/manage.py             main
        backend/config/settings/base.py wiring
        backend/config/wsgi.py        main
        backend/apps/users/models.py  models
        backend/apps/users/views.py   api
        backend/apps/orders/models.py models
        backend/apps/orders/views.py  api
        backend/apps/items/models.py  models
        backend/apps/items/api/serializers.py schemas
        """,
    ),
    "microservices, each its own root": (
        {"orders/app": "layered", "users/app": "layered"},
        """
        users/app/main.py             main
        users/app/api/users.py        api
        users/app/models/user.py      models
        orders/app/main.py            main
        orders/app/api/orders.py      api
        orders/app/services/pay.py    services
        """,
    ),
    "flat microservices below services/": (
        {"services/orders": "flat", "services/users": "flat"},
        """
        services/users/main.py        main
        services/users/api.py         api
        services/users/models.py      models
        services/orders/main.py       main
        services/orders/api.py        api
        services/orders/models.py     models
        libs/log.py                   -
        """,
    ),
    "packages with src folders": (
        {"packages/pay/src/pay": "layered", "packages/users/src/users": "flat"},
        """
        packages/users/src/users/api.py     api
        packages/users/src/users/models.py  models
        packages/users/src/users/service.py services
        packages/pay/src/pay/main.py        main
        packages/pay/src/pay/api/card.py    api
        packages/pay/src/pay/models/card.py models
        """,
    ),
    "an example is no second root": (
        {"app": "layered"},
        """
        app/main.py                   main
        app/api/users.py              api
        app/models/user.py            models
        examples/demo/api/users.py    scripts
        examples/demo/models/user.py  scripts
        """,
    ),
    "the root is called like a layer": (
        {"api": "layered"},
        """
        api/main.py                   main
        api/routes/users.py           api
        api/services/users.py         services
        api/models/user.py            models
        frontend/build.py             -
        """,
    ),
    "entry points only where an application starts": (
        {"app": "layered"},
        """
        manage.py                     main
        app/asgi.py                   main
        app/core/app.py               main
        app/core/settings/app.py      wiring
        app/api/main.py               api
        app/services/app.py           services
        app/services/manage.py        services
        app/models/app.py             models
        app/main/routes.py            api
        dev/codegen/main.py           -
        dev/deep/down/manage.py       -
        """,
    ),
    "tests, migrations and scripts wherever they are": (
        {"app": "layered"},
        """
        app/main.py                   main
        app/api/users.py              api
        app/api/tests/helpers.py      tests
        app/services/users.py         services
        app/services/test_users.py    tests
        app/services/migrations/from_v1.py services
        app/db/session.py             db
        app/db/migrations/env.py      migrations
        app/database/revisions/env.py migrations
        app/database/revisions/versions/2021_a.py migrations
        app/scripts/seed.py           scripts
        app/forms/setup.py            -
        app/docs/views.py             api
        scripts/deploy.py             scripts
        bin/run.py                    scripts
        """,
    ),
    "inner names that win, and those that do not": (
        {"app": "layered"},
        """
        app/main.py                   main
        app/api/v1/config.py          api
        app/api/v1/helpers.py         api
        app/api/v1/schemas/user.py    schemas
        app/api/dependencies/auth.py  wiring
        app/models/domain/user.py     models
        app/models/schemas/user.py    schemas
        app/db/models/user.py         models
        app/db/repositories/user.py   db
        app/services/users/repository.py db
        app/services/github/api.py    services
        app/utils/views.py            api
        """,
    ),
    "a feature inside a layer keeps the layer": (
        {"app": "layered"},
        """
        app/main.py                   main
        app/api/users.py              api
        app/services/users.py         services
        app/services/mail/service.py  services
        app/services/mail/models.py   models
        app/services/mail/templates.py services
        app/services/mail/utils.py    services
        app/services/mail/config.py   services
        """,
    ),
    "false friends": (
        {"app": "layered"},
        """
        app/main.py                   main
        app/api/users.py              api
        app/services/users.py         services
        app/graphql/users/schema.py   api
        app/integrations/github/api.py -
        app/signals/handlers.py       -
        app/core/db_routers.py        db
        app/queries/db2.py            -
        app/exceptions/database.py    -
        app/forms/config.py           -
        app/forms/test_config.py      tests
        app/db_migrations/0133_finding_service.py migrations
        """,
    ),
    "the package around the best-looking folder has layers, too": (
        {"shop": "flat"},
        """
        wsgi.py                       main
        shop/__init__.py              wiring
        shop/models.py                models
        shop/base.py                  -
        shop/ext/database.py          db
        shop/ext/auth.py              -
        shop/ext/admin.py             -
        shop/ext/commands.py          -
        shop/ext/rest_api/resources.py api
        shop/ext/web_ui/views.py      api
        """,
    ),
    "two layers are enough": (
        {"app": "layered"},
        """
        app/models/user.py            models
        app/utils/text.py             utils
        """,
    ),
    "stubs and names that are no identifiers": (
        {"my-shop": "layered"},
        """
        my-shop/app.py                main
        my-shop/api/01_users.py       api
        my-shop/api/users.pyi         api
        my-shop/use-cases/buy.py      services
        """,
    ),
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_layout(name: str) -> None:
    roots, tree = LAYOUTS[name]
    _check(tree, roots)


@pytest.mark.parametrize("name", LAYOUTS)
def test_the_order_of_the_files_does_not_matter(name: str) -> None:
    paths = [line.split()[0] for line in LAYOUTS[name][1].strip().splitlines()]
    assert recognise_layout(paths, NAMES) == recognise_layout(paths[::-1], NAMES)


NO_BACKENDS = {
    "nothing": "",
    "a library": "click/__init__.py click/core.py click/utils.py click/types.py click/parser.py tests/test_core.py",
    "a library with an odd name or two": """
        fw/__init__.py fw/__main__.py fw/views.py fw/helpers.py fw/cli.py fw/config.py fw/sessions.py fw/signals.py
        fw/globals.py fw/ctx.py fw/json.py fw/logging.py fw/templating.py fw/testing.py fw/typing.py fw/wrappers.py""",
    "a command-line tool with a start file": """
        tool/__init__.py tool/main.py tool/models.py tool/utils.py tool/a.py tool/b.py tool/c.py tool/d.py tool/e.py
        tool/f.py tool/g.py tool/schema.py""",
    "a corner of something else": """
        big/one/a.py big/one/b.py big/two/c.py big/two/d.py big/three/e.py big/three/f.py big/four/g.py big/four/h.py
        big/five/api/x.py big/five/models/y.py big/five/services/z.py""",
    "one layer": "app/main.py app/models/a.py app/models/b.py",
    "only tests": "tests/api/test_a.py tests/models/test_b.py tests/services/test_c.py",
}


@pytest.mark.parametrize("name", NO_BACKENDS)
def test_what_is_no_backend_is_not_recognised(name: str) -> None:
    layout = recognise_layout(NO_BACKENDS[name].split(), NAMES)
    assert layout.applications == ()
    assert layout.application_of == {}
    assert set(layout.roles.values()) <= {"tests", "migrations", "scripts"}


@given(st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map("/".join), unique=True, max_size=40))
def test_any_tree_is_accounted_for(stems: list[str]) -> None:
    files = [f"{stem}.py" for stem in stems]
    layout = recognise_layout(files, NAMES)
    assert layout.roles.keys() | layout.application_of.keys() <= set(files)
    for root in layout.applications:
        inside = {path for path, application in layout.application_of.items() if application == root.path}
        assert inside == {path for path in files if not root.path or path.startswith(f"{root.path}/")}
        assert sum(root.roles.values()) + root.unmapped == len(inside)
    assert len(layout.application_of) == sum(sum(root.roles.values()) + root.unmapped for root in layout.applications)
    assert recognise_layout(files[::-1], NAMES) == layout


def test_a_root_counts_its_files() -> None:
    tree = """
        app/main.py           main
        app/api/a.py          api
        app/api/b.py          api
        app/models/c.py       models
        app/tasks.py          -
        app/core/__init__.py  -
        app/tests/test_a.py   tests
        other/x.py            -
        """
    layout, _ = _layout(tree)
    (root,) = layout.applications
    assert root.roles == {"api": 2, "main": 1, "models": 1, "tests": 1}
    assert root.unmapped == 2


def test_each_file_below_a_root_is_in_its_container() -> None:
    layout, _ = _layout(LAYOUTS["microservices, each its own root"][1])
    assert layout.application_of["users/app/models/user.py"] == "users/app"
    assert layout.application_of["orders/app/main.py"] == "orders/app"
    layout, _ = _layout(LAYOUTS["backend/app/app"][1])
    assert "backend/app/alembic/env.py" not in layout.application_of
