from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.rules.layers.shop import MODULES, check_imports
from tests.running import check_tree, imports_reported, of_rule

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("imported", ["api", "services", "models", "db"])
def test_a_schema_that_imports_a_layer(tmp_path: Path, imported: str) -> None:
    report = check_imports(tmp_path, {"schemas": f"from {{{imported}}} import x\n"})

    assert imports_reported(report, "LC103") == [f"app.schemas.user -> {MODULES[imported]}"]
    (finding,) = of_rule(report, "LC103")
    assert finding.message == (
        f"`schemas` is isolated and must not import `{imported}`: app.schemas.user imports {MODULES[imported]}"
    )
    assert finding.notes[0] == "allowed: `schemas` may import utils, modules without a layer"


@pytest.mark.parametrize("imported", ["utils", "config", "free"])
def test_what_a_schema_may_import(tmp_path: Path, imported: str) -> None:
    report = check_imports(tmp_path, {"schemas": f"from {{{imported}}} import x\nfrom . import other\n"})

    assert imports_reported(report, "LC103") == []


def test_an_entry_point_is_the_matter_of_another_rule(tmp_path: Path) -> None:
    report = check_imports(tmp_path, {"schemas": "from {main} import app\n"})

    assert [each.code for each in report.findings if each.code != "LC107"] == ["LC105"]


def test_imports_for_the_type_checker_only_do_not_count(tmp_path: Path) -> None:
    text = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from {models} import User\n"

    assert imports_reported(check_imports(tmp_path / "a", {"schemas": text}), "LC103") == []
    configuration = 'rules.LC103.imports = ["runtime", "typing"]\n'
    assert len(imports_reported(check_imports(tmp_path / "b", {"schemas": text}, configuration), "LC103")) == 1


def test_a_helper_of_a_module_that_is_only_likely_a_service_may_pass(tmp_path: Path) -> None:
    files = {f"app/utils/{name}.py": "from app.api.users import router\n\ndef f(): return 1\n" for name in "abc"}
    text = "from app.utils.a import f\n\nSIZE = f()\n"

    assert imports_reported(check_imports(tmp_path, {"schemas": text}, files=files), "LC103") == []


def test_a_package_that_is_likely_one_of_schemas_may_pass_on_what_lies_in_it(tmp_path: Path) -> None:
    shapes = "from pydantic import BaseModel\n\nclass Head(BaseModel): ...\n"
    package = f"{shapes}\nfrom app.models.repos.base import Repo\n"
    base = "class Repo:\n    def load(self): ...\n"
    files = {"app/models/repos/__init__.py": package, "app/models/repos/base.py": base, "app/models/shapes.py": shapes}

    assert imports_reported(check_imports(tmp_path, {}, files=files), "LC103") == []


def test_isolated_layers_of_ones_own(tmp_path: Path) -> None:
    files = {
        "app/web.py": "import app.shapes\n",
        "app/data.py": "",
        "app/shapes.py": "import app.data, app.events\n",
        "app/events.py": "import app.web, app.shapes\n",
    }
    configuration = """
    layers = ["app.web", "app.data"]
    isolated = ["shapes", "events"]
    roles.shapes = ["app.shapes"]
    roles.events = ["app.events"]
    """

    assert imports_reported(check_tree(tmp_path, files, configuration), "LC103") == [
        "app.events -> app.web",
        "app.shapes -> app.data",
    ]


def test_nothing_is_isolated_if_the_configuration_says_so(tmp_path: Path) -> None:
    report = check_imports(tmp_path, {"schemas": "from {models} import User\n"}, "isolated = []\n")

    assert imports_reported(report, "LC103") == []
