from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from layercheck.model.definitions import Kind
from tests.running import make_project

if TYPE_CHECKING:
    from pathlib import Path

HERE = "app/api/users.py"
_ANY = {
    "app/__init__.py": "",
    "app/services/base.py": "",
    "app/models/__init__.py": "",
    "app/api/__init__.py": "",
    HERE: "",
}


def _kind(root: Path, name: str, files: dict[str, str]) -> Kind | None:
    return make_project(root, _ANY | files).kinds.of(name, seen_from=HERE)


def _full_name(root: Path, name: str, files: dict[str, str]) -> str:
    return make_project(root, _ANY | files).kinds.full_name(name, seen_from=HERE)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        # Tables
        ("from sqlalchemy.orm import declarative_base\nBase = declarative_base()\nclass X(Base): ...", Kind.TABLE),
        ("from sqlalchemy.orm import declarative_base\nX = declarative_base()", Kind.CLASS),
        ("from sqlalchemy.orm import DeclarativeBase\nclass X(DeclarativeBase): ...", Kind.CLASS),
        ("from sqlalchemy.orm import DeclarativeBase as D\nclass B(D): ...\nclass X(B): ...", Kind.TABLE),
        (
            "from sqlalchemy.orm import DeclarativeBase as D\nclass B(D): ...\nclass X(B):\n    __abstract__ = True",
            Kind.CLASS,
        ),
        (
            "from sqlalchemy.orm import DeclarativeBase as D\nclass B(D): ...\nclass M: ...\nclass A(M, B):\n    __abstract__ = True\nclass X(A): ...",
            Kind.TABLE,
        ),
        ("from sqlalchemy.ext.declarative import as_declarative\n@as_declarative()\nclass X: ...", Kind.CLASS),
        (
            "from sqlalchemy.ext.declarative import as_declarative\n@as_declarative()\nclass B: ...\nclass X(B): ...",
            Kind.TABLE,
        ),
        (
            "from sqlalchemy.orm import registry\nr = registry()\nBase = r.generate_base()\nclass X(Base): ...",
            Kind.TABLE,
        ),
        ("from sqlalchemy.orm import registry\nr = registry()\n@r.mapped\nclass X: ...", Kind.TABLE),
        ("from nowhere import Base\nclass X(Base):\n    __tablename__ = 'x'", Kind.TABLE),
        ("from sqlalchemy import Table, MetaData\nX = Table('x', MetaData())", Kind.TABLE),
        ("from flask_sqlalchemy import SQLAlchemy\ndb = SQLAlchemy()\nclass X(db.Model): ...", Kind.TABLE),
        ("from sqlmodel import SQLModel, Field\nclass X(SQLModel, table=True): ...", Kind.TABLE),
        ("from sqlmodel import SQLModel\nclass B(SQLModel): ...\nclass X(B, table=True): ...", Kind.TABLE),
        ("from django.db import models\nclass X(models.Model): ...", Kind.TABLE),
        ("from django.db import models\nclass X(models.Model):\n    class Meta:\n        abstract = True", Kind.CLASS),
        ("from django.contrib.auth.models import AbstractUser\nclass X(AbstractUser): ...", Kind.TABLE),
        ("from django.contrib.auth import get_user_model\nX = get_user_model()", Kind.TABLE),
        ("from beanie import Document\nclass X(Document): ...", Kind.TABLE),
        ("import mongoengine as me\nclass X(me.Document): ...", Kind.TABLE),
        ("from tortoise.models import Model\nclass X(Model): ...", Kind.TABLE),
        ("from tortoise import Model\nclass X(Model): ...", Kind.TABLE),
        ("import peewee\nclass X(peewee.Model): ...", Kind.TABLE),
        ("from odmantic import Model\nclass X(Model): ...", Kind.TABLE),
        ("import ormar\nclass X(ormar.Model): ...", Kind.TABLE),
        ("from pony.orm import Database\ndb = Database()\nclass X(db.Entity): ...", Kind.TABLE),
        # Schemas
        ("from sqlmodel import SQLModel\nclass X(SQLModel): ...", Kind.SCHEMA),
        ("from sqlmodel import SQLModel\nclass B(SQLModel, table=True): ...\nclass X(B): ...", Kind.SCHEMA),
        ("from pydantic import BaseModel\nclass X(BaseModel): ...", Kind.SCHEMA),
        (
            "from pydantic import BaseModel\nfrom typing import *\nclass P(BaseModel, Generic[T]): ...\nclass X(P[int]): ...",
            Kind.SCHEMA,
        ),
        ("from pydantic import BaseModel\nclass P(BaseModel): ...\nX = P[int]", Kind.SCHEMA),
        ("from pydantic import RootModel\nclass X(RootModel[list[int]]): ...", Kind.SCHEMA),
        ("from pydantic_settings import BaseSettings\nclass X(BaseSettings): ...", Kind.SCHEMA),
        ("from dataclasses import dataclass\n@dataclass(frozen=True)\nclass X: ...", Kind.SCHEMA),
        ("import attrs\n@attrs.define\nclass X: ...", Kind.SCHEMA),
        ("import msgspec\nclass X(msgspec.Struct): ...", Kind.SCHEMA),
        ("from typing import TypedDict\nclass X(TypedDict): ...", Kind.SCHEMA),
        ("from typing import NamedTuple\nclass X(NamedTuple): ...", Kind.SCHEMA),
        ("from collections import namedtuple\nX = namedtuple('X', 'a b')", Kind.SCHEMA),
        ("from marshmallow import Schema\nclass X(Schema): ...", Kind.SCHEMA),
        ("from rest_framework import serializers\nclass X(serializers.ModelSerializer): ...", Kind.SCHEMA),
        ("from ninja import Schema\nclass X(Schema): ...", Kind.SCHEMA),
        # Enums
        ("import enum\nclass X(str, enum.Enum): ...", Kind.ENUM),
        ("from enum import StrEnum\nclass B(StrEnum): ...\nclass X(B): ...", Kind.ENUM),
        ("from enum import Enum\nX = Enum('X', 'a b')", Kind.ENUM),
        ("from django.db import models\nclass X(models.TextChoices): ...", Kind.ENUM),
        ("class X:\n    'What it is.'\n    OPEN = 'open'\n    ALL = [OPEN, 'shut']\n    ANY = ('open',)", Kind.CLASS),
        ("class X:\n    'What it is.'\n    OPEN = 'open'\n    ALL: list[str] = ['open', 'shut']", Kind.ENUM),
        ("class X:\n    'What it is.'", Kind.CLASS),
        ("class X:\n    client: Client = None", Kind.CLASS),
        ("class X:\n    OPEN = 'open'\n    def f(self): ...", Kind.CLASS),
        ("class X(Base):\n    OPEN = 'open'", Kind.CLASS),
        ("class X:\n    __tablename__ = 'x'", Kind.TABLE),
        ("from enum import Enum\nclass S(Enum):\n    A = 1\nX = S.A", Kind.CONSTANT),
        # Constants
        ("X = 1", Kind.CONSTANT),
        ("X = ['a', ('b', -1), {'c': 2 * 3}]", Kind.CONSTANT),
        ("import re\nX = re.compile('x')", Kind.CONSTANT),
        ("import logging\nlogger = logging.getLogger()\nX = logger", Kind.CONSTANT),
        ("class R: ...\nX = R()", None),
        ("class S:\n    A = 1\nX = [S.A, len('a')]", Kind.CONSTANT),
        ("class P: ...\nX = [P(), P()]", None),
        ("class P: ...\nX = {'a': P() for a in ''}", None),
        ("X: dict[str, int] = {}", None),
        ("X = list()", None),
        ("products = [1, 2]\nX = products", Kind.CONSTANT),
        # Types
        ("from typing import TypeVar\nX = TypeVar('X')", Kind.TYPE),
        ("from typing import NewType\nX = NewType('X', int)", Kind.TYPE),
        ("from typing import Protocol\nclass X(Protocol): ...", Kind.TYPE),
        ("from typing import Protocol\nclass X(Protocol):\n    __tablename__: str", Kind.TYPE),
        ("from typing import Protocol\nclass P(Protocol): ...\nclass X(P): ...", Kind.CLASS),
        ("from typing import TypeAlias\nX: TypeAlias = 'dict[str, int]'", Kind.TYPE),
        ("class A: ...\nX = A | None", Kind.TYPE),
        ("X = dict[str, int]", Kind.TYPE),
        ("type X = int", Kind.TYPE),
        ("from typing import Annotated\nfrom fastapi import Query\nX = Annotated[int, Query()]", Kind.TYPE),
        # Exceptions
        ("class X(Exception): ...", Kind.EXCEPTION),
        ("class B(ValueError): ...\nclass X(B): ...", Kind.EXCEPTION),
        ("from fastapi import HTTPException\nclass X(HTTPException): ...", Kind.EXCEPTION),
        # Session providers
        ("from sqlalchemy.orm import sessionmaker\nX = sessionmaker()", Kind.SESSION_PROVIDER),
        ("from sqlalchemy.ext.asyncio import create_async_engine\nX = create_async_engine('x')", Kind.SESSION_PROVIDER),
        (
            "from sqlalchemy.orm import sessionmaker\nS = sessionmaker()\ndef X():\n    s = S()\n    yield s",
            Kind.SESSION_PROVIDER,
        ),
        (
            "from sqlalchemy.orm import sessionmaker\nS = sessionmaker()\ndef X():\n    with S() as s:\n        yield s",
            Kind.SESSION_PROVIDER,
        ),
        (
            "from sqlmodel import Session\nfrom typing import Generator\ndef X() -> Generator[Session, None, None]: ...",
            Kind.SESSION_PROVIDER,
        ),
        ("from sqlalchemy.orm import Session\ndef X() -> 'Session': ...", Kind.SESSION_PROVIDER),
        (
            "from typing import Annotated\nfrom fastapi import Depends\nfrom sqlmodel import Session\ndef g(): ...\nX = Annotated[Session, Depends(g)]",
            Kind.SESSION_PROVIDER,
        ),
        (
            "from sqlalchemy.orm import Session\nclass M:\n    def session(self) -> Session: ...\nX = M()",
            Kind.SESSION_PROVIDER,
        ),
        ("from flask_sqlalchemy import SQLAlchemy\nX = SQLAlchemy()", Kind.SESSION_PROVIDER),
        # Routers, endpoints
        ("from fastapi import APIRouter\nX = APIRouter()", Kind.ROUTER),
        ("from flask import Blueprint\nX = Blueprint('x', __name__)", Kind.ROUTER),
        ("from fastapi import APIRouter\nr = APIRouter()\n@r.get('/')\ndef X(): ...", Kind.ENDPOINT),
        ("from rest_framework.views import APIView\nclass X(APIView): ...", Kind.ENDPOINT),
        # The rest
        ("class X: ...", Kind.CLASS),
        ("def X(): ...", Kind.FUNCTION),
        ("from sqlalchemy.orm import Session\ndef X(session: Session) -> int: ...", Kind.FUNCTION),
        ("x = object\nX = [i for i in range(3)]", Kind.CONSTANT),
        ("from fastcrud import FastCRUD\nPostCrud = FastCRUD[int]\nX = PostCrud()", Kind.CONSTANT),
        ("", None),
        ("X = X", Kind.CONSTANT),
        ("class X(X): ...", Kind.CLASS),
        ("class A(B): ...\nclass B(A): ...\nX = A", Kind.CLASS),
        ("def X(:", None),
        # Circles
        (
            "from typing import Annotated\nfrom fastapi import Depends\nX = Annotated[Y, Depends(Y)]\nY = Annotated[X, Depends(X)]",
            Kind.TYPE,
        ),
        ("X = Y.a\nY = X.b", Kind.CONSTANT),
        ("X = f()\ndef f():\n    return f()", Kind.CONSTANT),
        ("X = f()\ndef f():\n    return g()\ndef g():\n    return f()()", Kind.CONSTANT),
        ("class A(B().x, B().y, B().z): ...\nclass B(A().x, A().y, A().z): ...\nX = A().x", Kind.CONSTANT),
        ("class A:\n    x = B().x\nclass B:\n    x = A().x\nX = A().x", Kind.CONSTANT),
    ],
)
def test_what_a_name_is(tmp_path: Path, text: str, kind: Kind | None) -> None:
    assert _kind(tmp_path, "app.models.user.X", {"app/models/user.py": f"{text}\n"}) == kind


@pytest.mark.parametrize(
    "files",
    [
        {"app/models/__init__.py": "from .user import User\n"},
        {"app/models/__init__.py": "from app.models.user import *\n"},
        {"app/models/__init__.py": "from .more import *\n", "app/models/more.py": "from .user import User as User\n"},
        {"app/models/__init__.py": "from . import user\nUser = user.User\n"},
        {"app/models/__init__.py": "import app.models.user as u\nUser = u.User\n"},
        {"app/models/__init__.py": "try:\n    from .user import User\nexcept ImportError:\n    User = None\n"},
    ],
)
def test_a_name_is_followed_to_its_definition(tmp_path: Path, files: dict[str, str]) -> None:
    base = {
        "app/db/__init__.py": "from .base import Base\n",
        "app/db/base.py": "from sqlalchemy.orm import DeclarativeBase\nclass Base(DeclarativeBase): ...\n",
        "app/models/user.py": "from ..db import Base\nclass User(Base): ...\n",
    }
    project = make_project(tmp_path, _ANY | base | files)

    assert project.kinds.of("app.models.User", seen_from=HERE) is Kind.TABLE
    if "User =" not in files["app/models/__init__.py"] or "except" in files["app/models/__init__.py"]:
        found = project.kinds.definition_of("app.models.User", seen_from=HERE)
        assert found is not None
        assert found.full_name == "app.models.user.User"


def test_circles_end(tmp_path: Path) -> None:
    files = {
        "app/models/__init__.py": "from .a import *\nfrom .b import *\nfrom .a import X\n",
        "app/models/a.py": "from .b import *\nfrom .b import X, B\nclass A(B): ...\n",
        "app/models/b.py": "from .a import *\nfrom .a import X, A\nfrom . import A as C\nclass B(A, C, Exception): ...\n",
    }
    assert _kind(tmp_path, "app.models.X", files) is None
    assert _kind(tmp_path, "app.models.A", files) is Kind.EXCEPTION


def test_a_circle_of_stars_hides_no_definition(tmp_path: Path) -> None:
    files = {
        "app/models/__init__.py": "from .recipe import *\nfrom .tag import *\n",
        "app/models/recipe.py": "from sqlmodel import SQLModel\nclass Recipe(SQLModel, table=True): ...\n",
        "app/models/tag.py": "if TYPE_CHECKING:\n    from . import Recipe\n",
    }
    assert _kind(tmp_path, "app.models.Recipe", files) is Kind.TABLE


def test_a_very_long_chain_of_imports_ends(tmp_path: Path) -> None:
    files = {f"app/models/m{number}.py": f"from .m{number + 1} import X\n" for number in range(2000)}

    assert _kind(tmp_path, "app.models.m0.X", files) is None


def test_many_names_are_read_ahead(tmp_path: Path) -> None:
    files = {
        "app/models/__init__.py": "from .user import *\n",
        "app/models/user.py": "from .base import Base\nclass User(Base): ...\n",
        "app/models/base.py": "from sqlmodel import SQLModel as Base\n",
    }
    project = make_project(tmp_path, _ANY | files)
    wanted = ("app.models.User", HERE), ("app.models.nothing", HERE), ("elsewhere.X", HERE), ("app.models", HERE)

    project.kinds.read_ahead(wanted)

    assert [project.kinds.of(name, seen_from=path) for name, path in wanted] == [Kind.SCHEMA, None, None, None]


def test_a_generator_that_is_asked_for_as_a_dependency_provides_a_session(tmp_path: Path) -> None:
    files = {"app/db/session.py": "def get():\n    yield anything[0]\n"}

    assert _kind(tmp_path, "app.db.session.get", files) is Kind.HELPER
    asking = "from fastapi import Depends\nfrom app.db.session import get\ndef f(s=Depends(get)): ...\n"
    assert _kind(tmp_path, "app.db.session.get", files | {HERE: asking}) is Kind.SESSION_PROVIDER


_PROVIDERS = {
    "databases": "import databases\ngive = databases.Database(URL)",
    "databases, asked": "from databases import Database\ndb = Database(URL)\ndef give(): return db",
    "databases, yielded": "import databases\ndb = databases.Database(URL)\nasync def give():\n    async with db.connection() as c:\n        yield c",
    "asyncpg": "import asyncpg\npool: asyncpg.Pool = None\nasync def give():\n    async with pool.acquire() as c:\n        yield c",
    "asyncpg, made": "import asyncpg\nasync def give():\n    return await asyncpg.create_pool(URL)",
    "motor": "from motor.motor_asyncio import AsyncIOMotorClient\ngive = AsyncIOMotorClient(URL)",
    "motor, a database": "from motor.motor_asyncio import AsyncIOMotorClient\ngive = AsyncIOMotorClient(URL)['shop']",
    "motor, held": "from motor.motor_asyncio import AsyncIOMotorClient\nclass Db:\n    client: AsyncIOMotorClient = None\ngive = Db()",
    "motor, held or not": "from motor.motor_asyncio import AsyncIOMotorClient\nclass Db:\n    client: AsyncIOMotorClient | None = None\ngive = Db()",
    "motor, annotated": "from motor.motor_asyncio import AsyncIOMotorDatabase\nasync def give() -> AsyncIOMotorDatabase: ...",
    "pymongo": "from pymongo import MongoClient\nclient = MongoClient(URL)\ndef give():\n    return client['shop']",
    "sqlalchemy, entered": "from sqlalchemy.ext.asyncio import async_sessionmaker\nmake = async_sessionmaker()\nasync def give():\n    async with make() as s:\n        yield s",
    "sqlalchemy, managed": "import contextlib\nfrom sqlalchemy.orm import sessionmaker\nmake = sessionmaker()\n@contextlib.contextmanager\ndef give():\n    s = make()\n    try:\n        yield s\n    finally:\n        s.close()",
    "aiosqlite": "import aiosqlite\nasync def give():\n    async with aiosqlite.connect(URL) as db:\n        yield db",
    "psycopg": "from psycopg_pool import AsyncConnectionPool\npool = AsyncConnectionPool(URL)\nasync def give():\n    async with pool.connection() as c:\n        yield c",
    "tortoise": "from tortoise.transactions import in_transaction\nasync def give():\n    async with in_transaction() as c:\n        yield c",
    "edgedb": "import edgedb\ngive = edgedb.create_async_client()",
    "surreal, unknown": "async def give(request):\n    async with request.app.state.pool.acquire() as c:\n        yield c",
}


@pytest.mark.parametrize("name", list(_PROVIDERS))
def test_sessions_come_from_any_library(tmp_path: Path, name: str) -> None:
    asking = "from fastapi import Depends\nfrom app.db.session import give\ndef f(s=Depends(give)): ...\n"
    files = {"app/db/session.py": f"{_PROVIDERS[name]}\n", HERE: asking}

    assert _kind(tmp_path, "app.db.session.give", files) is Kind.SESSION_PROVIDER


@pytest.mark.parametrize(
    "text",
    [
        "from pymongo import MongoClient\nclass Users:\n    client: MongoClient\n    def all(self) -> list[User]: ...\ngive = Users()",
        "import databases\ndb = databases.Database(URL)\nasync def give():\n    return await db.fetch_all(TEXT)",
        "from motor.motor_asyncio import AsyncIOMotorClient\nclient = AsyncIOMotorClient(URL)\ndef give():\n    return client['shop'].users.find_one({})",
    ],
)
def test_what_asks_a_session_provides_none(tmp_path: Path, text: str) -> None:
    assert _kind(tmp_path, "app.db.session.give", {"app/db/session.py": f"{text}\n"}) in {None, Kind.FUNCTION}


@pytest.mark.parametrize(
    ("name", "full_name"),
    [
        ("app.db.SessionDep().execute", "sqlmodel.Session().execute"),
        ("app.db.db.session.query", "flask_sqlalchemy.SQLAlchemy().session.query"),
        ("app.db.own.session.query", "flask_sqlalchemy.SQLAlchemy().session.query"),
        ("app.db.get().execute", "sqlmodel.Session().execute"),
        ("app.db.manager.session().execute", "sqlmodel.Session().execute"),
        ("app.db.manager.engine.begin", "sqlmodel.create_engine().begin"),
        ("app.db.Factory().execute", "sqlalchemy.orm.sessionmaker()().execute"),
        ("app.models.User().name", "app.models.user.User().name"),
        ("app.models.User.query", "app.models.user.User.query"),
        ("app.models.Nothing.query", "app.models.Nothing.query"),
        ("fastapi.FastAPI().get", "fastapi.FastAPI().get"),
    ],
)
def test_a_full_name_is_followed_through_modules(tmp_path: Path, name: str, full_name: str) -> None:
    files = {
        "app/models/__init__.py": "from .user import User\n",
        "app/models/user.py": "class User:\n    name: str\n",
        "app/db/__init__.py": "from .session import *\n",
        "app/db/session.py": """
            from collections.abc import Iterator
            from typing import Annotated
            from fastapi import Depends
            from flask_sqlalchemy import SQLAlchemy
            from sqlalchemy.orm import sessionmaker
            from sqlmodel import Session, create_engine

            class Own(SQLAlchemy): ...
            class Manager:
                def __init__(self) -> None:
                    self.engine = create_engine("x")
                def session(self) -> Session: ...

            def get() -> Iterator[Session]: ...
            SessionDep = Annotated[Session, Depends(get)]
            Factory = sessionmaker()
            db = SQLAlchemy()
            own = Own()
            manager = Manager()
            """,
    }
    assert _full_name(tmp_path, name, files) == full_name
