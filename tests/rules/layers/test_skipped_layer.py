from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from layercheck.model.severity import Severity
from tests.rules.layers.shop import check_imports
from tests.running import check_tree, imports_reported, of_rule

if TYPE_CHECKING:
    from pathlib import Path

PAST = ["app.api.users -> app.models.user"]


def test_an_endpoint_that_reaches_past_the_services(tmp_path: Path) -> None:
    report = check_imports(tmp_path, {"api": "from {models} import User\nfrom {db} import get\n"})

    assert imports_reported(report, "LC102") == [*PAST, "app.api.users -> app.db.session"]
    finding = of_rule(report, "LC102")[0]
    assert finding.message == ("`api` must not import `models` past `services`: app.api.users imports app.models.user")
    assert finding.notes == (
        "layers: main > api > services > models : db",
        "allowed: `api` may import services, schemas, utils, modules without a layer",
        "help: call a function of `services` that uses app.models.user and returns what is needed here",
    )


@pytest.mark.parametrize("importer", ["main", "deps", "config", "free", "tests", "services", "migrations"])
def test_wiring_and_what_has_no_layer_may(tmp_path: Path, importer: str) -> None:
    assert imports_reported(check_imports(tmp_path, {importer: "from {models} import User\n"}), "LC102") == []


@pytest.mark.parametrize("path", ["app/api/deps.py", "app/api/dependencies.py", "app/api/v1/user_deps.py"])
def test_wiring_lies_inside_the_layer_too(tmp_path: Path, path: str) -> None:
    report = check_imports(tmp_path, {}, files={path: "from app.db.session import get\n"})

    assert imports_reported(report, "LC102") == []


def test_imports_for_the_type_checker_only_do_not_count(tmp_path: Path) -> None:
    text = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from {models} import User\n"

    assert imports_reported(check_imports(tmp_path / "a", {"api": text}), "LC102") == []
    configuration = 'rules.skipped-layer.imports = ["typing"]\n'
    assert imports_reported(check_imports(tmp_path / "b", {"api": text}, configuration), "LC102") == PAST


def test_deferred_imports_count(tmp_path: Path) -> None:
    text = "def f():\n    from {models} import User\n"

    assert imports_reported(check_imports(tmp_path, {"api": text}), "LC102") == PAST


def test_without_services_nothing_is_skipped(tmp_path: Path) -> None:
    files = {"app/main.py": "", "app/api/x.py": "from app.models.y import Y\n", "app/models/y.py": ""}

    assert imports_reported(check_tree(tmp_path, files), "LC102") == []


def test_the_service_of_one_feature_closes_that_feature_only(tmp_path: Path) -> None:
    files = {f"app/{name}/{part}.py": "" for name in ("users", "orders", "bills") for part in ("router", "models")}
    files |= {f"app/{name}/router.py": f"from app.{name}.models import X\n" for name in ("users", "orders")}
    files |= {"app/orders/service.py": "", "app/__init__.py": "", "app/main.py": ""}

    assert imports_reported(check_tree(tmp_path, files), "LC102") == ["app.orders.router -> app.orders.models"]


def test_a_folder_of_services_closes_the_whole_application(tmp_path: Path) -> None:
    files = {f"app/{name}/{part}.py": "" for name in ("users", "orders", "bills") for part in ("router", "models")}
    files |= {f"app/{name}/router.py": f"from app.{name}.models import X\n" for name in ("users", "orders")}
    files |= {"app/services/payments.py": "", "app/__init__.py": "", "app/main.py": ""}

    assert len(imports_reported(check_tree(tmp_path, files), "LC102")) == 2


def test_no_layer_is_closed_if_the_configuration_says_so(tmp_path: Path) -> None:
    text = "from {models} import User\n"

    assert imports_reported(check_imports(tmp_path, {"api": text}, "closed = []\n"), "LC102") == []


OWN = 'layers = ["app.web", "app.jobs", "app.mid", "app.data"]\nclosed = ["app.jobs", "app.mid"]\n'


def test_closed_layers_of_ones_own(tmp_path: Path) -> None:
    files = {
        "app/web.py": "import app.data, app.mid\n",
        "app/jobs.py": "import app.data\n",
        "app/mid.py": "import app.data\n",
        "app/data.py": "",
    }

    report = check_tree(tmp_path, files, OWN)

    # One finding for one import, however many layers it skips.
    assert sorted(imports_reported(report, "LC102")) == [
        "app.jobs -> app.data",
        "app.web -> app.data",
        "app.web -> app.mid",
    ]


def test_a_closed_layer_that_is_optional_and_missing_closes_nothing(tmp_path: Path) -> None:
    files = {"app/web.py": "import app.data\n", "app/data.py": ""}
    configuration = 'layers = ["app.web", "(app.mid)", "app.data"]\nclosed = ["app.mid"]\n'

    assert imports_reported(check_tree(tmp_path, files, configuration), "LC102") == []


def test_isolated_and_leaf_layers_are_never_past_anything(tmp_path: Path) -> None:
    report = check_imports(tmp_path, {"api": "import {schemas}\nimport {utils}\nimport {config}\nimport {services}\n"})

    assert imports_reported(report, "LC102") == []


TABLES = {
    "app/models/user.py": (
        "from sqlalchemy.orm import DeclarativeBase\n\nclass Base(DeclarativeBase): ...\n\nclass User(Base):\n"
        "    __tablename__ = 'users'\n\nclass Role(Base):\n    __tablename__ = 'roles'\n"
    ),
    "app/services/users.py": "from app.models.user import User\n\ndef find(): return User()\n",
    "app/main.py": "",
}


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("from app.models.user import User\ndef me(user: User = Depends(current)): ...\n", None),
        ("from app.models.user import User\ndef me(user: 'User | None') -> list['User']: ...\n", None),
        ("from app.models.user import User\nUSER: Annotated[User, Depends(current)]\n", None),
        ("from app.models.user import User\nUserDep = Annotated[User, Depends(current)]\n", None),
        ("from app.models.user import User\nimport typing as t\nMaybe = t.Optional[User]\n", None),
        ("from app.models.user import User\nUserDep = Annotated[User, Depends(find(User))]\n", "User"),
        ("from app.models.user import User as Person\ndef me(user: Person): ...\n", None),
        ("def me():\n    from app.models.user import User\n    user: User = find()\n", None),
        ("from app.models.user import User\ndef me(user: User): return User(user)\n", "User"),
        ("from app.models.user import User\ndef me(user: Annotated[int, Depends(User)]): ...\n", "User"),
        ("from app.models.user import User\n", "User"),
        ("from app.models.user import Role, User\ndef me(user: User): return Role()\n", "Role"),
        ("from app.models import user\ndef me(me: user.User): ...\n", None),
        ("from app.models import user as u\ndef me(user: u.User): ...\n", None),
        ("from app.models import user\ndef me(me: user.User): return user.User()\n", "app.models.user"),
        ("from app.models import user\nfrom app.models.user import *\nme: user.User = User()\n", "app.models.user"),
        ("from app.models.user import User\nclass F(ModelForm):\n    class Meta:\n        model = User\n", None),
        (
            "from app.models.user import User\nclass F(ModelForm):\n    def save(self): User()\n    class Meta:\n        model = User\n",
            "User",
        ),
    ],
)
def test_a_table_in_annotations_alone_may_pass(tmp_path: Path, text: str, taken: str | None) -> None:
    found = of_rule(check_tree(tmp_path, {**TABLES, "app/api/users.py": text}), "LC102")

    if taken is None:
        (counted,) = found
        assert counted.severity is Severity.INFO
        assert "1 import past a closed layer is for annotations or `Meta.model` alone, and allowed" in counted.message
    else:
        (reported,) = [each for each in found if each.severity is Severity.ERROR]
        assert taken in reported.message
        assert "`User`" not in reported.message or taken == "User"


def test_annotations_are_counted_once_for_the_project(tmp_path: Path) -> None:
    text = "from app.models.user import User\ndef me(user: User): ...\n"
    files = {**TABLES, **{f"app/api/users{number}.py": text for number in range(3)}}

    (counted,) = of_rule(check_tree(tmp_path / "a", files), "LC102")
    configuration = 'rules.LC102.allow-kinds = ["enum"]\n'
    reported = of_rule(check_tree(tmp_path / "b", files, configuration), "LC102")

    assert counted.message.startswith("3 imports past a closed layer are for annotations or `Meta.model` alone")
    assert [each.severity for each in reported] == [Severity.ERROR] * 3


def test_services_that_the_configuration_names_serve_the_whole_application(tmp_path: Path) -> None:
    text = "from app.models.user import User\n\ndef me(): return User()\n"
    files = {**TABLES, "app/api/users.py": text, "app/pricing/core.py": "def price(): ...\n"}
    del files["app/services/users.py"]

    found = of_rule(check_tree(tmp_path, files, '[roles]\nservices = ["app.pricing"]\n'), "LC102")

    assert [each.importer for each in found] == ["app.api.users"]


PAGES = """
from sqlalchemy import func, select

from app.db.session import session_of

SIZE = 20

def offset(page): return page * SIZE

async def paginate(session, statement, page):
    total = await session.scalar(select(func.count()).select_from(statement.subquery()))
    return await session.execute(statement.limit(SIZE).offset(offset(page))), total

def commit(statement): session_of().execute(statement)

def find(session, User): return session.execute("SELECT * FROM users")

async def find_one(database): return await database["users"].find_one({})

def users(session): return session.scalars(select(Person))

def first(session): return users(session).first()

def later(): ...

from app.models.user import User as Person
"""
SESSIONS = """
from sqlalchemy.orm import Session

def session_of() -> Session: ...
"""


@pytest.mark.parametrize(
    ("name", "passes"),
    [
        ("paginate", True),
        ("offset", True),
        ("commit", True),
        ("find", False),
        ("find_one", False),
        ("users", False),
        ("first", False),
        ("later", False),
    ],
)
def test_a_helper_that_is_about_no_table_may_pass(tmp_path: Path, name: str, *, passes: bool) -> None:
    files = {**TABLES, "app/db/session.py": SESSIONS, "app/db/pages.py": PAGES}
    files["app/api/users.py"] = f"from app.db.pages import {name}\n\n{name}()\n"

    (found,) = of_rule(check_tree(tmp_path, files), "LC102")

    assert found.severity is (Severity.INFO if passes else Severity.ERROR)
    assert ("for helpers that are about no table, and allowed" in found.message) == passes


def test_helpers_are_counted_once_and_beside_other_names_left_out(tmp_path: Path) -> None:
    files = {**TABLES, "app/db/session.py": SESSIONS, "app/db/pages.py": PAGES}
    files |= {f"app/api/users{at}.py": "from app.db.pages import paginate\n\npaginate()\n" for at in range(3)}
    files["app/api/mixed.py"] = "from app.db.pages import paginate, users\n\npaginate(users())\n"

    reported, counted = sorted(of_rule(check_tree(tmp_path / "a", files), "LC102"), key=lambda each: each.severity.rank)

    assert "takes the function `users` from app.db.pages" in reported.message
    assert counted.message.startswith("3 imports past a closed layer are for helpers")
    strict = 'rules.LC102.allow-kinds = ["enum"]\n'
    assert len(of_rule(check_tree(tmp_path / "b", files, strict), "LC102")) == 4


def test_helpers_that_call_each_other_come_to_an_end(tmp_path: Path) -> None:
    text = "def a(): return b()\n\ndef b(): return a()\n"
    files = {**TABLES, "app/db/pages.py": text, "app/api/users.py": "from app.db.pages import a\n\na()\n"}

    assert [each.severity for each in of_rule(check_tree(tmp_path, files), "LC102")] == [Severity.INFO]


@pytest.mark.parametrize(("users", "others", "is_usual"), [(5, 4, True), (5, 5, False), (4, 0, False)])
def test_a_function_that_most_endpoints_take_is_agreed_on(
    tmp_path: Path, users: int, others: int, *, is_usual: bool
) -> None:
    files = {**TABLES, "app/db/session.py": SESSIONS, "app/db/pages.py": PAGES}
    files |= {f"app/api/list{at}.py": "from app.db.pages import users\n\nusers()\n" for at in range(users)}
    files |= {f"app/api/other{at}.py": "" for at in range(others)}

    found = of_rule(check_tree(tmp_path / "a", files), "LC102")

    assert [each.severity for each in found] == ([Severity.INFO] if is_usual else [Severity.ERROR] * users)
    if is_usual:
        assert found[0].message == (
            "5 of 9 `api` modules take the function `users`, so it is allowed: app.api.list0 takes it from app.db.pages"
        )
        strict = 'rules.LC102.allow-kinds = ["enum"]\n'
        assert len(of_rule(check_tree(tmp_path / "b", files, strict), "LC102")) == users


def test_what_is_taken_beside_a_usual_function_is_reported(tmp_path: Path) -> None:
    files = {**TABLES, "app/db/session.py": SESSIONS, "app/db/pages.py": PAGES}
    text = "from app.db.pages import first, users\n\nusers(first())\n"
    files |= {f"app/api/list{at}.py": "from app.db.pages import users\n\nusers()\n" for at in range(5)}

    found = of_rule(check_tree(tmp_path, {**files, "app/api/users.py": text}), "LC102")

    reported, counted = sorted(found, key=lambda each: each.severity.rank)
    assert "app.api.users takes the function `first` from app.db.pages" in reported.message
    assert counted.message.startswith("6 of 6 `api` modules take the function `users`")


def test_selectors_are_services_that_only_read(tmp_path: Path) -> None:
    text = "from app.models.user import User\n\ndef user_list(): return User.objects.all()\n"
    files = {**TABLES, "app/users/selectors.py": text, "app/users/services.py": text, "app/users/models.py": ""}
    files["app/users/apis.py"] = "from app.users.selectors import user_list\n\nuser_list()\n"

    assert of_rule(check_tree(tmp_path, files), "LC102") == []
