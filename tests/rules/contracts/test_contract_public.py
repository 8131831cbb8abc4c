from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.rules.contracts.shop import find_broken

if TYPE_CHECKING:
    from pathlib import Path

PUBLIC = 'kind = "public"\npackages = ["app.billing"]\n'
BILLING = {
    "app.billing.__init__": "from app.billing._db import load, Table\n_secret = 1\n",
    "app.billing._db": "class Table: ...\ndef load(): ...\n",
    "app.billing.api": "def pay(): ...\n",
}


def _hidden(root: Path, text: str, contract: str = "", face: str = "") -> list[str]:
    files = BILLING | {"app.orders": text}
    files["app.billing.__init__"] += face
    found = find_broken(root, "LC126", files, PUBLIC + contract)
    return [each.message.split(" is not part")[0].removeprefix("The rule: app.billing.") for each in found]


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("from app.billing import load\n", []),
        ("from app.billing import load, _secret\n", ["_secret"]),
        ("from app.billing import *\n", []),
        ("from app.billing._db import load\n", ["_db.load"]),
        ("from app.billing import _db\n", ["_db"]),
        ("from app.billing import api\n", ["api"]),
        ("from app.billing.api import pay\n", ["api.pay"]),
        ("import app.billing.api\n", ["api"]),
        ("import app.billing\napp.billing.load()\n", []),
        ("import app.billing\napp.billing._secret\n", ["_secret"]),
        ("from app import billing\nbilling._db.load()\n", ["_db.load"]),
        ("from app import billing as b\nb._secret\n", ["_secret"]),
        ("from app import billing\nbilling.load()\n", []),
    ],
)
def test_without_an_interface_names_without_underscore_are_public(tmp_path: Path, text: str, hidden: list[str]) -> None:
    assert _hidden(tmp_path, text) == hidden


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("from app.billing import load\n", []),
        ("from app.billing import Table\n", ["Table"]),
        ("from app.billing.api import pay\n", []),
        ("from app.billing.api import _pay\n", ["api._pay"]),
    ],
)
def test_the_interface_is_what_all_lists(tmp_path: Path, text: str, hidden: list[str]) -> None:
    assert _hidden(tmp_path, text, face='__all__ = ["load", "api"]\n') == hidden


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("from app.billing import load\n", ["load"]),
        ("from app.billing import Table, _secret\n", ["_secret"]),
        ("from app.billing.api import pay\n", []),
        ("from app.billing.api import other\n", ["api.other"]),
        ("from app.billing._db import Table\n", []),
        ("from app.billing import _db\n", ["_db"]),
    ],
)
def test_the_interface_can_be_listed(tmp_path: Path, text: str, hidden: list[str]) -> None:
    assert _hidden(tmp_path, text, 'interface = ["T*", "api.p*", "_db.Table"]\n', '__all__ = ["load"]\n') == hidden


def test_importers_and_the_package_itself_may_use_everything(tmp_path: Path) -> None:
    assert not _hidden(tmp_path, "from app.billing import _db\n", 'importers = ["app.orders"]\n')


def test_there_is_one_finding_for_each_module_and_package(tmp_path: Path) -> None:
    files = BILLING | {"app.orders": "from app.billing import _secret, _other\nfrom app.billing import _third\n"}

    (found,) = find_broken(tmp_path, "LC126", files, PUBLIC)

    assert (found.subject, found.object) == ("app.orders", "app.billing:the-rule")
    assert len(found.related) == 1


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("from app.billing import load\n", []),
        ("from app.billing import api\n", []),
        ("from app.billing.api import pay\n", ["api.pay"]),
        ("from app.billing._db import load\n", []),
        ("from app.billing._db import Table\n", ["_db.Table"]),
    ],
)
def test_a_regular_expression_means_the_whole_path(tmp_path: Path, text: str, hidden: list[str]) -> None:
    assert _hidden(tmp_path, text, r'interface = ["/load|api/", "/_db\\.l.*/"]' + "\n") == hidden


def test_an_entry_of_all_is_no_regular_expression(tmp_path: Path) -> None:
    assert _hidden(tmp_path, "from app.billing import load\n", face='__all__ = ["/(/"]\n') == ["load"]


def test_with_sources_only_they_are_judged_wherever_they_are(tmp_path: Path) -> None:
    files = BILLING | {"app.orders": "from app.billing import api\n", "app.mail": "from app.billing import api\n"}
    files["app.billing.api"] = "from app.billing._db import load\n"
    contract = PUBLIC + 'interface = ["load"]\nsources = ["app.mail", "app.billing.api"]\n'

    found = find_broken(tmp_path, "LC126", files, contract)

    assert [each.subject for each in found] == ["app.billing.api", "app.mail"]
