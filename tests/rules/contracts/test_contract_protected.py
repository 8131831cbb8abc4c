from __future__ import annotations

from typing import TYPE_CHECKING

from tests.rules.contracts.shop import find_broken, pairs

if TYPE_CHECKING:
    from pathlib import Path


def test_only_importers_and_the_package_itself_may_import(tmp_path: Path) -> None:
    files = {
        "app.tables.user": "from app.tables import base\n",
        "app.tables.base": "",
        "app.repos.user": "import app.tables.user\n",
        "app.web": "import app.tables.user\nimport app.repos.user\n",
    }
    contract = 'kind = "protected"\nmodules = ["app.tables"]\nimporters = ["app.repos"]\n'

    assert pairs(find_broken(tmp_path, "LC125", files, contract)) == ["app.web -> app.tables.user"]


def test_braces_of_the_protected_module_count_for_its_importers(tmp_path: Path) -> None:
    files = {
        "app.cart.db": "",
        "app.cart.api": "import app.cart.db\n",
        "app.user.api": "import app.cart.db\n",
    }
    contract = 'kind = "protected"\nmodules = ["app.{x}.db"]\nimporters = ["app.{x}.**"]\n'

    assert pairs(find_broken(tmp_path, "LC125", files, contract)) == ["app.user.api -> app.cart.db"]


def test_without_importers_nobody_may_import(tmp_path: Path) -> None:
    files = {"app.a": "import app.b\n", "app.b": ""}

    (found,) = find_broken(tmp_path, "LC125", files, 'kind = "protected"\nmodules = ["app.b"]\n')

    assert found.message == "The rule: nobody else may import `app.b`: app.a imports app.b"
