from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import pytest

from layercheck.model.definitions import FileDefinitions
from layercheck.python.names.definition_reader import read_definitions

if TYPE_CHECKING:
    from layercheck.model.definitions import Definition


def _read(text: str, module: str = "app.models.user", *, is_package: bool = False) -> FileDefinitions:
    return read_definitions(textwrap.dedent(text).encode(), module, is_package=is_package)


def _of(text: str, name: str = "X") -> Definition:
    return _read(text).names[name]


def test_the_names_at_the_top_are_read_wherever_they_stand() -> None:
    found = _read(
        """
        import os.path
        import app.db as database
        from .base import Base as Parent
        from ..db.session import *
        if os:
            class User(Parent): ...
        else:
            def user(): ...
        try:
            limit = 1
        finally:
            ...
        with open("x") as file: ...
        """
    )

    assert {name: each.form for name, each in found.names.items()} == {
        "os": "import",
        "database": "import",
        "Parent": "import",
        "User": "class",
        "user": "function",
        "limit": "value",
        "file": "value",
    }
    assert found.names["database"].value == "app.db"
    assert found.names["Parent"].value == "app.models.base.Base"
    assert found.stars == ("app.db.session",)


def test_relative_imports_of_a_package_start_in_it() -> None:
    found = _read("from .user import User\nfrom .more import *\n", "app.models", is_package=True)

    assert found.names["User"].value == "app.models.user.User"
    assert found.stars == ("app.models.more",)


def test_a_class() -> None:
    found = _of(
        """
        import sqlmodel as sm
        from app.db import Base, mapped
        @mapped(1)
        class X(Base, sm.SQLModel, Generic[int], table=True, metaclass=type):
            __tablename__ = "x"
            __abstract__ = False
            class Meta:
                abstract = True
        """
    )

    assert found.bases == ("app.db.Base", "sqlmodel.SQLModel")
    assert found.keywords == ("table=True",)
    assert found.decorators == ("app.db.mapped()",)
    assert found.marks == ("Meta", "Meta.abstract", "__tablename__")


def test_a_name_that_a_mixin_makes_is_no_mark() -> None:
    assert _of("class X:\n    def __tablename__(cls): ...\n").marks == ()


def test_members_lead_further() -> None:
    found = _of(
        """
        from sqlmodel import Session, create_engine
        class X:
            name: str
            engine: "Engine"
            session = Session()
            def __init__(self) -> None:
                self.own = create_engine("x")
                self.count = 0
            def make(self) -> Session: ...
            def nothing(self): ...
        """
    )

    assert {name: member.value for name, member in found.members.items()} == {
        "session": "sqlmodel.Session()",
        "own": "sqlmodel.create_engine()",
        "make": "sqlmodel.Session()",
    }


@pytest.mark.parametrize(
    ("function", "value", "is_generator"),
    [
        ("def X() -> Session: ...", "sqlmodel.Session()", False),
        ("def X() -> 'Session | None': ...", "sqlmodel.Session()", False),
        ("async def X() -> AsyncIterator[Session]:\n    yield 1", "sqlmodel.Session()", False),
        ("def X() -> Any:\n    yield Session()", "sqlmodel.Session()", True),
        ("def X() -> Generator[Session, None, None]: ...", "sqlmodel.Session()", False),
        ("def X():\n    with Session(1) as s:\n        yield s", "sqlmodel.Session()", True),
        ("def X():\n    def inner():\n        return Session()\n    return 1", "", False),
        ("def X():\n    return unknown", "", False),
    ],
)
def test_what_a_function_gives(function: str, value: str, is_generator: bool) -> None:
    found = _of(
        f"from sqlmodel import Session\nfrom typing import *\nfrom typing import Generator, AsyncIterator\n{function}\n"
    )

    assert (found.value, found.is_generator) == (value, is_generator)


@pytest.mark.parametrize(
    ("text", "value", "shape"),
    [
        ("X = 1", "", "literal"),
        ("X = (1, -2, 'a' + 'b')", "", "literal"),
        ("X = [1, {'a': (2,)}]", "", "container"),
        ("X = {}", "", "empty"),
        ("X = set()", "builtins.set()", "empty"),
        ("X: int = f()", "builtins.int()", ""),
        ("X = list[int]", "", "type"),
        ("X = int | None", "", "type"),
        ("X = A | B", "", ""),
        ("from m import Page\nX = Page[int]", "m.Page", ""),
        ("from m import TABLE\nX = TABLE[0]", "", ""),
        ("type X = list[int]", "", "type"),
        ("from m import x\nX = x.y.z(1).w", "m.x.y.z().w", ""),
        ("from m import a\nX, Y = a", "", ""),
        ("from m import a\ntry:\n    X = a()\nexcept OSError:\n    X = None", "m.a()", ""),
    ],
)
def test_what_is_assigned(text: str, value: str, shape: str) -> None:
    found = _of(f"{text}\n")

    assert (found.value, found.shape) == (value, shape)


def test_an_annotated_dependency_is_a_type_that_mentions_what_it_needs() -> None:
    found = _of(
        """
        from typing import Annotated
        from fastapi import Depends
        from sqlmodel import Session
        def get(): ...
        X = Annotated[Session, Depends(get)]
        """
    )

    assert (found.shape, found.value) == ("type", "sqlmodel.Session")
    assert {"sqlmodel.Session", "app.models.user.get", "fastapi.Depends()"} <= set(found.mentions)


def test_dependencies_are_listed_wherever_they_stand() -> None:
    found = _read(
        """
        from fastapi import Depends, Security
        from app.db import get_db, Repository
        def f(a=Depends(get_db), b=Security(Repository.make), c=Depends()): ...
        """
    )

    assert found.dependencies == ("app.db.Repository.make", "app.db.get_db")


def test_code_may_move() -> None:
    text = "class User(Base):\n    def f(self): ...\nLIMIT = 3\n"

    assert _read(text) == _read(f"# moved\n\n{text.replace('def f', '# why not' + chr(10) + '    def f')}")


@pytest.mark.parametrize("text", ["def (:", "x = '\x00'", "", "\n"])
def test_what_cannot_be_read_says_nothing(text: str) -> None:
    assert _read(text) == FileDefinitions("app.models.user")
