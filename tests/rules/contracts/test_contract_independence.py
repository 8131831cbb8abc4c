from __future__ import annotations

from typing import TYPE_CHECKING

from tests.rules.contracts.shop import find_broken, pairs

if TYPE_CHECKING:
    from pathlib import Path


def test_no_child_may_reach_another(tmp_path: Path) -> None:
    files = {
        "app.features.cart.api": "import app.features.user\nimport app.features.cart.db\n",
        "app.features.cart.db": "",
        "app.features.user": "import app.tools\n",
        "app.tools": "import app.features.cart.db\n",
        "app.features.mail": "",
    }

    found = find_broken(tmp_path, "LC124", files, 'kind = "independence"\nmodules = ["app.features.*"]\n')

    assert pairs(found) == ["app.features.cart.api -> app.features.user", "app.tools -> app.features.cart.db"]
    assert "`app.features.cart` must not import `app.features.user`" in found[0].message
    assert [hop.importer for hop in found[1].chain] == ["app.features.user", "app.tools"]


def test_modules_can_be_listed(tmp_path: Path) -> None:
    files = {"app.a": "import app.b, app.c\n", "app.b": "", "app.c": ""}

    found = find_broken(tmp_path, "LC124", files, 'kind = "independence"\nmodules = ["app.a", "app.b"]\n')

    assert pairs(found) == ["app.a -> app.b"]
