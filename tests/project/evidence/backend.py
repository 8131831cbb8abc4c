"""A small backend on disk, for tests of what tells a role."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck.engine.build import open_project
from layercheck.engine.options import CheckOptions
from layercheck.engine.project_target import find_target
from tests.running import write_project

if TYPE_CHECKING:
    from pathlib import Path

    from layercheck.model.module import Module

ENDPOINT = "from fastapi import APIRouter\nrouter = APIRouter()\n\n@router.get('/')\ndef read(): ...\n"
TABLE = "from app.base import Base\n\nclass Order(Base):\n    __tablename__ = 'orders'\n"
SCHEMA = "from pydantic import BaseModel\n\nclass OrderOut(BaseModel):\n    id: int\n"
BACKEND = {
    "app/__init__.py": "",
    "app/main.py": "from fastapi import FastAPI\napp = FastAPI()\n",
    "app/base.py": "from sqlalchemy.orm import DeclarativeBase\n\nclass Base(DeclarativeBase): ...\n",
    "app/api/orders.py": ENDPOINT,
    "app/services/orders.py": "from app.models.order import Order\n\ndef place(): ...\n",
    "app/models/order.py": TABLE,
}


def modules_of(root: Path, files: dict[str, str], configuration: str = "") -> dict[str, Module]:
    write_project(root, {**BACKEND, **files}, configuration)
    project = open_project(find_target([root]), CheckOptions()).project
    return {module.path: module for module in project.modules}
