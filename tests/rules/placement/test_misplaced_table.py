from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.running import check_tree

if TYPE_CHECKING:
    from pathlib import Path

BASE = "from sqlalchemy.orm import DeclarativeBase\nclass Base(DeclarativeBase): ...\n"
USER = 'class User(Base):\n    __tablename__ = "user"\nclass Order(Base):\n    __tablename__ = "order"\n'
SHOP = {"app/models/user.py": BASE + USER, "app/services/users.py": "", "app/api/users.py": ""}
FROM_MODELS = "import sqlalchemy\nfrom app.models.user import Base\n"


def _found(root: Path, files: dict[str, str]) -> list[str]:
    report = check_tree(root, {**SHOP, **files}, select=["LC303"])
    return [f"{each.subject}:{each.object}" for each in report.findings]


@pytest.mark.parametrize(
    "text",
    [
        FROM_MODELS + 'class Item(Base):\n    __tablename__ = "item"\n',
        FROM_MODELS + 'class Item(Base):\n    __tablename__: str = "item"\n',
        FROM_MODELS + "class Item(Base):\n    __table__ = Base.metadata.tables['item']\n",
        "from sqlmodel import SQLModel\nclass Item(SQLModel, table=True): ...\n",
        "from flask_sqlalchemy import SQLAlchemy\ndb = SQLAlchemy()\nclass Item(db.Model): ...\n",
        "from django.db import models\nclass Item(models.Model): ...\n",
        "from django.db.models import Model\nclass Item(Model, Mixin): ...\n",
        "from beanie import Document\nclass Item(Document): ...\n",
        "import mongoengine as me\nclass Item(me.Document): ...\n",
        "from tortoise.models import Model\nclass Item(Model): ...\n",
    ],
)
def test_tables_of_every_library_are_seen_in_services(tmp_path: Path, text: str) -> None:
    assert _found(tmp_path, {"app/services/items.py": text}) == ["app.services.items:Item"]


def test_a_protocol_describes_tables_and_is_none(tmp_path: Path) -> None:
    text = "import sqlalchemy\nfrom typing import Protocol\nclass Item(Protocol):\n    __tablename__: str\n    __table__: object\n"

    assert _found(tmp_path, {"app/services/items.py": text}) == []


def test_a_base_class_of_the_project_is_followed(tmp_path: Path) -> None:
    base = "from django.db import models\nclass Timed(models.Model):\n    class Meta:\n        abstract = True\n"
    item = "from django.db import models\nfrom app.models.base import Timed\nclass Item(Timed, models.Model): ...\n"

    assert _found(tmp_path, {"app/models/base.py": base, "app/services/items.py": item}) == ["app.services.items:Item"]


def test_what_other_modules_say_of_a_base_is_followed(tmp_path: Path) -> None:
    base = "from flask_sqlalchemy import SQLAlchemy\ndb = SQLAlchemy()\n"
    item = "import sqlalchemy as sa\nfrom app.extensions import db\nclass Item(db.Model):\n    id = sa.Column()\n"

    assert _found(tmp_path, {"app/extensions.py": base, "app/services/items.py": item}) == ["app.services.items:Item"]


@pytest.mark.parametrize(
    "text",
    [
        FROM_MODELS + "class Mixin(Base):\n    __abstract__ = True\n",
        FROM_MODELS + "class Mixin(Base): ...\n",
        "import django\nfrom django.db import models\nclass Item(models.Model):\n    class Meta:\n        abstract = True\n",
        "from django.db import models\nclass Item(models.Model):\n    class Meta:\n        proxy = True\n",
        "from django.db import models\nclass Item(models.Model):\n    class Meta:\n        managed = False\n",
        "import mongoengine as me\nclass Item(me.Document):\n    meta = {'abstract': True}\n",
        "from sqlmodel import SQLModel\nclass Item(SQLModel): ...\nx = dict(table=True)\n",
        'import sqlalchemy\nclass Query:\n    __tablename__ = "item"\n',
        "from sqlalchemy import Table\nitems = Table('__tablename__', metadata)\n",
    ],
)
def test_what_has_no_table_of_its_own_is_fine_anywhere(tmp_path: Path, text: str) -> None:
    assert _found(tmp_path, {"app/services/items.py": text}) == []


def test_tables_in_db_are_fine(tmp_path: Path) -> None:
    files = {"app/db/tokens.py": FROM_MODELS + 'class Token(Base):\n    __tablename__ = "token"\n'}

    assert _found(tmp_path, files) == []


def test_beside_the_layers_it_is_an_exception_where_the_others_stand_in_models(tmp_path: Path) -> None:
    one = FROM_MODELS + 'class Token(Base):\n    __tablename__ = "token"\n'

    assert _found(tmp_path, {"app/tokens.py": one}) == ["app.tokens:Token"]
    assert _found(tmp_path, {"app/tokens.py": one, "app/mails.py": one}) == []


def test_without_models_nothing_is_misplaced(tmp_path: Path) -> None:
    files = {"app/models/user.py": "", "app/services/users.py": BASE + USER}

    assert _found(tmp_path, files) == []
