"""Flask backends for tests: layers around the file that is judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.running import check_tree

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from layercheck.model.report import Report

LAYERED = {
    "shop/__init__.py": "",
    "shop/services/users.py": "def find(): ...\n",
    "shop/models/user.py": """\
        from flask_sqlalchemy import SQLAlchemy
        db = SQLAlchemy()
        class User(db.Model):
            name = db.Column(db.String)
    """,
}
BLUEPRINT = "from flask import Blueprint\nbp = Blueprint('items', __name__)\n"


def check_flask(root: Path, code: str, files: Mapping[str, str], configuration: str = "") -> Report:
    """Check a backend by one rule."""
    return check_tree(root, {**LAYERED, **files}, configuration, select=[code])


def places_of(report: Report) -> list[tuple[str, int]]:
    """List the files and lines of all findings."""
    assert not report.failures
    return [(each.location.path, each.location.span.start.line) for each in report.findings if each.location.span]
