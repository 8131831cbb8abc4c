"""A small backend of 44 files, as a template makes them, and the same with one line of newer syntax."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

FILES = 44
_FEATURES = ("users", "items", "orders", "invoices", "payments", "accounts", "addresses", "products")
_LAYERS = {
    "api": (
        "from fastapi import APIRouter\n\nfrom app.schemas.{name} import Shown{title}\n"
        "from app.services import {name} as service\n\nrouter = APIRouter(prefix='/{name}')\n\n\n"
        "@router.get('/{{key}}')\ndef read_{name}(key: int) -> Shown{title}:\n"
        "    return Shown{title}.model_validate(service.find(key))\n\n\n"
        "@router.delete('/{{key}}')\ndef remove_{name}(key: int) -> None:\n    service.remove(key)\n"
    ),
    "services": (
        "from app.db.{name} import {title}Repository\nfrom app.models.{name} import {title}\n\n\n"
        "def find(key: int) -> {title}:\n    try:\n        return {title}Repository().find(key)\n"
        "    except {caught}:\n        raise LookupError(key) from None\n\n\n"
        "def remove(key: int) -> None:\n    {title}Repository().remove(key)\n"
    ),
    "db": (
        "from sqlalchemy.orm import Session\n\nfrom app.models.{name} import {title}\n\n\n"
        "class {title}Repository:\n    def __init__(self, session: Session | None = None) -> None:\n"
        "        self.session = session or Session()\n\n    def find(self, key: int) -> {title}:\n"
        "        return self.session.get_one({title}, key)\n\n    def remove(self, key: int) -> None:\n"
        "        self.session.delete(self.find(key))\n"
    ),
    "models": (
        "from sqlalchemy.orm import Mapped, mapped_column\n\nfrom app.models import Base\n\n\n"
        "class {title}(Base):\n    __tablename__ = '{name}'\n\n"
        "    id: Mapped[int] = mapped_column(primary_key=True)\n    name: Mapped[str]\n"
    ),
    "schemas": "from pydantic import BaseModel\n\n\nclass Shown{title}(BaseModel):\n    id: int\n    name: str\n",
}
"""8 features with a file in each of 5 layers; with `main`, two faces of packages and a test there are 44 files."""
_OTHERS = {
    "app/main.py": "from fastapi import FastAPI\n\nfrom app.api import {names}\n\napp = FastAPI()\n"
    "for each in ({names}):\n    app.include_router(each.router)\n",
    "app/__init__.py": "",
    "app/models/__init__.py": "from sqlalchemy.orm import DeclarativeBase\n\n\nclass Base(DeclarativeBase): ...\n",
    "tests/test_users.py": "from app.services import users\n\n\ndef test_users() -> None:\n    assert users.find(1)\n",
}
_OLD, _NEW = "(KeyError, ValueError)", "KeyError, ValueError"
"""Exceptions without parentheses: the syntax of Python 3.14."""


def write_small(folder: Path, *, newer: bool = False) -> Path:
    """Write the project anew; `newer`: one file has syntax that only Python 3.14 reads."""
    shutil.rmtree(folder, ignore_errors=True)
    texts = {path: text.format(names=", ".join(_FEATURES)) for path, text in _OTHERS.items()}
    for name in _FEATURES:
        caught = _NEW if newer and name == "orders" else _OLD
        for layer, text in _LAYERS.items():
            texts[f"app/{layer}/{name}.py"] = text.format(name=name, title=name.title(), caught=caught)
    assert len(texts) == FILES
    texts["layercheck.toml"] = ""
    for path, text in texts.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")
    return folder
