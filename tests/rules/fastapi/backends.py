"""FastAPI backends for tests: layers around the file that is judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.running import check_tree

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from layercheck.model.report import Report

LAYERED = {
    "app/__init__.py": "",
    "app/main.py": "from app.api import users\n",
    "app/services/users.py": "def find(): ...\n",
    "app/models/user.py": "",
}
ROUTER = "from fastapi import APIRouter\nrouter = APIRouter()\n"


def check_api(root: Path, code: str, text: str, files: Mapping[str, str] = {}, configuration: str = "") -> Report:
    """Check a backend whose `app/api/users.py` holds `text` by one rule."""
    return check_tree(root, {**LAYERED, "app/api/users.py": text, **files}, configuration, select=[code])


def lines_of(report: Report) -> list[int]:
    """List the lines of all findings."""
    return [each.location.span.start.line for each in report.findings if each.location.span]
