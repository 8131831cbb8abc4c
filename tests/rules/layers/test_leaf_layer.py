from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from layercheck.model.severity import Severity
from tests.rules.layers.shop import BACKEND, MODULES, check_imports
from tests.running import check_tree, imports_reported, of_rule

if TYPE_CHECKING:
    from pathlib import Path


SHAPE = "import dataclasses\n\n@dataclasses.dataclass\nclass Shape: ...\n\n"


@pytest.mark.parametrize("imported", ["api", "services", "models", "db", "schemas"])
def test_a_helper_that_knows_a_layer(tmp_path: Path, imported: str) -> None:
    (finding,) = of_rule(check_imports(tmp_path, {"utils": f"import {{{imported}}}\n"}), "LC104")

    assert (finding.importer, finding.imported) == (MODULES["utils"], MODULES[imported])
    assert finding.severity is Severity.WARNING
    assert finding.message.startswith(f"`utils` is a leaf and must not import `{imported}`: ")
    assert finding.notes[0] == "allowed: `utils` may import modules without a layer"


@pytest.mark.parametrize("imported", ["config", "free", "deps"])
def test_what_a_helper_may_import(tmp_path: Path, imported: str) -> None:
    report = check_imports(
        tmp_path, {"utils": f"import {{{imported}}}\nfrom . import html\n"}, files={"app/utils/html.py": ""}
    )

    assert imports_reported(report, "LC104") == []


def test_leaves_may_import_each_other(tmp_path: Path) -> None:
    files = {"app/web.py": "", "app/data.py": "", "app/text.py": "import app.numbers\n", "app/numbers.py": ""}
    configuration = """
    layers = ["app.web", "app.data"]
    leaf = ["texts", "numbers"]
    roles.texts = ["app.text"]
    roles.numbers = ["app.numbers"]
    """

    assert imports_reported(check_tree(tmp_path, files, configuration), "LC104") == []


def test_a_leaf_of_ones_own(tmp_path: Path) -> None:
    files = {"app/web.py": "import app.text\n", "app/data.py": "", "app/text.py": "import app.data\n"}
    configuration = 'layers = ["app.web", "app.data"]\nleaf = ["texts"]\nroles.texts = ["app.text"]\n'

    assert imports_reported(check_tree(tmp_path, files, configuration), "LC104") == ["app.text -> app.data"]


def test_kinds_can_be_set(tmp_path: Path) -> None:
    text = "def f():\n    import {models}\n"

    assert len(imports_reported(check_imports(tmp_path / "a", {"utils": text}), "LC104")) == 1
    report = check_imports(tmp_path / "b", {"utils": text}, 'rules.LC104.imports = ["runtime"]\n')
    assert imports_reported(report, "LC104") == []


@pytest.mark.parametrize(
    ("helper", "is_reported"),
    [
        ("shop/utils.py", True),
        ("shop/utils/names.py", True),
        ("shop/core/utils.py", False),
        ("shop/reports/utils.py", False),
        ("shop/orders/utils.py", False),
        ("shop/orders/utils/names.py", False),
        ("shop/services/billing/utils.py", False),
    ],
)
def test_the_helpers_of_a_feature_or_a_layer_are_nobody_elses(tmp_path: Path, helper: str, is_reported: bool) -> None:
    files = {
        "shop/main.py": "",
        "shop/models/item.py": "",
        "shop/core/db.py": "",
        "shop/services/billing/charge.py": "",
        "shop/orders/models.py": "",
        "shop/orders/views.py": "",
        helper: "import shop.models.item\n",
    }

    assert bool(of_rule(check_tree(tmp_path, files), "LC104")) is is_reported


@pytest.mark.parametrize(("busy", "idle", "is_reported"), [(1, 2, True), (2, 1, True), (3, 3, True), (3, 2, False)])
def test_a_folder_that_mostly_uses_layers_is_no_leaf(
    tmp_path: Path, busy: int, idle: int, *, is_reported: bool
) -> None:
    files = {f"app/utils/busy{at}.py": "from app.schemas.user import User\n\ndef f(): ...\n" for at in range(busy)}
    files |= {f"app/utils/idle{at}.py": "def f(): ...\n" for at in range(idle)}
    report = check_tree(tmp_path, {path: text for path, text in BACKEND.items() if "utils" not in path} | files)

    assert len(of_rule(report, "LC104")) == (busy if is_reported else 0)
    stood_down = [each.reason for each in report.coverage.stood_down if each.code == "LC104"]
    assert stood_down == ([] if is_reported else ["3 of 5 modules in app/utils use layers"])


def test_a_finding_says_why_both_ends_have_their_roles(tmp_path: Path) -> None:
    (finding,) = of_rule(check_imports(tmp_path, {"utils": "from {models} import User\n"}), "LC104")

    assert [line.partition(" is ")[0] for line in finding.roles[:2]] == ["app.utils.text", "app.models.user"]


def test_a_folder_of_tools_in_which_all_use_layers_is_no_leaf(tmp_path: Path) -> None:
    text = "from app.models.user import User\n\ndef seed(): ...\n"

    assert of_rule(check_imports(tmp_path / "a", {}, files={"app/tools/seed.py": text}), "LC104") == []
    assert of_rule(check_imports(tmp_path / "b", {}, files={"app/helpers/seed.py": text}), "LC104")


def test_a_folder_called_by_a_weak_word_is_no_leaf_where_half_of_it_uses_layers(tmp_path: Path) -> None:
    busy, idle = "from app.schemas.user import User\n\ndef f(): ...\n", "def f(): ...\n"
    files = {f"{at}.py": busy if at in "abc" else idle for at in "abcdef"}

    lib = check_imports(tmp_path / "a", {}, files={f"app/lib/{name}": text for name, text in files.items()})
    helpers = check_imports(tmp_path / "b", {}, files={f"app/helpers/{name}": text for name, text in files.items()})

    assert of_rule(lib, "LC104") == []
    assert len(of_rule(helpers, "LC104")) == 3


def test_a_package_may_pass_on_what_lies_in_it(tmp_path: Path) -> None:
    view = "from flask import request\n\ndef view(request): ...\n"
    files = {"app/utils/__init__.py": "from app.utils import view\n", "app/utils/view.py": view}

    assert of_rule(check_imports(tmp_path, {}, files=files), "LC104") == []


@pytest.mark.parametrize(
    ("taken", "reported"),
    [
        ("Missing", 0),
        ("Role, LIMIT", 0),
        ("Order", 1),
        ("Missing, Order", 1),
        ("find", 1),
        ("Shape", 1),
        ("unknown", 1),
        ("*", 1),
    ],
)
def test_what_says_nothing_of_a_layer_may_be_taken(tmp_path: Path, taken: str, reported: int) -> None:
    names = "import enum\nLIMIT = 80\nclass Role(enum.Enum): ...\nclass Missing(Exception): ...\n"
    models = f"{names}{SHAPE}class Order: ...\ndef find(): return open('orders')\n"
    texts = {"models": models, "utils": f"from {{models}} import {taken}\n"}

    assert len(imports_reported(check_imports(tmp_path / "a", texts), "LC104")) == reported
    strict = check_imports(tmp_path / "b", texts, "rules.LC104.allow-kinds = []\n")
    assert len(imports_reported(strict, "LC104")) == 1
