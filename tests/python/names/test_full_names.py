from __future__ import annotations

import ast

import pytest

from layercheck.python.names.full_names import Names
from layercheck.python.names.syntax_index import NodeIndex
from tests.python.names.seeing import last_name, see


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("import os\nos.environ", "os.environ"),
        ("import os.path\nos.path.join", "os.path.join"),
        ("import sqlalchemy.orm as so\nso.Session", "sqlalchemy.orm.Session"),
        ("from os import environ as e\ne.get", "os.environ.get"),
        ("from ..db import session\nsession", "app.db.session"),
        ("from . import deps\ndeps.get_db", "app.api.deps.get_db"),
        ("from fastapi import FastAPI\napp = FastAPI()\napp.get", "fastapi.FastAPI().get"),
        ("from fastapi import FastAPI as F\napi = app = F()\napi.get('/')", "fastapi.FastAPI().get()"),
        ("open", "builtins.open"),
        ("class User: ...\nUser", "app.api.users.User"),
        ("class User: ...\nUser().name", "app.api.users.User().name"),
        ("LIMIT = 5\nLIMIT", "app.api.users.LIMIT"),
        ("nobody", None),
        ("[].append", None),
        ("try:\n    import ujson as json\nexcept ImportError:\n    json = None\njson.loads", "ujson.loads"),
        ("import a, b\nx = a.f() if a else b.g()\nx.y", "a.f().y"),
        ("import a\nx = None or a.f()\nx", "a.f()"),
        ("import a\n(x := a.f())\nx.y", "a.f().y"),
        ("from typing import Annotated as A\nfrom db import S\nD = A[S, 1]\nD", "db.S"),
    ],
)
def test_names_at_the_top_of_a_module(text: str, name: str | None) -> None:
    assert last_name(text) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        # Parameters by their annotations, whatever these are wrapped in.
        (
            "from sqlalchemy.orm import Session\ndef f(s: Session):\n    s.execute()",
            "sqlalchemy.orm.Session().execute()",
        ),
        ("from db import S\ndef f(s: S | None):\n    s.x", "db.S().x"),
        ("from db import S\ndef f(s: 'S'):\n    s.x", "db.S().x"),
        ("from typing import Optional\nfrom db import S\ndef f(s: Optional[S] = None):\n    s.x", "db.S().x"),
        ("from db import Repository\nfrom m import U\ndef f(s: Repository[U]):\n    s.x", "db.Repository().x"),
        (
            "from deps import SessionDep\nasync def f(s: SessionDep):\n    await s.commit()",
            "deps.SessionDep().commit()",
        ),
        ("def f(s):\n    s.execute", None),
        ("def f(*s):\n    s.execute", None),
        # Local names win over those outside.
        ("import os\ndef f(os):\n    os.environ", None),
        ("import os\ndef f():\n    import sys as os\n    os.environ", "sys.environ"),
        ("import os\ndef f():\n    for os in []:\n        os.environ", None),
        ("import os\ndef f():\n    [os for os in []]\n    os.environ", None),
        ("import os\ndef f():\n    def g():\n        os.environ", "os.environ"),
        ("import os\ndef f():\n    os.environ\ndef g(os): pass", "os.environ"),
        # The last value before the place.
        ("import a, b\ndef f():\n    x = a.f()\n    x = b.g()\n    x.y", "b.g().y"),
        ("import a\ndef f():\n    with a.open() as x:\n        x.y", "a.open().y"),
        ("import a\nasync def f():\n    async with a.open() as x:\n        await x.y()", "a.open().y()"),
        ("def f():\n    x = 1\n    x.y", None),
        # Classes: their names are not seen from their methods, `self` is an instance.
        ("import a\nclass C:\n    a = 1\n    def f(self):\n        a.b", "a.b"),
        ("class C:\n    def f(self):\n        self.g", "app.api.users.C().g"),
        ("class C:\n    @classmethod\n    def f(cls):\n        cls.g", "app.api.users.C.g"),
        (
            "from db import S\nclass C:\n    def __init__(self, s: S):\n        self.s = s\n    def f(self):\n        self.s.x",
            "db.S().x",
        ),
        ("from db import S\nclass C:\n    s: S\n    def f(self):\n        self.s.x", "db.S().x"),
        ("import a\nclass C:\n    s = a.f()\n    def f(self):\n        self.s.x", "a.f().x"),
    ],
)
def test_names_inside_definitions(text: str, name: str | None) -> None:
    assert last_name(text) == name


def test_relative_imports_of_a_package_begin_in_it() -> None:
    assert last_name("from .db import x\nx", "app", is_package=True) == "app.db.x"
    assert last_name("from ..db import x\nx", "app.api", is_package=True) == "app.db.x"


def test_circles_end() -> None:
    assert last_name("a = b\nb = a\na.x") in {"app.api.users.a.x", "app.api.users.b.x"}


def test_the_types_that_an_annotation_mentions() -> None:
    module = see("from m import User, Page\nx: 'Page[list[User]] | None'")

    assert list(module.names_in(module.nodes(ast.AnnAssign)[0].annotation)) == ["m.Page", "builtins.list", "m.User"]


@pytest.mark.parametrize(
    ("annotation", "names"),
    [
        ("'Item'", ["m.Item"]),
        ("list['Item']", ["builtins.list", "m.Item"]),
        ("Annotated['Item', Header(alias='Other')]", ["typing.Annotated", "m.Header", "m.Item"]),
        ("Annotated[Item, 'Other']", ["typing.Annotated", "m.Item"]),
        ("Literal['Item', 'Other']", ["typing.Literal"]),
    ],
)
def test_text_in_metadata_is_no_type(annotation: str, names: list[str]) -> None:
    tree = ast.parse(
        "from typing import Annotated, Literal\nclass Item: ...\nclass Other: ...\nclass Header: ...\n"
        f"x: {annotation} = None\n"
    )
    (assignment,) = (node for node in tree.body if isinstance(node, ast.AnnAssign))

    found = Names(NodeIndex(tree), "m", is_package=False).full_names_in(assignment.annotation)

    assert sorted(found) == sorted(names)
