"""The roles of `__init__.py` files that define nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.project.evidence.backend import ENDPOINT, TABLE, modules_of

if TYPE_CHECKING:
    from pathlib import Path


def test_an_empty_init_follows_the_modules_beside_it(tmp_path: Path) -> None:
    one = {"app/orders/__init__.py": "", "app/orders/views.py": ENDPOINT, "app/orders/prices.py": "def f(): ...\n"}
    two = {"app/web/__init__.py": "", "app/web/orders.py": ENDPOINT, "app/web/users.py": ENDPOINT}

    modules = modules_of(tmp_path, one | two)

    assert modules["app/orders/__init__.py"].role is None
    assert modules["app/web/__init__.py"].role == "api"


def test_a_face_with_folders_only_follows_what_lies_below(tmp_path: Path) -> None:
    files = {
        "app/stored/__init__.py": "",
        "app/stored/shop/order.py": TABLE,
        "app/stored/shop/item.py": TABLE.replace("Order", "Item"),
        "app/mixed/__init__.py": "",
        "app/mixed/a/order.py": TABLE,
        "app/mixed/b/views.py": ENDPOINT,
    }

    modules = modules_of(tmp_path, files)

    assert modules["app/stored/__init__.py"].role == "models"
    assert modules["app/mixed/__init__.py"].role is None


def test_a_feature_with_endpoints_only_is_still_a_feature(tmp_path: Path) -> None:
    files = {"app/orders/__init__.py": "", "app/orders/a.py": ENDPOINT, "app/orders/b.py": ENDPOINT}

    assert modules_of(tmp_path, files)["app/orders/__init__.py"].role is None
