from __future__ import annotations

import pytest

from layercheck.project.module_names import SourceTree, name_modules
from layercheck.project.relative_paths import folders_above, is_above, join


def _names(files: dict[str, str], **options: object) -> dict[str, str]:
    """Name the files; given are path → the imports as scanned, separated by blanks."""
    imports = {path: specs.split() for path, specs in sorted(files.items())}
    return name_modules(SourceTree(imports), imports, **options).names  # type: ignore[arg-type]  # as the caller writes


def test_a_package_at_the_top() -> None:
    assert _names({"shop/__init__.py": "", "shop/api/__init__.py": "", "shop/api/users.py": "shop.db:x"}) == {
        "shop/__init__.py": "shop",
        "shop/api/__init__.py": "shop.api",
        "shop/api/users.py": "shop.api.users",
    }


def test_a_package_below_src_needs_nobody_to_import_it() -> None:
    assert _names({"src/shop/__init__.py": "", "src/shop/db.py": "", "setup.py": ""}) == {
        "setup.py": "setup",
        "src/shop/__init__.py": "shop",
        "src/shop/db.py": "shop.db",
    }


@pytest.mark.parametrize("above", ["backend", "server", "src", "services/shop"])
def test_a_package_below_another_folder(above: str) -> None:
    files = {f"{above}/app/__init__.py": "", f"{above}/app/main.py": "app.db:x", f"{above}/app/db.py": ""}

    assert _names(files)[f"{above}/app/db.py"] == "app.db"


@pytest.mark.parametrize("above", ["backend", "server", "src", "services/shop"])
def test_a_folder_without_init_below_another(above: str) -> None:
    files = {f"{above}/app/main.py": "app.db.session:x", f"{above}/app/db/session.py": ""}

    assert _names(files)[f"{above}/app/db/session.py"] == "app.db.session"


def test_an_app_in_an_app() -> None:
    files = {
        "backend/app/app/__init__.py": "",
        "backend/app/app/main.py": "app.api:router",
        "backend/app/app/api/__init__.py": "app.db:x",
        "backend/app/app/db.py": "",
    }

    assert _names(files)["backend/app/app/db.py"] == "app.db"


def test_an_app_in_an_app_where_both_are_packages() -> None:
    files = {
        "app/__init__.py": "",
        "app/app/__init__.py": "",
        "app/app/main.py": "app.app.db:x app.app.api",
        "app/app/db.py": "",
        "app/app/api.py": "app.app.db",
    }

    assert _names(files)["app/app/db.py"] == "app.app.db"


def test_a_flat_root_of_modules_and_folders() -> None:
    files = {"main.py": "api.users:router models", "api/users.py": "services:find", "services.py": "models:User"}

    assert _names(files | {"models.py": ""}) == {
        "api/users.py": "api.users",
        "main.py": "main",
        "models.py": "models",
        "services.py": "services",
    }


def test_a_flat_root_in_a_folder() -> None:
    files = {"backend/main.py": "api.users:router", "backend/api/users.py": "services:find", "backend/services.py": ""}

    assert _names(files)["backend/api/users.py"] == "api.users"


def test_a_flat_root_that_has_a_stray_init() -> None:
    # Somebody put an `__init__.py` beside `main.py`; the imports still start there.
    files = {
        "backend/__init__.py": "",
        "backend/main.py": "api.users:router services:x db:x",
        "backend/api/users.py": "services:find",
        "backend/services.py": "db:x",
        "backend/db.py": "",
    }

    assert _names(files)["backend/api/users.py"] == "api.users"


def test_one_stray_import_does_not_break_a_package_open() -> None:
    files = {
        "shop/__init__.py": "",
        "shop/main.py": "shop.api:x shop.db:y",
        "shop/api.py": "db:y",
        "shop/db.py": "",
    }

    assert _names(files)["shop/db.py"] == "shop.db"


def test_several_roots_in_one_repository() -> None:
    files = {
        "backend/shop/__init__.py": "",
        "backend/shop/api.py": "shop.db:x",
        "backend/shop/db.py": "",
        "worker/jobs/__init__.py": "",
        "worker/jobs/run.py": "jobs.db:x",
        "worker/jobs/db.py": "",
    }

    names = _names(files)
    assert names["backend/shop/db.py"] == "shop.db"
    assert names["worker/jobs/db.py"] == "jobs.db"


def test_several_roots_with_packages_of_one_name() -> None:
    one = {"one/app/__init__.py": "", "one/app/api.py": "app.db:x", "one/app/db.py": ""}
    two = {"two/app/__init__.py": "", "two/app/api.py": "app.db:x", "two/app/db.py": ""}

    names = _names(one | two)
    assert names["one/app/db.py"] == names["two/app/db.py"] == "app.db"


def test_namespace_packages_without_any_init() -> None:
    files = {"src/acme/shop/api/users.py": "acme.shop.db.session:x", "src/acme/shop/db/session.py": ""}

    assert _names(files)["src/acme/shop/db/session.py"] == "acme.shop.db.session"


def test_scripts_whose_names_are_no_identifiers_are_named_after_their_files() -> None:
    names = _names({"gunicorn.conf.py": "app.db", "01_x.py": "", "app/natlas-server.py": "app.db", "app/db.py": ""})

    assert names["gunicorn.conf.py"] == "gunicorn.conf"
    assert names["01_x.py"] == "01_x"
    assert names["app/natlas-server.py"] == "app.natlas-server"


def test_module_and_package_of_one_name_both_have_it() -> None:
    files = {"app/utils.py": "", "app/utils/__init__.py": "", "app/utils/text.py": "", "app/main.py": "app.utils:x"}

    names = _names(files)
    assert names["app/utils.py"] == names["app/utils/__init__.py"] == "app.utils"
    assert names["app/utils/text.py"] == "app.utils.text"


def test_a_library_that_is_called_like_a_deep_module_does_not_vote() -> None:
    # `import redis` means the library, not app/core/redis.py, whoever imports it however often.
    files = {f"app/api/x{number}.py": "redis redis:Redis celery" for number in range(9)}
    files |= {"app/core/redis.py": "redis", "app/core/celery.py": "celery", "app/main.py": "app.core.redis:x"}

    names = _names(files | {"app/core/db.py": "app.core.redis"})
    assert names["app/core/redis.py"] == "app.core.redis"
    assert names["app/core/db.py"] == "app.core.db"


def test_the_standard_library_does_not_vote() -> None:
    files = {f"app/core/x{number}.py": "logging types email.message:Message" for number in range(9)}
    files |= {
        "app/core/logging.py": "",
        "app/core/types.py": "",
        "app/core/email/message.py": "",
        "app/__init__.py": "",
    }

    assert _names(files | {"app/core/__init__.py": ""})["app/core/logging.py"] == "app.core.logging"


def test_a_root_that_is_the_package_itself() -> None:
    files = {"__init__.py": "", "main.py": "shop.db.session:x", "db/__init__.py": "", "db/session.py": ""}

    assert _names(files, folder_name="shop") == {
        "__init__.py": "shop",
        "db/__init__.py": "shop.db",
        "db/session.py": "shop.db.session",
        "main.py": "shop.main",
    }


def test_a_root_that_imports_itself_by_its_own_name_needs_no_init() -> None:
    files = {"main.py": "shop.db.session:x", "db/session.py": ""}

    assert _names(files, folder_name="shop")["db/session.py"] == "shop.db.session"


def test_a_root_that_holds_a_package_of_its_own_name_is_no_package() -> None:
    files = {"shop/__init__.py": "", "shop/db.py": "", "shop/main.py": "shop.db:x"}

    assert _names(files, folder_name="shop")["shop/db.py"] == "shop.db"


def test_the_name_of_a_root_that_is_no_identifier_means_nothing() -> None:
    assert _names({"main.py": "db", "db.py": ""}, folder_name="my-shop")["db.py"] == "db"


@pytest.mark.parametrize("written", ["backend", "./backend", "backend/"])
def test_declared_source_roots_decide(written: str) -> None:
    files = {"backend/app/main.py": "backend.app.db:x", "backend/app/db.py": "", "tools/x.py": ""}

    names = _names(files, declared_roots=[written])
    assert names["backend/app/db.py"] == "app.db"
    assert names["tools/x.py"] == "tools.x"


def test_the_deepest_declared_source_root_counts() -> None:
    files = {"x.py": "", "src/a.py": "", "src/lib/b.py": ""}

    assert _names(files, declared_roots=[".", "src", "src/lib"]) == {"x.py": "x", "src/a.py": "a", "src/lib/b.py": "b"}


def test_the_source_file_counts_before_its_stub() -> None:
    paths = ["a/x.py", "a/x.pyi", "a/y.pyi", "b/__init__.py", "b/__init__.pyi"]

    for order in (paths, paths[::-1]):
        assert SourceTree(order).stems == {"a/x": "a/x.py", "a/y": "a/y.pyi", "b": "b/__init__.py"}


def test_a_package_stands_before_a_module_of_its_name_in_any_order() -> None:
    for paths in (["utils.py", "utils/__init__.py"], ["utils/__init__.py", "utils.py"]):
        assert SourceTree(paths).stems == {"utils": "utils/__init__.py"}


def test_names_do_not_depend_on_the_order_of_the_files() -> None:
    imports = {
        "a/app/main.py": ["app.db"],
        "a/app/db.py": [],
        "b/app/main.py": ["app.db"],
        "b/app/db.py": ["redis"],
        "app/utils.py": ["db"],
        "app/utils/__init__.py": [],
    }
    backwards = dict(reversed(imports.items()))

    forwards_names = name_modules(SourceTree(imports), imports)
    backwards_names = name_modules(SourceTree(backwards), backwards)

    assert forwards_names.names == backwards_names.names
    assert forwards_names.roots == backwards_names.roots


def test_paths_are_joined_and_climbed() -> None:
    assert [join("a", "b"), join("", "b"), join("a", ""), join("", "")] == ["a/b", "b", "a", ""]
    assert folders_above("a/b/c.py") == ["a/b", "a", ""]
    assert is_above("a", "a/b")
    assert is_above("", "a")
    assert is_above("a", "a")
    assert not is_above("a", "ab")


def test_distributions_side_by_side_whose_packages_have_their_names() -> None:
    # `from orders import Order` finds the folder of the distribution as well, but that folder has no `Order`.
    parts = ["orders", "foundation", "shop", "main"]
    files = {f"platform/{part}/{part}/__init__.py": "" for part in parts}
    files |= {
        f"platform/{part}/{part}/user{at}.py": "orders:Order foundation:Event" for part in parts for at in range(9)
    }
    files |= {"platform/shop/shop/app.py": "shop.pages:page", "platform/shop/shop/pages.py": ""}

    names = _names(files)

    assert names["platform/shop/shop/pages.py"] == "shop.pages"
    assert names["platform/orders/orders/__init__.py"] == "orders"
    assert names["platform/main/main/__init__.py"] == "main"


def test_a_namespace_folder_gives_what_lies_in_it() -> None:
    files = {"a/shop/db/session.py": "", "a/shop/main.py": "shop.db:session shop:db", "main.py": ""}

    assert _names(files)["a/shop/main.py"] == "shop.main"


_SPREAD = {
    "two roots, one of them called like nothing": {
        "libs/a/myorg/a/x.py": "",
        "libs/b/myorg/b/y.py": "myorg.a.x:f",
    },
    "two roots that import each other": {
        "core_one/src/myorg/core_one/m.py": "myorg.utils.t:x",
        "utils/src/myorg/utils/t.py": "myorg.core_one.m:y",
    },
    "three roots in a row": {
        "one/lib/myorg/one/x.py": "myorg.two.y:a",
        "two/lib/myorg/two/y.py": "myorg.three.z:b",
        "three/lib/myorg/three/z.py": "",
    },
    "modules taken from the namespace itself": {
        "core/lib/myorg/core/x.py": "myorg:utils",
        "utils/lib/myorg/utils/__init__.py": "myorg:core",
    },
    "a package beside a folder": {
        "billing/lib/myorg/billing/__init__.py": "",
        "shop/lib/myorg/shop/m.py": "myorg.billing:pay",
    },
}


@pytest.mark.parametrize("files", _SPREAD.values(), ids=_SPREAD)
def test_the_parts_of_a_namespace_package_start_where_others_import_them_from(files: dict[str, str]) -> None:
    names = _names(files)

    assert all(name.startswith("myorg.") for name in names.values()), names


@pytest.mark.parametrize("face", ["__init__.py", ""])
def test_distributions_side_by_side_have_their_own_roots(face: str) -> None:
    files = {
        "web/web/views.py": "orders.models:Order orders:models",
        "orders/orders/models.py": "web:views",
        **{f"{name}/{name}/{face}": "" for name in ("web", "orders") if face},
    }

    names = _names(files)

    assert (names["web/web/views.py"], names["orders/orders/models.py"]) == ("web.views", "orders.models")


@pytest.mark.parametrize("inner", ["billing", "vendor/billing"])
@pytest.mark.parametrize("spec", ["app.db:x", "app.only_here:x"])
def test_a_package_that_is_called_like_one_further_up(inner: str, spec: str) -> None:
    outer = {"app/__init__.py": "", "app/db.py": "", "app/a.py": "app.db:x", "app/b.py": "app.db:x app.a:x"}
    files = {f"{inner}/app/__init__.py": "", f"{inner}/app/db.py": "", f"{inner}/app/only_here.py": spec}

    names = _names(outer | files)

    assert (names["app/db.py"], names[f"{inner}/app/db.py"]) == ("app.db", "app.db")
