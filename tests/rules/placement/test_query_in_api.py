from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.running import check_tree

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

THROUGH = "import fastapi\nfrom app.services.users import find\ndef read(): return find()\n"
DEPS = (
    "from typing import Annotated\nfrom fastapi import Depends\nfrom sqlmodel import Session\n"
    "def get(): ...\nDatabase = Annotated[Session, Depends(get)]\n"
    "from typing import NewType\nReadSession = NewType('ReadSession', Session)\n"
)
SHOP = {
    "app/services/users.py": "def find(): ...\n",
    "app/models/__init__.py": "from app.models.user import *\n",
    "app/models/user.py": "class User(Base):\n    __tablename__ = 'user'\nclass Kind: ...\n",
    "app/api/deps.py": DEPS,
    "app/api/orders.py": THROUGH,
    "app/api/carts.py": THROUGH,
}
SESSION = "from fastapi import Depends\nfrom sqlalchemy.orm import Session\n"
ASYNC = "import fastapi\nfrom typing import Annotated\nfrom sqlalchemy.ext.asyncio import AsyncSession as S\n"
USER = "import starlette\nfrom app.models import User, Kind\n"

DEPENDS = (
    "import fastapi\nfrom fastapi import Depends\nfrom sqlalchemy.orm import Session\n"
    "def get_db():\n    with Session(engine) as session:\n        yield session\n"
)


def _found(root: Path, text: str, files: Mapping[str, str] = {}, configuration: str = "") -> list[str]:
    tree = {**SHOP, "app/api/users.py": text, **files}
    report = check_tree(root, tree, configuration, select=["LC305"])
    return [f"{each.object}: {each.message.rpartition(' uses ')[2]}" for each in report.findings]


@pytest.mark.parametrize(
    ("text", "query"),
    [
        (SESSION + "def read(db: Session = Depends()):\n    return db.execute(text)\n", "`db.execute`"),
        (SESSION + "def read(db: 'Session | None'):\n    return db.get(User, 1)\n", "`db.get`"),
        (SESSION + "def read(db: Session):\n    db.add(user)\n    db.commit()\n", "`db.add`"),
        (
            ASYNC + "Dep = Annotated[S, 1]\nasync def read(s: Dep):\n    return (await s.scalars(q)).all()\n",
            "`s.scalars`",
        ),
        ("import fastapi\nfrom app.api.deps import SessionDep\ndef read(s: SessionDep):\n    s.exec(q)\n", "`s.exec`"),
        (
            "import starlette\nfrom app.extensions import db\ndef read():\n    db.session.execute(q)\n",
            "`db.session.execute`",
        ),
        (
            "import fastapi\nfrom app.api.deps import Database\ndef read(db: Database):\n    db.get(User, 1)\n",
            "`db.get`",
        ),
        (
            "import fastapi\nfrom app.api.deps import ReadSession as R\ndef read(s: R):\n    s.execute(q)\n",
            "`s.execute`",
        ),
        ("import fastapi\nfrom app.api import deps\ndef read(db: deps.Database):\n    db.add(1)\n", "`db.add`"),
        ("import starlette\nfrom sqlalchemy import select\ndef read():\n    return run(select(User))\n", "`select(…)`"),
        (USER + "def read():\n    return User.query.filter_by(id=1).first()\n", "`User.query`"),
        (USER + "def read():\n    return User.objects.filter(id=1)\n", "`User.objects`"),
        (DEPENDS + "def read(db=Depends(get_db)):\n    return db.execute(q)\n", "`db.execute`"),
        (DEPENDS + "def read(a, *, db=fastapi.Depends(get_db)):\n    return db.execute(q)\n", "`db.execute`"),
    ],
)
def test_every_way_to_ask_the_database_is_seen(tmp_path: Path, text: str, query: str) -> None:
    assert _found(tmp_path, text) == [f"read: {query}"]


@pytest.mark.parametrize(
    "text",
    [
        SESSION + "from app.services.users import find\ndef read(db: Session):\n    db.commit()\n    return find(db)\n",
        "import starlette\nfrom flask import session\ndef read():\n    return session.get('user')\n",
        "import fastapi, requests\ndef read():\n    session = requests.Session()\n    return session.get('/')\n",
        "import fastapi\ndef read(request):\n    return request.query, cache.execute(1), select(1).objects\n",
        USER + "def read():\n    return Kind.query, Kind.objects\n",
        "import fastapi\nfrom app.services.cache import cache\ndef read():\n    return cache.get('a'), cache.add('b')\n",
        USER + "class View:\n    queryset = User.objects.all()\n",
        "import fastapi\nfrom app.services.users import Finder\ndef read():\n    return Finder.query, Finder.objects\n",
        SESSION + "def health(db: Session):\n    db.execute('select 1')\n",
    ],
)
def test_what_asks_no_database_is_fine(tmp_path: Path, text: str) -> None:
    assert _found(tmp_path, text) == []


QUERY = SESSION + "def read(db: Session):\n    return db.execute(q), db.scalars(q)\n"


def test_a_function_is_reported_once(tmp_path: Path) -> None:
    (found,) = check_tree(tmp_path, {**SHOP, "app/api/users.py": QUERY}, select=["LC305"]).findings

    assert (found.object, len(found.related)) == ("read", 1)
    assert found.notes[0].startswith("2 of 3 modules of `api`")


def test_a_health_check_asks_whether_the_database_is_there(tmp_path: Path) -> None:
    assert _found(tmp_path, "", {"app/api/healthcheck.py": QUERY}) == []


def test_queries_in_the_api_are_the_convention_where_there_are_many(tmp_path: Path) -> None:
    files = {"app/api/orders.py": QUERY, "app/api/mails.py": QUERY}

    assert _found(tmp_path, QUERY, files) == []
    assert len(_found(tmp_path, QUERY, files, "[rules.query-in-api]\nshare = 0\n")) == 3


def test_without_another_layer_the_api_has_to_ask(tmp_path: Path) -> None:
    files = {"app/api/users.py": QUERY, "app/api/orders.py": "", "app/models/user.py": ""}

    assert not check_tree(tmp_path, files, select=["LC305"]).findings


def test_repositories_are_a_layer_to_go_through(tmp_path: Path) -> None:
    through = "import fastapi\nfrom app.repositories.users import find\n"
    files = {"app/repositories/users.py": "", "app/api/orders.py": through, "app/api/carts.py": through}

    (found,) = check_tree(tmp_path, {**files, "app/api/users.py": QUERY}, select=["LC305"]).findings

    assert found.notes[-1] == "help: move the query to a function of `db` and call it here"


def test_other_layers_may_ask(tmp_path: Path) -> None:
    assert (
        _found(tmp_path, "", {"app/services/orders.py": QUERY, "app/db/orders.py": QUERY, "app/main.py": QUERY}) == []
    )


@pytest.mark.parametrize("framework", ["flask", "quart", "django.http", "rest_framework"])
def test_files_of_frameworks_with_rules_of_their_own_are_left_to_these(tmp_path: Path, framework: str) -> None:
    text = f"import {framework}\nfrom sqlalchemy.orm import Session\ndef read(db: Session):\n    return db.execute(q)\n"

    assert _found(tmp_path, text) == []
