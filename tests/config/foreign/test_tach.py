from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from layercheck.config.foreign.tach import convert_tach
from layercheck.errors import ConfigurationError
from tests.running import write_tree

if TYPE_CHECKING:
    from pathlib import Path

TOML = """\
exclude = ["docs"]
root_module = "allow"
layers = ["ui", { name = "logic", closed = true }, "data"]

[[modules]]
paths = ["app.web", "app.jobs"]
layer = "ui"

[[modules]]
path = "app.logic"
depends_on = [{ path = "app.logic.tax", deprecated = true }]
layer = "logic"

[[modules]]
path = "app.logic.tax"
depends_on = ["<root>"]
cannot_depend_on = ["app.jobs"]

[[modules]]
path = "app.tables"
layer = "data"
visibility = ["app.logic"]

[[modules]]
path = "app.tools"
utility = true
unchecked = true
depends_on = []
"""
KINDS = ["runtime", "conditional", "deferred"]
LOGIC = r"/app\.logic(?!\.(?:tax)(?:\.|$))(?:\..+)?/"


def test_dependencies_and_layers_become_contracts(tmp_path: Path) -> None:
    write_tree(tmp_path, {"tach.toml": TOML})

    found = convert_tach(tmp_path / "tach.toml").contracts

    direct = {"kind": "forbidden", "indirect": False, "imports": KINDS}
    assert [(each.line, each.table) for each in found] == [
        (3, {"name": "layer ui", **direct, "sources": ["app.web", "app.jobs"], "targets": ["app.tables"]}),
        (3, {"name": "layer logic", **direct, "sources": [LOGIC], "targets": ["app.web", "app.jobs"]}),
        (3, {"name": "layer data", **direct, "sources": ["app.tables"], "targets": ["app.web", "app.jobs", LOGIC]}),
        (
            9,
            {
                "name": "dependencies of app.logic",
                "kind": "allowed",
                "sources": [LOGIC],
                "targets": [LOGIC, "app.web", "app.jobs", "app.logic.tax", "app.tables", "app.tools"],
                "imports": KINDS,
            },
        ),
        (
            14,
            {"name": "app.logic.tax cannot depend on", **direct, "sources": ["app.logic.tax"], "targets": ["app.jobs"]},
        ),
        (
            14,
            {
                "name": "dependencies of app.logic.tax",
                **direct,
                "sources": ["app.logic.tax"],
                "targets": ["app.web", "app.jobs", LOGIC, "app.tables"],
            },
        ),
    ]


def test_what_is_not_converted_is_listed_by_line(tmp_path: Path) -> None:
    write_tree(tmp_path, {"tach.toml": TOML})

    assert convert_tach(tmp_path / "tach.toml").remarks == [
        (1, "'exclude' is not converted"),
        (11, "the dependency on 'app.logic.tax' is deprecated, and stays allowed"),
        (22, "'visibility' of a module is not converted"),
    ]


def test_a_stricter_root_is_listed(tmp_path: Path) -> None:
    write_tree(tmp_path, {"tach.toml": '[[modules]]\npath = "a"\n'})
    write_tree(tmp_path, {"b/tach.toml": 'root_module = "forbid"\n[[modules]]\npath = "a"\n'})

    assert convert_tach(tmp_path / "tach.toml").remarks == []
    assert [each.line for each in convert_tach(tmp_path / "b/tach.toml").remarks] == [1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[[modules]", "1: column"),
        ("modules = 1\n", "1: expected a list, found 1"),
        ("\nmodules = [1]\n", "2: expected a module with a path, found 1"),
        ("[[modules]]\npath = 1\n", "1: expected a module with a path"),
        ("[[modules]]\npath = 'app.*'\n", "1: 'app.*' is a wildcard, which cannot be converted: list the modules"),
        ("[[modules]]\npath = 'a'\nlayer = 'b'\n", "1: the layer 'b' is not in 'layers'"),
        ("layers = [1]\n", "1: expected a layer, found 1"),
        ("[[modules]]\npath = 'a'\ndepends_on = 'b'\n", "3: 'depends_on': expected names of modules, found None"),
        ("[[modules]]\npath = 'a b'\ncannot_depend_on = ['c']\n[[modules]]\npath = 'c'\n", "1: 'a b' is not a module"),
    ],
)
def test_mistakes_are_described_at_their_lines(tmp_path: Path, text: str, expected: str) -> None:
    write_tree(tmp_path, {"tach.toml": text})

    with pytest.raises(ConfigurationError) as raised:
        convert_tach(tmp_path / "tach.toml")

    assert f"tach.toml:{expected}" in str(raised.value)
