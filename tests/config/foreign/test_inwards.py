from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from layercheck.commands.migrate.foreign_files import convert_files
from layercheck.errors import ConfigurationError
from tests.running import write_tree

if TYPE_CHECKING:
    from pathlib import Path

    from layercheck.config.foreign.conversion import Conversion

TOML = """\
[tool.inwards]
stop-gate = "project"
cycles = ["modules", "contexts"]
layers = [
  { name = "core", modules = ["shop.core"], deny-libraries = [] },
  { name = "slices", modules = ["shop.orders", "shop.billing"], template = "slice" },
]
[tool.inwards.templates.slice]
roles = ["models | schemas", "service"]
public = ["service"]
[[tool.inwards.contexts]]
name = "orders"
modules = ["shop.orders"]
depends-on = ["billing"]
template = "slice"
[[tool.inwards.contexts]]
name = "billing"
modules = ["shop.billing"]
public = ["=shop.billing"]
[tool.inwards.rules]
ignore = ["INW011"]
severity = { INW003 = "warning" }
thin-endpoint = { modules = ["shop.*"] }
"""


def _convert(root: Path, toml: str) -> Conversion:
    write_tree(root, {"pyproject.toml": toml, "shop/core/x.py": ""})
    (found,) = convert_files(root / "pyproject.toml", root)
    return found


def test_layers_and_contexts_become_contracts(tmp_path: Path) -> None:
    found = [
        (each.line, {key: value for key, value in each.table.items() if key not in {"imports", "indirect"}})
        for each in _convert(tmp_path, TOML).contracts
    ]

    parts = {role: [f"shop.orders.{role}", f"shop.billing.{role}"] for role in ("models", "schemas", "service")}
    core = ["shop.core"]
    everything = [*core, *parts["models"], *parts["schemas"], *parts["service"]]
    orders, billing = ["shop.orders"], ["shop.billing"]
    assert found == [
        (5, {"name": "layer core", "kind": "allowed", "sources": core, "targets": core}),
        (
            6,
            {
                "name": "layer slices.models",
                "kind": "allowed",
                "sources": parts["models"],
                "targets": [*core, *parts["models"]],
            },
        ),
        (
            6,
            {
                "name": "layer slices.schemas",
                "kind": "allowed",
                "sources": parts["schemas"],
                "targets": [*core, *parts["schemas"]],
            },
        ),
        (6, {"name": "layer slices.service", "kind": "allowed", "sources": parts["service"], "targets": everything}),
        (
            11,
            {
                "name": "public modules of orders",
                "kind": "protected",
                "modules": [r"/shop\.orders(?!\.(?:service)(?:\.|$))(?:\..+)?/"],
                "importers": orders,
                "severity": "warning",
            },
        ),
        (16, {"name": "context billing", "kind": "forbidden", "sources": billing, "targets": orders}),
        (
            16,
            {
                "name": "public modules of billing",
                "kind": "protected",
                "modules": [r"/shop\.billing(?:\..+)/"],
                "importers": billing,
                "severity": "warning",
            },
        ),
        (3, {"name": "modules form no cycle", "kind": "acyclic", "packages": ["shop"], "between": "modules"}),
        (11, {"name": "contexts form no cycle", "kind": "acyclic", "packages": ["shop"], "depth": 0}),
    ]


def test_every_line_without_an_equivalent_is_named(tmp_path: Path) -> None:
    assert [(line, message.partition(":")[0]) for line, message in _convert(tmp_path, TOML).remarks] == [
        (2, "'stop-gate' is not converted"),
        (11, "contexts form no cycle"),
        (23, "'thin-endpoint' is not converted"),
    ]


def test_the_innermost_of_several_layers_may_not_use_a_database(tmp_path: Path) -> None:
    layers = '[tool.inwards]\nlayers = [{ name = "a", modules = ["a"] }, { name = "b", modules = ["a.b"] }]\n'

    found = [each.table for each in _convert(tmp_path, layers).contracts if each.table["kind"] == "forbidden"]

    assert [each["name"] for each in found] == ["libraries not for a"]
    assert found[0]["sources"] == [r"/a(?!\.(?:b)(?:\.|$))(?:\..+)?/"]
    assert "sqlalchemy" in found[0]["targets"]


def test_modules_that_fit_two_layers_are_named(tmp_path: Path) -> None:
    layers = (
        '[tool.inwards]\nlayers = [{ name = "a", modules = ["shop.*.x"] }, { name = "b", modules = ["shop.core"] }]\n'
    )

    assert "not quite the same: modules fit 'shop.*.x' and 'shop.core'" in _convert(tmp_path, layers).remarks[0].message


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "1: there are no 'layers'"),
        ("layers = [1]\n", "2: expected a table, found 1"),
        ("layers = [{ modules = ['a'] }]\n", "2: the table has no 'name'"),
        ("layers = [{ name = 'a', modules = 'a' }]\n", "2: 'modules': expected a list of texts, found 'a'"),
        ("layers = [{ name = 'a', modules = ['a'], template = 't' }]\n", "2: there is no template 't'"),
    ],
)
def test_mistakes_are_described_at_their_lines(tmp_path: Path, text: str, expected: str) -> None:
    with pytest.raises(ConfigurationError) as raised:
        _convert(tmp_path, f"[tool.inwards]\n{text}")

    assert f"pyproject.toml:{expected}" in str(raised.value)
