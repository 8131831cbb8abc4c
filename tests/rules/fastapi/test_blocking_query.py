from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.rules.fastapi.backends import ROUTER, check_api, lines_of

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "app/db/session.py": (
        "from sqlalchemy import create_engine\nfrom sqlalchemy.orm import sessionmaker\n"
        "SessionLocal = sessionmaker(bind=create_engine('x'))\n"
    ),
    "app/deps.py": (
        "from typing import Annotated\nfrom fastapi import Depends\nfrom sqlmodel import Session\n"
        "from sqlalchemy.ext.asyncio import AsyncSession\n"
        "def get_db(): ...\nSessionDep = Annotated[Session, Depends(get_db)]\n"
        "AsyncSessionDep = Annotated[AsyncSession, Depends(get_db)]\n"
    ),
}
IMPORTS = ROUTER + (
    "from sqlalchemy.orm import Session\nfrom app.deps import SessionDep, AsyncSessionDep\n"
    "from app.db.session import SessionLocal\n@router.get('/')\n"
)
BODY = 8


@pytest.mark.parametrize(
    "function",
    [
        "async def f(s: Session):\n    return s.execute(q).all()\n",
        "async def f(s: SessionDep):\n    return s.exec(q)\n",
        "async def f(s: SessionDep):\n    s.commit()\n    s.refresh(x)\n",
        "async def f():\n    return SessionLocal().query(User).all()\n",
        "async def f():\n    with SessionLocal() as s: s.execute(q)\n",
    ],
)
def test_an_async_endpoint_waits_for_the_database(tmp_path: Path, function: str) -> None:
    assert lines_of(check_api(tmp_path, "LC505", IMPORTS + function, FILES)) == [BODY]


@pytest.mark.parametrize(
    "function",
    [
        "def f(s: SessionDep):\n    return s.exec(q)\n",
        "async def f(s: AsyncSessionDep):\n    return await s.execute(q)\n",
        "async def f(s: SessionDep):\n    s.add(x)\n",
        "async def f(s):\n    return s.execute(q)\n",
        "async def f(s: SessionDep):\n    return await run_in_threadpool(s.execute, q)\n",
        "async def f(cache: dict[str, str]):\n    return cache.get('x')\n",
    ],
)
def test_nobody_has_to_wait(tmp_path: Path, function: str) -> None:
    assert lines_of(check_api(tmp_path, "LC505", IMPORTS + function, FILES)) == []


def test_other_functions_are_not_endpoints(tmp_path: Path) -> None:
    text = IMPORTS + "async def f(): ...\nasync def g(s: SessionDep):\n    return s.exec(q)\n"

    assert lines_of(check_api(tmp_path, "LC505", text, FILES)) == []
