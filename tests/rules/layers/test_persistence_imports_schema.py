from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from layercheck.model.severity import Severity
from tests.rules.layers.shop import MODULES, check_imports
from tests.running import check_tree, imports_reported, of_rule

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("importer", ["models", "db"])
def test_the_lowest_layers_do_not_know_schemas(tmp_path: Path, importer: str) -> None:
    report = check_imports(tmp_path, {importer: "def f():\n    from {schemas} import User\n"})

    (finding,) = of_rule(report, "LC109")
    assert (finding.importer, finding.imported) == (MODULES[importer], MODULES["schemas"])
    assert finding.severity is Severity.INFO
    assert finding.message.startswith(f"`{importer}` should not import `schemas`: ")


@pytest.mark.parametrize("importer", ["main", "api", "services", "config", "free", "tests"])
def test_the_others_may(tmp_path: Path, importer: str) -> None:
    assert imports_reported(check_imports(tmp_path, {importer: "import {schemas}\n"}), "LC109") == []


def test_imports_for_the_type_checker_only_do_not_count(tmp_path: Path) -> None:
    text = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import {schemas}\n"

    assert imports_reported(check_imports(tmp_path / "a", {"db": text}), "LC109") == []
    configuration = 'rules.LC109.imports = ["typing"]\n'
    assert len(imports_reported(check_imports(tmp_path / "b", {"db": text}, configuration), "LC109")) == 1


def test_an_order_of_one_level_has_no_lowest(tmp_path: Path) -> None:
    files = {"app/web.py": "import app.shapes\n", "app/shapes.py": ""}
    configuration = 'layers = ["app.web"]\nisolated = ["shapes"]\nroles.shapes = ["app.shapes"]\n'

    assert imports_reported(check_tree(tmp_path, files, configuration), "LC109") == []
