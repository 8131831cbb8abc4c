from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.rules.fastapi.backends import ROUTER, check_api

if TYPE_CHECKING:
    from pathlib import Path


def _routers(root: Path, files: dict[str, str]) -> list[str]:
    return [each.object for each in check_api(root, "LC506", ROUTER, files).findings]


def test_nobody_imports_it(tmp_path: Path) -> None:
    files = {"app/api/items.py": ROUTER, "tests/test_items.py": "from app.api.items import router\n"}

    assert _routers(tmp_path, files) == ["router"]


@pytest.mark.parametrize(
    ("files", "why"),
    [
        ({"app/main.py": "from app.api import items\n"}, "main imports the module"),
        ({"app/main.py": "from app.api.items import router\n"}, "main imports the router"),
        ({"app/api/__init__.py": "from .items import *\n"}, "the package passes it on"),
        ({"app/main.py": "import importlib\nimportlib.import_module(name)\n"}, "nobody knows what is imported"),
    ],
)
def test_somebody_may_include_it(tmp_path: Path, files: dict[str, str], why: str) -> None:
    assert _routers(tmp_path, {"app/api/items.py": ROUTER, "app/x.py": "from app.api import users\n", **files}) == [], (
        why
    )


def test_it_is_included_where_it_stands(tmp_path: Path) -> None:
    text = ROUTER + "from fastapi import FastAPI\napp = FastAPI()\napp.include_router(router)\n"

    assert _routers(tmp_path, {"app/api/items.py": text}) == []
