from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.running import check_tree

if TYPE_CHECKING:
    from pathlib import Path

SHOP = {"app/db/session.py": "", "app/services/users.py": "", "app/models/user.py": "", "app/api/users.py": ""}
ENGINE = "from sqlalchemy import create_engine\nengine = create_engine(url)\n"


def _found(root: Path, files: dict[str, str]) -> list[str]:
    report = check_tree(root, {**SHOP, **files}, select=["LC304"])
    return [each.message for each in report.findings]


@pytest.mark.parametrize(
    ("text", "called"),
    [
        (ENGINE, "create_engine"),
        ("import sqlalchemy as sa\ndef run():\n    return sa.create_engine(url)\n", "create_engine"),
        ("from sqlmodel import create_engine as make\nengine = make(url)\n", "create_engine"),
        ("from sqlalchemy.ext.asyncio import create_async_engine as c\nengine = c(url)\n", "create_async_engine"),
        ("from sqlalchemy.orm import sessionmaker\nlocal = sessionmaker(engine)\n", "sessionmaker"),
        ("import psycopg\ndef run():\n    with psycopg.connect(url) as connection: ...\n", "connect"),
        ("import asyncpg\nasync def run():\n    return await asyncpg.create_pool(url)\n", "create_pool"),
        ("from pymongo import MongoClient\nclient = MongoClient()\n", "MongoClient"),
        ("from flask_sqlalchemy import SQLAlchemy\ndb = SQLAlchemy()\n", "SQLAlchemy"),
    ],
)
def test_every_way_to_open_the_database_is_seen(tmp_path: Path, text: str, called: str) -> None:
    message = f"`services` must not open the database: `{called}` is called outside `db`"

    assert _found(tmp_path, {"app/services/reports.py": text}) == [message]


@pytest.mark.parametrize(
    "path",
    [
        *("app/db/engine.py", "app/main.py", "app/config.py", "app/extensions.py", "app/core/setup.py"),
        *("app/models/base.py", "app/tests/test_users.py", "app/migrations/env.py", "scripts/seed.py"),
    ],
)
def test_where_it_may_be_opened(tmp_path: Path, path: str) -> None:
    assert _found(tmp_path, {path: ENGINE}) == []


def test_using_what_the_database_layer_made_is_fine(tmp_path: Path) -> None:
    text = "import sqlalchemy\nfrom app.db.session import create_engine, sessionmaker\nx = sessionmaker()\ny = create_engine()\n"

    assert _found(tmp_path, {"app/services/reports.py": text}) == []


def test_a_program_of_its_own_opens_what_it_works_with(tmp_path: Path) -> None:
    text = ENGINE + 'if __name__ == "__main__":\n    print(engine)\n'

    assert _found(tmp_path, {"app/utils/wait.py": text, "app/utils/db.py": ENGINE}) == []


def test_a_database_in_memory_is_a_scratch_pad(tmp_path: Path) -> None:
    text = 'from sqlalchemy import create_engine\nengine = create_engine("sqlite://")\n'

    assert _found(tmp_path, {"app/services/reports.py": text}) == []


def test_without_a_database_layer_there_is_nowhere_to_move_it(tmp_path: Path) -> None:
    files = {"app/services/reports.py": ENGINE, "app/models/user.py": "", "app/api/users.py": ""}

    assert not check_tree(tmp_path, files, select=["LC304"]).findings


def test_two_in_one_function_are_one_finding(tmp_path: Path) -> None:
    text = "import psycopg\ndef run():\n    a = psycopg.connect(x)\n    b = psycopg.connect(y)\n"

    (found,) = check_tree(tmp_path, {**SHOP, "app/services/reports.py": text}, select=["LC304"]).findings

    assert (found.object, len(found.related)) == ("run", 1)
