"""Django backends for tests: apps around the file that is judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.running import check_tree

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from layercheck.model.report import Report

_MODELS = "from django.db import models\nclass {}(models.Model):\n    name = models.TextField()\n"
APPS = {
    "manage.py": "import django\n",
    "shop/__init__.py": "",
    "shop/orders/__init__.py": "",
    "shop/orders/apps.py": "",
    "shop/orders/models.py": _MODELS.format("Order"),
    "shop/orders/services.py": "def find(): ...\n",
    "shop/billing/__init__.py": "",
    "shop/billing/models/__init__.py": "from .invoice import Invoice\n",
    "shop/billing/models/invoice.py": _MODELS.format("Invoice"),
    "shop/users/__init__.py": "",
    "shop/users/models.py": _MODELS.format("User"),
}


def check_django(root: Path, code: str, files: Mapping[str, str], configuration: str = "") -> Report:
    """Check a backend by one rule."""
    return check_tree(root, {**APPS, **files}, configuration, select=[code])


def places_of(report: Report) -> list[tuple[str, int]]:
    """List the files and lines of all findings."""
    assert not report.failures
    return [(each.location.path, each.location.span.start.line) for each in report.findings if each.location.span]
