from __future__ import annotations

import pytest

from layercheck.project.module_names import SourceTree, name_modules
from layercheck.project.resolution import Resolver

SHOP = {
    "shop/__init__.py": "",
    "shop/api/__init__.py": "",
    "shop/api/users.py": "shop.db.session:x shop.upper.target",
    "shop/db/__init__.py": "",
    "shop/db/session.py": "",
    "shop/upper/__init__.py": "",
    "shop/upper/target.py": "",
    "shop/upper.py": "",
    "shop/core/redis.py": "redis",
    "shop/plain/x.py": "",
}
USERS = "shop/api/users.py"


def _resolver(files: dict[str, str], exports: dict[str, list[str]] | None = None, **options: object) -> Resolver:
    imports = {path: specs.split() for path, specs in files.items()}
    tree = SourceTree(imports)
    naming = name_modules(tree, imports, **options)  # type: ignore[arg-type]  # as the caller writes
    return Resolver(tree, naming, lambda stem: (exports or {}).get(stem, []))


@pytest.mark.parametrize(
    ("spec", "targets"),
    [
        ("shop.db.session", ["shop/db/session"]),
        ("shop.db", ["shop/db"]),
        ("shop", ["shop"]),
        ("shop.db:session", ["shop/db/session"]),
        ("shop.db:session,engine", ["shop/db/session", "shop/db"]),
        ("shop.db.session:engine", ["shop/db/session"]),
        ("shop.db.session:session", ["shop/db/session"]),
        ("shop:db,api", ["shop/db", "shop/api"]),
        ("shop:version", ["shop"]),
        ("shop.plain:x", ["shop/plain/x"]),
        ("shop.plain", ["shop/plain"]),
        (".:base", ["shop/api"]),
        (".:users", ["shop/api/users"]),
        ("..:db", ["shop/db"]),
        ("..db:session", ["shop/db/session"]),
        ("..db.session:engine", ["shop/db/session"]),
        ("..:version", ["shop"]),
        # The package hides the module of the same name.
        ("shop.upper:x", ["shop/upper"]),
        ("shop.upper.target", ["shop/upper/target"]),
        # Not ours: prefix twins, modules that are not there, libraries called like a deep module.
        ("shopping.db", []),
        ("shop.dbx", []),
        ("shop.db.sessions:x", []),
        ("db.session", []),
        ("session", []),
        ("redis", []),
        ("redis:Redis", []),
        ("celery", []),
        ("..missing:x", []),
    ],
)
def test_what_an_import_means(spec: str, targets: list[str]) -> None:
    assert list(_resolver(SHOP).targets(USERS, spec)) == targets


def test_an_import_in_a_package_starts_at_the_package() -> None:
    resolver = _resolver(SHOP)

    assert resolver.targets("shop/api/__init__.py", ".:users") == ("shop/api/users",)
    assert resolver.targets("shop/api/__init__.py", "..db:session") == ("shop/db/session",)


def test_a_star_takes_the_package_and_the_submodules_that_it_exports() -> None:
    exports = {"shop/db": ["session", "engine"]}

    assert set(_resolver(SHOP, exports).targets(USERS, "shop.db:*")) == {"shop/db", "shop/db/session"}
    assert set(_resolver(SHOP, exports).targets(USERS, "..db:*")) == {"shop/db", "shop/db/session"}
    assert set(_resolver(SHOP).targets(USERS, "shop.db:*")) == {"shop/db"}
    assert set(_resolver(SHOP, exports).targets(USERS, "shop.db.session:*")) == {"shop/db/session"}


def test_dots_beyond_the_top() -> None:
    resolver = _resolver(SHOP)

    assert not resolver.leaves_package(USERS, ".")
    assert not resolver.leaves_package(USERS, "..db")
    assert resolver.leaves_package(USERS, "...db")
    assert resolver.leaves_package("shop/__init__.py", "..db")
    assert not resolver.leaves_package("shop/__init__.py", ".db")
    assert list(resolver.targets(USERS, "......:x")) == []


def test_modules_beside_a_package_cannot_be_imported_by_their_last_name() -> None:
    files = SHOP | {"target.py": "", USERS: "shop.db.session target"}

    assert _resolver(files).targets(USERS, "target") == ("target",)
    assert _resolver(files).targets(USERS, "shop.upper.target") == ("shop/upper/target",)


def test_scripts_import_what_stands_beside_them() -> None:
    files = {"tools/run.py": "yaml", "tools/helper.py": "", "shop/__init__.py": "", "shop/db.py": "", "shop/x.py": ""}
    resolver = _resolver(files)

    assert resolver.targets("tools/run.py", "helper") == ("tools/helper",)
    assert resolver.targets("shop/db.py", "helper") == ()
    assert resolver.targets("shop/db.py", "x") == ()


def test_the_own_source_root_comes_before_the_others() -> None:
    one = {"one/app/__init__.py": "", "one/app/api.py": "app.db", "one/app/db.py": ""}
    two = {"two/app/__init__.py": "", "two/app/api.py": "app.db", "two/app/db.py": "", "two/app/only.py": ""}
    resolver = _resolver(one | two)

    assert resolver.targets("one/app/api.py", "app.db") == ("one/app/db",)
    assert resolver.targets("two/app/api.py", "app.db") == ("two/app/db",)


def test_another_source_root_can_be_reached() -> None:
    one = {"backend/shop/__init__.py": "", "backend/shop/api.py": "shop.db", "backend/shop/db.py": ""}
    two = {"lib/money/__init__.py": "", "lib/money/euro.py": "money.cent", "lib/money/cent.py": ""}

    assert _resolver(one | two).targets("backend/shop/api.py", "money.euro:Euro") == ("lib/money/euro",)


def test_a_root_that_is_a_package_is_reached_by_its_name() -> None:
    files = {"__init__.py": "", "main.py": "shop.db", "db/__init__.py": "", "db/session.py": ""}
    resolver = _resolver(files, folder_name="shop")

    assert resolver.targets("main.py", "shop.db.session:x") == ("db/session",)
    assert resolver.targets("main.py", "shop:db") == ("db",)
    assert resolver.targets("main.py", ".db:session") == ("db/session",)
    assert resolver.targets("main.py", "shopping.db") == ()


def test_a_stub_is_what_an_import_means_where_there_is_no_source() -> None:
    resolver = _resolver({"app/x.pyi": "", "app/y.py": "app.x"})

    assert resolver.targets("app/y.py", "app.x:f") == ("app/x",)


@pytest.mark.parametrize(
    ("dotted", "deepest"),
    [
        ("shop.db.session.engine.url", "shop/db/session"),
        ("shop.db.engine", "shop/db"),
        ("shop.version", "shop"),
        ("shop.upper.target.f", "shop/upper/target"),
        ("redis.client", None),
        ("..db.session.x", "shop/db/session"),
        (".users.x", "shop/api/users"),
    ],
)
def test_the_deepest_module_of_a_dotted_name(dotted: str, deepest: str | None) -> None:
    assert _resolver(SHOP).deepest(USERS, dotted) == deepest


def test_one_name_means_one_module() -> None:
    resolver = _resolver(SHOP)

    assert resolver.resolve(USERS, "shop.db", "session") == "shop/db/session"
    assert resolver.resolve(USERS, "shop.db", None) == "shop/db"
    assert resolver.resolve(USERS, "os", "path") is None


def test_names_are_looked_for_in_all_parts_of_a_namespace_package() -> None:
    files = {"one/org/a.py": "org.b:x", "two/org/b.py": "org.a:y", "two/org/c/d.py": ""}
    resolver = _resolver(files)

    assert resolver.targets("one/org/a.py", "org:b,a") == ("two/org/b", "one/org/a")
    assert resolver.targets("two/org/b.py", "org.a") == ("one/org/a",)
    assert resolver.deepest("one/org/a.py", "org.c.d.e") == "two/org/c/d"


def test_a_folder_gives_no_names_where_a_package_elsewhere_does() -> None:
    files = {"web/web/__init__.py": "", "web/web/views.py": "web.urls:x", "web/web/urls.py": "", "run.py": "web:create"}
    resolver = _resolver(files)

    assert resolver.targets("run.py", "web:create") == ("web/web",)
    assert resolver.targets("run.py", "web:views") == ("web/web/views",)
