from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.rules.placement.backends import lines_in

if TYPE_CHECKING:
    from pathlib import Path

IMPORTS = (
    "import asyncio, httpx, os, requests, sqlite3, subprocess, time, redis, sqlalchemy; from pathlib import Path; "
    "from app.models.base import Base, User, db\n"
)


@pytest.mark.parametrize(
    ("statement", "is_work"),
    [
        ("requests.get('x')", True),
        ("x = requests.Session().get('x')", True),
        ("httpx.post('x')", True),
        ("c = sqlite3.connect('x')", True),
        ("e = sqlalchemy.create_engine('x').connect()", True),
        ("open('x', 'w')", True),
        ("open('x', mode='ab')", True),
        ("with Path('x').open('w') as f: ...", True),
        ("Path('x').write_text('')", True),
        ("(Path('x') / 'y').mkdir()", False),
        ("FOLDER = Path('x'); FOLDER.mkdir()", True),
        ("os.makedirs('x')", True),
        ("subprocess.run(['x'])", True),
        ("time.sleep(1)", True),
        ("asyncio.run(f())", True),
        ("Base.metadata.create_all(e)", True),
        ("db.create_all()", True),
        ("U = User.objects.get(pk=1)", True),
        ("U = User.objects.filter(pk=1)", False),
        ("def f(x=requests.get('x')): ...", True),
        ("class C:\n    x = requests.get('x')", True),
        ("e = sqlalchemy.create_engine('x')", False),
        ("r = redis.Redis()", False),
        ("open('x')", False),
        ("open('x', 'rb')", False),
        ("os.getenv('x')", False),
        ("def f(): requests.get('x')", False),
        ("f = lambda: requests.get('x')", False),
        ("if __name__ == '__main__': requests.get('x')", False),
    ],
)
def test_what_work_is(tmp_path: Path, statement: str, is_work: bool) -> None:
    found = lines_in(tmp_path, "LC312", "app/services/rates.py", IMPORTS + statement + "\n")

    assert bool(found) == is_work


@pytest.mark.parametrize(
    ("path", "importer", "lines"),
    [
        ("app/main.py", "", []),
        ("app/config.py", "", []),
        ("app/migrations/first.py", "", []),
        ("tests/test_rates.py", "", []),
        ("app/core/rates.py", "", []),
        ("app/core/rates.py", "import app.core.rates", []),
    ],
)
def test_who_may_work(tmp_path: Path, path: str, importer: str, lines: list[int]) -> None:
    text = "import os\nos.mkdir('x')\n"

    assert lines_in(tmp_path, "LC312", path, text, {"app/services/users.py": importer}) == lines
