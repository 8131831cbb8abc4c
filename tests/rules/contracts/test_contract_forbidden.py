from __future__ import annotations

from typing import TYPE_CHECKING

from tests.rules.contracts.shop import find_broken, pairs

if TYPE_CHECKING:
    from pathlib import Path

PURE = 'kind = "forbidden"\nsources = ["app.domain"]\ntargets = ["app.db"]\n'


def test_direct_imports_and_chains_are_found(tmp_path: Path) -> None:
    files = {
        "app.domain.order": "from app.db import save\n",
        "app.domain.cart": "import app.tools\n",
        "app.tools": "import app.db\n",
        "app.db": "def save(): ...\n",
    }

    found = find_broken(tmp_path, "LC122", files, PURE)

    assert pairs(found) == ["app.domain.order -> app.db", "app.tools -> app.db"]
    assert found[0].message == "The rule: `app.domain` must not import `app.db`: app.domain.order imports app.db"
    assert [hop.importer for hop in found[1].chain] == ["app.domain.cart", "app.tools"]
    assert pairs(find_broken(tmp_path, "LC122", files, PURE + "indirect = false\n")) == ["app.domain.order -> app.db"]


def test_only_the_modules_themselves_count_where_they_are_no_packages(tmp_path: Path) -> None:
    files = {
        "app.domain.order": "import app.db.tables\n",
        "app.domain.__init__": "import app.db\n",
        "app.db.tables": "",
    }

    found = find_broken(tmp_path, "LC122", files, PURE + "as-packages = false\n")

    assert pairs(found) == ["app.domain -> app.db"]


def test_a_target_may_be_part_of_a_source(tmp_path: Path) -> None:
    files = {"app.web": "import app.db\n", "app.db": "import app.web\n"}

    found = find_broken(tmp_path, "LC122", files, PURE.replace("app.domain", "app"))

    assert pairs(found) == ["app.web -> app.db"]


def test_braces_stand_for_the_same_on_both_sides(tmp_path: Path) -> None:
    files = {
        "app.cart.api": "import app.cart.db, app.user.db\n",
        "app.cart.db": "",
        "app.user.api": "import app.user.db\n",
        "app.user.db": "",
    }
    contract = 'kind = "forbidden"\nsources = ["app.{x}.api"]\ntargets = ["app.{x}.db"]\nindirect = false\n'

    assert pairs(find_broken(tmp_path, "LC122", files, contract)) == [
        "app.cart.api -> app.cart.db",
        "app.user.api -> app.user.db",
    ]
