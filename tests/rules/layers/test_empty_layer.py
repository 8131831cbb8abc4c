from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.rules.layers.shop import BACKEND, check_imports
from tests.running import check_folder, check_tree, of_rule, write_tree

if TYPE_CHECKING:
    from pathlib import Path

FILES = {"app/web.py": "", "app/services.py": "", "app/data.py": ""}


def _messages(root: Path, configuration: str, files: dict[str, str] | None = None) -> list[str]:
    return [each.message for each in of_rule(check_tree(root, FILES | (files or {}), configuration), "LC108")]


def test_a_layer_without_modules_is_told_with_its_line(tmp_path: Path) -> None:
    configuration = '# ours\n\nlayers = ["app.web", "app.servces", "app.data"]\n'

    (finding,) = of_rule(check_tree(tmp_path, FILES, configuration), "LC108")

    assert finding.message == "the layer `app.servces` has no module (layers); did you mean `app.services`?"
    assert finding.location.path == "layercheck.toml"
    assert finding.location.span is not None
    assert finding.location.span.start.line == 3
    assert (finding.subject, finding.object) == ("layers", "app.servces")


def test_every_empty_layer_is_told(tmp_path: Path) -> None:
    configuration = 'layers = ["a.b", "app.web", "c.d | e.f"]\n'

    assert [message.partition(" has")[0] for message in _messages(tmp_path, configuration)] == [
        "the layer `a.b`",
        "the layer `c.d`",
        "the layer `e.f`",
    ]


def test_an_optional_layer_may_be_empty(tmp_path: Path) -> None:
    assert _messages(tmp_path, 'layers = ["(app.cli)", "app.web", "app.data"]\n') == []


def test_layers_of_the_preset_may_be_empty(tmp_path: Path) -> None:
    files = {"app/api/x.py": "", "app/services/y.py": "import app.api\n", "app/main.py": ""}

    assert of_rule(check_tree(tmp_path, files), "LC108") == []


def test_a_preset_layer_that_the_user_wrote_may_not(tmp_path: Path) -> None:
    report = check_imports(tmp_path, {}, 'layers = ["api", "services", "models", "tables"]\nroles.tables = ["rows"]\n')

    assert [each.object for each in of_rule(report, "LC108")] == ["tables"]


@pytest.mark.parametrize("key", ["isolated", "leaf", "closed"])
def test_layers_named_by_other_keys_may_not_be_empty(tmp_path: Path, key: str) -> None:
    configuration = f'{key} = ["shapes"]\nroles.shapes = ["shapes"]\n'
    if key == "closed":
        configuration += 'layers = ["api", "shapes", "models"]\n'

    found = of_rule(check_imports(tmp_path, {}, configuration), "LC108")

    assert {each.object for each in found} == {"shapes"}
    assert f"({key})" in found[-1].message or f"({key})" in found[0].message


def test_a_module_of_a_role_must_exist(tmp_path: Path) -> None:
    configuration = 'roles.api = ["web", "app.billing", "app.biling", "app.*.nothing"]\n'

    found = of_rule(check_imports(tmp_path, {}, configuration), "LC108")

    assert [each.message for each in found] == [
        "the pattern `app.*.nothing` matches no module (roles.api)",
        "the pattern `app.biling` matches no module (roles.api); did you mean `app.billing`?",
    ]


def test_the_line_in_a_pyproject_is_told(tmp_path: Path) -> None:
    files = BACKEND | {"pyproject.toml": '[tool.layercheck]\n\nlayers = [\n  "api",\n  "app.gone",\n]\n'}

    (finding,) = of_rule(check_folder(write_tree(tmp_path, files)), "LC108")

    assert finding.location.path == "pyproject.toml"
    assert finding.location.span is not None
    assert finding.location.span.start.line in {3, 5}
