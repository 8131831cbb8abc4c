from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from layercheck.baseline.module_renames import (
    Changes,
    RenamedModules,
    Texts,
    definitions_of,
    dotted_names,
    folder_renames,
    trace_renames,
)

if TYPE_CHECKING:
    from collections.abc import Mapping


def trace(then: Mapping[str, str], now: Mapping[str, str], renamed: Mapping[str, str] | None = None) -> dict[str, str]:
    """Trace renames between two sets of files; only what has changed is given."""
    changes = Changes(renamed or {}, frozenset(then), frozenset(now))
    texts = Texts(lambda path: then[path].encode(), lambda path: now[path].encode())
    return trace_renames(changes, texts, set(then), set(now))


def test_definitions_are_what_a_module_defines_at_its_top() -> None:
    source = b"""\
import x
@decorated
def f(): ...
async  def g():
    def inner(): ...
class C(Base):
    attribute = 1
router: Router = Router()
LIMIT=3
LIMIT == 3
d["key"] = 1
"""
    assert definitions_of(source) == {b"f", b"g", b"C", b"router", b"LIMIT"}


def test_the_same_text_is_the_same_module() -> None:
    assert trace({"app/a.py": "import x\n"}, {"app/b.py": "import x\n"}) == {"app/a.py": "app/b.py"}


def test_the_same_definitions_are_the_same_module() -> None:
    old, new = "from app.old import x\nclass A: ...\n", "from app.new import x\nclass A:\n    more = 1\n"

    assert trace({"app/a.py": old}, {"app/b.py": new}) == {"app/a.py": "app/b.py"}


@pytest.mark.parametrize("new", ["class A: ...\ndef f(): ...\n", "class B: ...\n", "import x\n", ""])
def test_other_definitions_are_another_module(new: str) -> None:
    assert trace({"app/a.py": "class A: ...\n"}, {"app/b.py": new}) == {}


def test_empty_files_prove_nothing() -> None:
    assert trace({"app/a.py": ""}, {"app/b.py": "\n"}) == {}


def test_of_several_that_fit_the_one_with_the_likest_name_is_it() -> None:
    then = {"app/api/users.py": "router = 1\n", "app/api/orders.py": "router = 1\n"}
    now = {"app/web/users.py": "router = 1\n", "app/web/orders.py": "router = 1\n"}

    assert trace(then, now) == {
        "app/api/users.py": "app/web/users.py",
        "app/api/orders.py": "app/web/orders.py",
    }


def test_several_that_fit_alike_prove_nothing() -> None:
    now = {"app/web/orders.py": "router = 1\n", "app/web/bills.py": "router = 1\n"}

    assert trace({"app/api/users.py": "router = 1\n"}, now) == {}


def test_no_file_becomes_two() -> None:
    then = {"app/a/x.py": "class A: ...\n", "app/b/x.py": "class A: ...\n"}

    assert len(trace(then, {"app/c/x.py": "class A: ...\n"})) == 1


def test_what_git_says_is_believed_and_goes_for_the_rest_of_the_folder() -> None:
    then = {"app/models/__init__.py": "", "app/models/tiny.py": "from app.models import x\n"}
    now = {"app/entities/__init__.py": "", "app/entities/tiny.py": "from app.entities import x\n"}
    renamed = {"app/models/user.py": "app/entities/user.py"}

    assert trace(then, now, renamed) == {
        "app/models/user.py": "app/entities/user.py",
        "app/models/__init__.py": "app/entities/__init__.py",
        "app/models/tiny.py": "app/entities/tiny.py",
    }


def test_folders_are_renamed_by_majority() -> None:
    renamed = {"a/x/1.py": "a/y/1.py", "a/x/2.py": "a/y/2.py", "a/x/3.py": "a/z/3.py", "a/x/4.py": "a/x/5.py"}

    assert folder_renames(renamed) == {"a/x": "a/y"}


def test_names_of_a_path_start_anywhere_above_it() -> None:
    assert list(dotted_names("src/app/api/__init__.py", "shop")) == [
        "shop.src.app.api",
        "src.app.api",
        "app.api",
        "api",
    ]


def test_names_lead_from_then_to_now() -> None:
    names = {"src/shop/entities/user.py": "shop.entities.user"}
    modules = RenamedModules({"src/app/models/user.py": "src/shop/entities/user.py"}, names, "root")

    assert modules("app.models.user", None) == "shop.entities.user"
    assert modules("src/app/models/user.py", None) == "src/shop/entities/user.py"
    assert modules("app.models.account", None) is None
    assert modules("", None) is None


def test_a_folder_without_init_is_a_name_as_well() -> None:
    names = {"app/entities/user.py": "app.entities.user"}
    modules = RenamedModules({"app/models/user.py": "app/entities/user.py"}, names, "root")

    assert modules("app.models", None) == "app.entities"


def test_a_folder_that_still_holds_modules_was_not_renamed() -> None:
    names = {"app/entities/user.py": "app.entities.user", "app/models/order.py": "app.models.order"}
    modules = RenamedModules({"app/models/user.py": "app/entities/user.py"}, names, "root")

    assert modules("app.models", None) is None


def test_the_application_decides_between_modules_of_one_name() -> None:
    names = {"shop/app/new.py": "app.new", "bills/app/fresh.py": "app.fresh"}
    modules = RenamedModules(
        {"shop/app/old.py": "shop/app/new.py", "bills/app/old.py": "bills/app/fresh.py"}, names, "r"
    )

    assert modules("app.old", "shop/app") == "app.new"
    assert modules("app.old", "bills/app") == "app.fresh"
    assert modules("app.old", None) is None


def test_a_project_that_is_a_package_itself() -> None:
    modules = RenamedModules({"models/user.py": "entities/user.py"}, {"entities/user.py": "app.entities.user"}, "app")

    assert modules("app.models.user", None) == "app.entities.user"
