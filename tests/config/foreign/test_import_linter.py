from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from layercheck.commands.migrate.foreign_files import convert_files
from layercheck.config.foreign.import_linter import convert_import_linter
from layercheck.errors import ConfigurationError, UsageError
from tests.running import write_tree

if TYPE_CHECKING:
    from pathlib import Path

INI = """\
[importlinter]
root_package = shop
cache = yes
contract_types =
    ours: checks.Ours

[importlinter:contract:1]
name = our layers
type = layers
containers = shop
layers =
    web | jobs
    # a comment
    (services)
exhaustive = true
exhaustive_ignores = tools
broken_contract_guidance =
    Ask
    the team.
ignore_imports =
    shop.web.* -> shop.jobs.**
unmatched_ignore_imports_alerting = none

[importlinter:contract:2]
name = of our own
type = ours
anything = goes

[importlinter:contract:3]
name = our layers
type = acyclic_siblings
ancestors = shop
depth = 2
skip_descendants = shop.old
"""
TOML = """\
[tool.importlinter]
root_packages = ["shop"]
exclude_type_checking_imports = true

[[tool.importlinter.contracts]]
id = "one"
name = "no shortcuts"
type = "forbidden"
source_modules = [
    "shop.web",
]
forbidden_modules = ["shop.storage", "requests"]
allow_indirect_imports = true
as_packages = false

[[tool.importlinter.contracts]]
name = "private"
type = "private_modules"
"""
KINDS = ["runtime", "conditional", "deferred", "lazy"]


def test_an_ini_file_becomes_tables_with_their_lines(tmp_path: Path) -> None:
    write_tree(tmp_path, {"setup.cfg": INI})

    converted = convert_import_linter(tmp_path / "setup.cfg")

    assert [each.line for each in converted.contracts] == [7, 29]
    assert [each.table for each in converted.contracts] == [
        {
            "name": "our layers",
            "kind": "layers",
            "layers": ["web | jobs", "(services)"],
            "containers": ["shop"],
            "exhaustive": True,
            "exhaustive-ignores": ["tools"],
            "reason": "Ask the team.",
            "imports": [*KINDS, "typing"],
            "ignore": ["shop.web.* -> shop.jobs.**"],
        },
        {
            "name": "our layers (2)",
            "kind": "acyclic",
            "packages": ["shop"],
            "skip": ["shop.old"],
            "depth": 2,
            "imports": [*KINDS, "typing"],
        },
    ]


def test_what_has_no_equivalent_is_listed_by_line(tmp_path: Path) -> None:
    write_tree(tmp_path, {"setup.cfg": INI})

    remarks = convert_import_linter(tmp_path / "setup.cfg").remarks

    assert [(each.line, each.message.split(":")[0]) for each in remarks] == [
        (3, "'cache' has no equivalent"),
        (5, "the contract type 'ours' is a class of yours"),
        (22, "'unmatched_ignore_imports_alerting' has no equivalent for one contract; severity.LC132 is for all"),
        (24, "the contract 'of our own' is left out"),
    ]


def test_a_toml_file_becomes_tables_with_their_lines(tmp_path: Path) -> None:
    write_tree(tmp_path, {"pyproject.toml": TOML})

    converted = convert_import_linter(tmp_path / "pyproject.toml")

    assert [each.line for each in converted.contracts] == [5, 16]
    assert [each.table for each in converted.contracts] == [
        {
            "name": "no shortcuts",
            "kind": "forbidden",
            "sources": ["shop.web"],
            "targets": ["shop.storage", "requests"],
            "as-packages": False,
            "indirect": False,
            "imports": KINDS,
        },
        {"name": "private", "kind": "private", "packages": ["shop"], "imports": KINDS},
    ]
    assert [(each.line, each.message) for each in converted.remarks] == [
        (6, "'id' has no equivalent: contracts are known by their name")
    ]


def test_the_file_that_import_linter_would_read_is_found(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no configuration of another tool"):
        convert_files(None, write_tree(tmp_path, {"setup.cfg": "[metadata]\nname = shop\n"}))
    write_tree(tmp_path, {"pyproject.toml": TOML})
    assert [each.path for each in convert_files(None, tmp_path)] == [tmp_path / "pyproject.toml"]
    write_tree(tmp_path, {".importlinter": INI})
    assert [each.path for each in convert_files(None, tmp_path)] == [tmp_path / ".importlinter"]
    write_tree(tmp_path, {"setup.cfg": INI})
    assert [each.path for each in convert_files(None, tmp_path)] == [tmp_path / "setup.cfg"]


HEAD = "[importlinter]\nroot_package = shop\n[importlinter:contract:1]\nname = one\n"


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        (".importlinter", "nothing", "1: not a valid INI file: File contains no section headers."),
        (".importlinter", "[a]\n[a]\n", "2: not a valid INI file: "),
        (".importlinter", "[importlinter]\nroot_package = %(x)s\n", " not a valid INI file: Bad value substitution"),
        (".importlinter", "[other]\n", " has no [importlinter], so it does not configure import-linter"),
        (".importlinter", f"{HEAD}type = layer\n", "5: unknown type 'layer'; did you mean 'layers'?"),
        (".importlinter", f"{HEAD}layers = a\n", "3: the contract has no 'type'; known are layers,"),
        (".importlinter", f"{HEAD}type = layers\n", "3: the contract has no 'layers', which its type 'layers' needs"),
        (
            ".importlinter",
            f"{HEAD}type = layers\nlayers = a\nexhaustiv = true\n",
            "7: import-linter knows no option 'exhaustiv'; did you mean 'exhaustive'?",
        ),
        (
            ".importlinter",
            f"{HEAD}type = forbidden\nsource_modules = a\nforbidden_modules = b\nas_packages = yes\n",
            "8: 'as_packages': expected true or false, found 'yes'",
        ),
        (
            ".importlinter",
            f"{HEAD}type = acyclic_siblings\nancestors = a\ndepth = -1\n",
            "7: 'depth': expected a number, found '-1'",
        ),
        (".importlinter", f"{HEAD}type = independence\nmodules = a..b\n", "3: 'a..b' is not a module such as"),
        ("pyproject.toml", "[tool", "1: column 6: not valid TOML"),
        ("pyproject.toml", "tool = 1\n", " has no [tool.importlinter], so it does not configure import-linter"),
        ("pyproject.toml", "[tool]\nimportlinter = 1\n", "2: expected a table, found 1"),
        ("pyproject.toml", "[tool.importlinter]\ncontracts = [1]\n", "2: expected a table, found 1"),
        ("pyproject.toml", "[tool.importlinter]\nroot_package = {}\n", "2: 'root_package': expected texts, found {}"),
    ],
)
def test_mistakes_are_described_at_their_lines(tmp_path: Path, name: str, text: str, expected: str) -> None:
    write_tree(tmp_path, {name: text})

    with pytest.raises(ConfigurationError) as raised:
        convert_import_linter(tmp_path / name)

    assert f"{name}:{expected}" in str(raised.value)
    assert len(raised.value.problems) == 1
