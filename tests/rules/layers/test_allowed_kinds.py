from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.rules.layers.shop import BACKEND, check_imports
from tests.running import check_folder, imports_reported, of_rule, write_project, write_tree

if TYPE_CHECKING:
    from pathlib import Path

MODELS = """
import enum
from typing import NewType
from pydantic import BaseModel
from app.db.session import Base

Id = NewType("Id", int)
LIMIT = 80

class Role(enum.StrEnum): ...
class Missing(Exception): ...
class UserOut(BaseModel): ...
class User(Base): ...
class Mapper: ...
def find(): ...
"""
SESSION = """
from sqlalchemy.orm import DeclarativeBase, sessionmaker

class Base(DeclarativeBase): ...

make = sessionmaker()

def get():
    with make() as session:
        yield session
"""
HERE = {"models": MODELS, "db": SESSION}


@pytest.mark.parametrize(
    ("importer", "taken", "passes"),
    [
        ("api", "{db} import get", True),
        ("api", "{db} import make", True),
        ("api", "{models} import Role, LIMIT, Id, Missing, UserOut", True),
        ("api", "{models} import User", False),
        ("api", "{models} import Mapper", False),
        ("api", "{models} import find", False),
        ("api", "{models} import nothing", False),
        ("api", "{models} import *", False),
        ("api", "app.models import user", False),
        ("api", "{db} import Base", False),
        ("schemas", "{models} import Role, LIMIT, Id, UserOut", True),
        ("schemas", "{models} import Missing", False),
        ("schemas", "{models} import User", False),
        ("schemas", "{db} import get", False),
    ],
)
def test_what_may_be_taken(tmp_path: Path, importer: str, taken: str, *, passes: bool) -> None:
    report = check_imports(tmp_path, HERE | {importer: f"from {taken}\n"})

    assert (of_rule(report, "LC102" if importer == "api" else "LC103") == []) == passes


@pytest.mark.parametrize(
    ("base", "passes"),
    [
        ("from rest_framework.serializers import ModelSerializer as Base", True),
        ("from marshmallow_sqlalchemy import SQLAlchemyAutoSchema\nclass Base(SQLAlchemyAutoSchema): ...", True),
        ("class Base: ...", True),
        ("from rest_framework.serializers import Serializer as Base", True),
        ("from pydantic import BaseModel as Base", False),
    ],
)
def test_a_schema_that_is_made_from_a_table_may_take_it(tmp_path: Path, base: str, *, passes: bool) -> None:
    text = f"from {{models}} import User\n{base}\nclass X(Base):\n    class Meta:\n        model = User\n"
    report = check_imports(tmp_path, HERE | {"schemas": text})

    assert (of_rule(report, "LC103") == []) == passes
    whole = text.replace("from {models} import User", "from app.models import user").replace("= User", "= user.User")
    assert (of_rule(check_imports(tmp_path / "whole", HERE | {"schemas": whole}), "LC103") == []) == passes


@pytest.mark.parametrize(
    ("models", "passes"),
    [
        ("from api_keys.models import AbstractKey\nclass User(AbstractKey): ...\n", True),
        ("from shared.models import *\n", True),
        ("class User(Unknown): ...\n", True),
        ("def User(): ...\n", False),
    ],
)
def test_what_the_models_make_of_foreign_tables_may_be_taken_like_one(
    tmp_path: Path, models: str, *, passes: bool
) -> None:
    base = "from rest_framework.serializers import ModelSerializer as Base"
    text = f"from {{models}} import User\n{base}\nclass X(Base):\n    class Meta:\n        model = User\n"

    assert (of_rule(check_imports(tmp_path, {"models": models, "schemas": text}), "LC103") == []) == passes


@pytest.mark.parametrize(
    ("package", "passes"),
    [
        ("from .db import db\n", True),
        ("from .db import User as db\n", False),
        ("from .db import User\n", False),
        ("", False),
    ],
)
def test_what_a_package_calls_like_its_module_is_taken_in_its_place(
    tmp_path: Path, package: str, *, passes: bool
) -> None:
    module = "from flask_sqlalchemy import SQLAlchemy\n\ndb = SQLAlchemy()\n\nclass User(db.Model): ...\n"
    files = {"app/models/__init__.py": package, "app/models/db.py": module}
    report = check_imports(tmp_path, {"api": "from app.models import db\n\ndef f(): db.session\n"}, files=files)

    assert (of_rule(report, "LC102") == []) == passes


@pytest.mark.parametrize(
    ("taken", "passes"), [("Role, LIMIT", True), ("UserOut", False), ("LIMIT, UserOut", False), ("Mapper", False)]
)
def test_what_the_lowest_layers_may_take_from_schemas(tmp_path: Path, taken: str, *, passes: bool) -> None:
    schemas = MODELS.replace("from app.db.session import Base", "Base = object")
    report = check_imports(tmp_path, {"schemas": schemas, "db": f"from {{schemas}} import {taken}\n"})

    assert (of_rule(report, "LC109") == []) == passes


def test_the_finding_names_what_may_not_pass_and_stands_there(tmp_path: Path) -> None:
    text = (
        "from {models} import Role, UserOut\nfrom {models} import (\n    LIMIT,\n    User,\n    Role,\n    find,\n)\n"
    )
    report = check_imports(tmp_path, HERE | {"api": text})

    (finding,) = of_rule(report, "LC102")
    assert finding.message == (
        "`api` must not import `models` past `services`: app.api.users takes the table `User` and the function `find`"
        " from app.models.user"
    )
    assert finding.location.span is not None
    assert (finding.location.span.start.line, finding.location.span.start.column) == (4, 4)
    assert finding.related == ()


def test_what_is_taken_elsewhere_is_named_as_well(tmp_path: Path) -> None:
    text = "from {models} import User, Mapper\ndef f():\n    from {models} import find, nothing\n"
    (finding,) = of_rule(check_imports(tmp_path, HERE | {"api": text}), "LC102")

    assert finding.message.endswith(
        "takes the table `User`, the class `Mapper`, the function `find` and 1 more from app.models.user"
    )
    assert len(finding.related) == 1


def test_the_module_itself_beside_names_of_it_counts(tmp_path: Path) -> None:
    text = "import {models}\nfrom {models} import Role\n"
    (finding,) = of_rule(check_imports(tmp_path, HERE | {"api": text}), "LC102")

    assert finding.message.endswith("app.api.users imports app.models.user")
    assert finding.related == ()


def test_kinds_are_an_option(tmp_path: Path) -> None:
    text = {"api": "from {models} import Role, User\n"}

    none = check_imports(tmp_path / "a", HERE | text, "rules.LC102.allow-kinds = []\n")
    assert "the enum `Role` and the table `User`" in of_rule(none, "LC102")[0].message
    more = check_imports(tmp_path / "b", HERE | text, 'rules.LC102.allow-kinds = ["enum", "table"]\n')
    assert imports_reported(more, "LC102") == []


def test_the_identity_of_a_finding_hangs_on_the_modules_alone(tmp_path: Path) -> None:
    one = check_imports(tmp_path / "a", HERE | {"api": "from {models} import User\n"})
    other = check_imports(tmp_path / "b", HERE | {"api": "from {models} import Role, find\n"})

    assert of_rule(one, "LC102")[0].fingerprint == of_rule(other, "LC102")[0].fingerprint


@pytest.mark.parametrize("after", ["class User(enum.Enum): ...", "# another\n\n\nclass User(Base): ..."])
def test_a_change_of_what_a_name_is_is_seen_in_a_warm_run(tmp_path: Path, after: str) -> None:
    models = MODELS + "import os\n"
    files = BACKEND | {
        "app/models/user.py": models,
        "app/db/session.py": SESSION,
        "app/api/users.py": "from app.models.user import User\n",
    }
    write_project(tmp_path, files)
    for each in tmp_path.rglob("*.py"):
        os.utime(each, (1, 1))
    assert len(of_rule(check_folder(tmp_path, cache=True), "LC102")) == 1
    assert len(of_rule(check_folder(tmp_path, cache=True), "LC102")) == 1

    write_tree(tmp_path, {"app/models/user.py": models.replace("class User(Base): ...", after)})

    assert check_folder(tmp_path, cache=True).findings == check_folder(tmp_path).findings
    write_tree(tmp_path, {"app/models/user.py": models})
    assert check_folder(tmp_path, cache=True).findings == check_folder(tmp_path).findings
    assert check_folder(tmp_path, cache=True).findings == check_folder(tmp_path).findings
