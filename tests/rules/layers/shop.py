"""A backend with one module in each layer, into which the tests of the layer rules write imports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.running import check_tree

if TYPE_CHECKING:
    from pathlib import Path

    from layercheck.model.report import Report

BACKEND = {
    "app/__init__.py": "",
    "app/main.py": "",
    "app/api/users.py": "",
    "app/services/users.py": "",
    "app/models/user.py": "",
    "app/db/session.py": "",
    "app/schemas/user.py": "",
    "app/utils/text.py": "",
    "app/config.py": "",
    "app/api/deps.py": "",
    "app/billing.py": "",
    "app/ledger.py": "",
    "tests/test_users.py": "",
    "migrations/0001_users.py": "",
    "scripts/seed.py": "",
}
MODULES = {
    "main": "app.main",
    "api": "app.api.users",
    "services": "app.services.users",
    "models": "app.models.user",
    "db": "app.db.session",
    "schemas": "app.schemas.user",
    "utils": "app.utils.text",
    "config": "app.config",
    "deps": "app.api.deps",
    "free": "app.billing",
    "free too": "app.ledger",
    "tests": "tests.test_users",
    "migrations": "migrations.0001_users",
    "scripts": "scripts.seed",
}
"""The modules of the backend by a short name for each."""


def path_of(short: str) -> str:
    """Give the path of a module of the backend."""
    return MODULES[short].replace(".", "/") + ".py"


def check_imports(
    root: Path, imports: dict[str, str], configuration: str = "", files: dict[str, str] | None = None
) -> Report:
    """Check the backend with some files written anew: short name → text, in which `{db}` stands for a module."""
    texts = {path_of(short): text.format(**MODULES) for short, text in imports.items()}
    return check_tree(root, BACKEND | texts | (files or {}), configuration)
