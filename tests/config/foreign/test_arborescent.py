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
sources = ["src/app"]
source_roots = ["src"]
rings = ["domain", "adapters"]
practices = { crlf = true }
forbid_everywhere = ["celery"]
module_forbid_imports = { "app.db" = ["app.main", "app.api*"] }

[groups]
pure = ["typing"]

[ring.domain]
external = ["@pure", "os"]
forbid = ["clock"]

[ring.adapters]
may_import = ["domain"]
external = ["*"]
os_branching = true

[classify]
"app.domain" = "domain"
"app.domain.*" = "domain"
"app.db" = "adapters"
"app.gone.*" = "adapters"
"app*" = "domain"
"""
FILES = {f"src/app/{name}.py": "" for name in ("__init__", "domain/__init__", "domain/order", "db", "main")}


def _convert(root: Path, toml: str) -> Conversion:
    write_tree(root, FILES | {"arborescent.toml": toml})
    (found,) = convert_files(root / "arborescent.toml", root)
    return found


def test_rings_become_contracts(tmp_path: Path) -> None:
    found = [
        (each.line, {key: value for key, value in each.table.items() if key not in {"imports", "indirect"}})
        for each in _convert(tmp_path, TOML).contracts
    ]

    domain = ["app.domain", r"/(?!(?:app\.db)$)app.*/"]
    assert found == [
        (11, {"name": "ring domain", "kind": "forbidden", "sources": domain, "targets": [r"/app\.db/"]}),
        (
            11,
            {"name": "libraries of domain", "kind": "allowed", "sources": domain, "targets": ["/.+/", "typing", "os"]},
        ),
        (
            6,
            {
                "name": "imports of app.db",
                "kind": "forbidden",
                "sources": [r"/app\.db/"],
                "targets": ["app.main", r"/app\.api.*/"],
            },
        ),
        (5, {"name": "forbidden everywhere", "kind": "forbidden", "sources": ["app"], "targets": ["celery"]}),
        (1, {"name": "modules form no cycle", "kind": "acyclic", "packages": ["app"], "between": "modules"}),
    ]


def test_every_line_without_an_equivalent_is_named(tmp_path: Path) -> None:
    assert [(line, message.partition(":")[0]) for line, message in _convert(tmp_path, TOML).remarks] == [
        (4, "'practices' is not converted"),
        (13, "'forbid' is not converted"),
        (18, "'os_branching' is not converted"),
        (20, "modules without a ring are not reported; `layercheck coverage` counts what no rule governs"),
        (24, "'app.gone.*' means no module, so no contract is about it"),
    ]


@pytest.mark.parametrize(
    ("preset", "external", "expected"),
    [
        ("strict", "[]", [("forbidden", ["third-party", "standard-library"])]),
        ("relaxed", "['click']", [("allowed", ["/.+/", "standard-library", "click"])]),
        ("standard", "[]", [("allowed", ["/.+/", "standard-library"]), ("forbidden", ["os", "socket"])]),
        ("standard", "['os']", [("allowed", ["/.+/", "standard-library", "os"]), ("forbidden", ["socket"])]),
    ],
)
def test_presets_say_which_libraries_need_an_entry(
    tmp_path: Path, preset: str, external: str, expected: list[tuple[str, list[str]]]
) -> None:
    toml = (
        f"preset = '{preset}'\nrings = ['a']\nio_modules = ['os', 'socket']\nforbid_circular_imports = false\n"
        f"ring.a.external = {external}\nclassify = {{ '*' = 'a' }}\n"
    )

    assert [(each.table["kind"], each.table["targets"]) for each in _convert(tmp_path, toml).contracts] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "1: there are no 'rings'"),
        ("rings = ['a']\n[ring.b]\n", "2: the ring 'b' is not in 'rings'"),
        ("rings = ['a']\n[classify]\nx = 'b'\n", "3: the ring 'b' is not in 'rings'"),
        ("rings = ['a']\n[ring.a]\nexternal = ['@x']\n", "2: there is no group 'x'"),
        ("rings = ['a']\nclassify = 1\n", "2: 'classify': expected a table, found 1"),
    ],
)
def test_mistakes_are_described_at_their_lines(tmp_path: Path, text: str, expected: str) -> None:
    with pytest.raises(ConfigurationError) as raised:
        _convert(tmp_path, text)

    assert f"arborescent.toml:{expected}" in str(raised.value)
