from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from layercheck.commands.migrate.foreign_files import convert_files
from layercheck.errors import ConfigurationError
from tests.running import write_tree

if TYPE_CHECKING:
    from pathlib import Path

    from layercheck.config.foreign.conversion import Conversion

YAML = """\
deply:
  paths: [src]
  exclude_files: [".*/tests/.*"]
  layers:
    - name: models
      collectors:
        - type: class_inherits
          base_class: "django.db.models.Model"
        - type: file_regex
          regex: ".*/models\\\\.py"
    - name: views
      collectors:
        - type: directory
          directories: [app/views]
          element_type: class
    - name: nothing
      collectors: [{type: custom, class: a.B}]
  ruleset:
    views:
      disallow_layer_dependencies: [models, nothing]
      disallow_external_imports:
        - sqlalchemy.orm
      enforce_class_naming:
        - type: class_name_regex
          class_name_regex: ".*View$"
"""
FILES = {
    "src/app/__init__.py": "",
    "src/app/models.py": "",
    "src/app/views/__init__.py": "",
    "src/app/views/home.py": "",
    "src/app/views/tests/test_home.py": "",
}
KINDS = ["runtime", "typing", "deferred", "conditional", "lazy"]


def _convert(root: Path, text: str) -> Conversion:
    write_tree(root, FILES | {"deply.yaml": text})
    (found,) = convert_files(root / "deply.yaml", root)
    return found


def test_layers_of_files_become_contracts(tmp_path: Path) -> None:
    found = _convert(tmp_path, YAML)

    table = {"kind": "forbidden", "sources": ["/app\\.views/", "app.views.home"], "indirect": False, "imports": KINDS}
    assert [(each.line, each.table) for each in found.contracts] == [
        (20, {"name": "layer views", "targets": ["app.models"], **table}),
        (21, {"name": "libraries of views", "targets": ["sqlalchemy"], **table}),
    ]


def test_every_line_without_an_equivalent_is_named(tmp_path: Path) -> None:
    assert [(line, message.partition(":")[0]) for line, message in _convert(tmp_path, YAML).remarks] == [
        (7, "the collector 'class_inherits' is not converted"),
        (10, "'regex' is converted for the 1 module that it means today"),
        (15, "'element_type' is not converted"),
        (16, "the layer 'nothing' has no module, so no contract is about it"),
        (17, "the collector 'custom' is not converted"),
        (23, "'enforce_class_naming' is not converted"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("layers: [", "1: not valid YAML"),
        ("- a\n", "1: expected a mapping, found ['a']"),
        ("a: &x 1\nb: *x\n", "2: aliases (`*name`) are not read"),
        ("[" * 400, "1: not valid YAML"),
        ("layers: 1\n", "1: expected a list, found '1'"),
        ("layers:\n  - 1\n", "2: expected a layer with a name, found '1'"),
        ("layers:\n  - name: a\n    collectors: [1]\n", "3: expected a collector, found '1'"),
        ("layers: []\nruleset:\n  a: {}\n", "3: the layer 'a' is not in 'layers'"),
        (
            "layers: [{name: a}]\nruleset:\n  a:\n    disallow_layer_dependencies: [b]\n",
            "4: the layer 'b' is not in 'layers'",
        ),
        ("paths: [/srv/app]\n", "1: '/srv/app' is not below this file"),
        (
            "layers: [{name: a, collectors: [{type: file_regex, regex: '('}]}]\n",
            "1: '(' is not a valid regular expression",
        ),
    ],
)
def test_mistakes_are_described_at_their_lines(tmp_path: Path, text: str, expected: str) -> None:
    with pytest.raises(ConfigurationError) as raised:
        _convert(tmp_path, text)

    assert f"deply.yaml:{expected}" in str(raised.value)
