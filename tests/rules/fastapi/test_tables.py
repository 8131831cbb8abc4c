"""LC502 and LC503: tables where schemas belong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.rules.fastapi.backends import ROUTER, check_api

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "app/db/base.py": "from sqlalchemy.orm import DeclarativeBase\nclass Base(DeclarativeBase): ...\n",
    "app/models/user.py": "from app.db.base import Base\nclass User(Base):\n    __tablename__ = 'users'\n",
    "app/models/__init__.py": "from .user import User as User\n",
    "app/schemas/user.py": "from pydantic import BaseModel\nclass UserOut(BaseModel): ...\n",
    "app/deps.py": (
        "from typing import Annotated\nfrom fastapi import Depends\nfrom app.models import User\n"
        "def get_user(): ...\nCurrentUser = Annotated[User, Depends(get_user)]\n"
    ),
}
IMPORTS = (
    ROUTER + "from typing import Annotated\nfrom fastapi import Depends\nfrom app.models import User\n"
    "from app.schemas.user import UserOut\nfrom app.deps import CurrentUser, get_user\n"
    "Mine = Annotated[User, Depends(get_user)]\n"
)


def _messages(root: Path, code: str, endpoint: str) -> list[str]:
    return [each.message for each in check_api(root, code, IMPORTS + endpoint, FILES).findings]


@pytest.mark.parametrize(
    "endpoint",
    [
        "@router.get('/', response_model=User)\ndef f(): ...\n",
        "@router.get('/', response_model=list[User])\ndef f() -> list[UserOut]: ...\n",
        "@router.get('/')\ndef f() -> User: ...\n",
        "@router.get('/')\nasync def f() -> 'list[User] | None': ...\n",
    ],
)
def test_a_table_goes_out(tmp_path: Path, endpoint: str) -> None:
    assert _messages(tmp_path, "LC502", endpoint) == ["the endpoint `f` answers with the table `User`"]


@pytest.mark.parametrize(
    "endpoint",
    [
        "@router.get('/', response_model=UserOut)\ndef f() -> User: ...\n",
        "@router.get('/', response_model=None)\ndef f() -> User: ...\n",
        "@router.get('/')\ndef f() -> UserOut: ...\n",
        "def f() -> User: ...\n",
    ],
)
def test_a_schema_goes_out(tmp_path: Path, endpoint: str) -> None:
    assert _messages(tmp_path, "LC502", endpoint) == []


@pytest.mark.parametrize(
    "parameter", ["user: User", "user: list[User]", "user: User = Body()", "*, user: User", "user: User | None = None"]
)
def test_a_table_comes_in(tmp_path: Path, parameter: str) -> None:
    endpoint = f"@router.post('/')\ndef f({parameter}) -> None: ...\n"

    assert _messages(tmp_path, "LC503", endpoint) == ["the endpoint `f` takes the table `User` from the request"]


@pytest.mark.parametrize(
    "parameter",
    [
        "user: UserOut",
        "user: User = Depends(get_user)",
        "user: Annotated[User, Depends(get_user)]",
        "user: CurrentUser",
        "user: Mine",
        "user",
    ],
)
def test_what_a_dependency_gives_does_not_come_from_the_request(tmp_path: Path, parameter: str) -> None:
    assert _messages(tmp_path, "LC503", f"@router.post('/')\ndef f({parameter}) -> None: ...\n") == []
