from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from layercheck.commands.migrate.foreign_files import convert_files
from layercheck.errors import ConfigurationError
from tests.running import write_tree

if TYPE_CHECKING:
    from pathlib import Path

    from layercheck.config.foreign.conversion import Conversion

TOML = """\
exact = true
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
FILES = {f"app/{name}.py": "" for name in ("web", "jobs", "logic/__init__", "logic/tax", "tables", "tools")}
KINDS = ["runtime", "conditional", "deferred"]
LOGIC = r"/app\.logic(?!\.(?:tax)(?:\.|$))(?:\..+)?/"
DIRECT = {"kind": "forbidden", "indirect": False, "imports": KINDS}


def _convert(root: Path, toml: str, **files: str) -> list[Conversion]:
    write_tree(root, FILES | files | {"tach.toml": toml})
    return convert_files(root / "tach.toml", root)


def _tables(root: Path, toml: str, **files: str) -> list[dict[str, Any]]:
    return [dict(each.table) for conversion in _convert(root, toml, **files) for each in conversion.contracts]


def test_dependencies_and_layers_become_contracts(tmp_path: Path) -> None:
    (found,) = _convert(tmp_path, TOML)

    assert [(each.line, each.table) for each in found.contracts] == [
        (3, {"name": "layer ui", **DIRECT, "sources": ["app.web", "app.jobs"], "targets": ["app.tables"]}),
        (3, {"name": "layer logic", **DIRECT, "sources": [LOGIC], "targets": ["app.web", "app.jobs"]}),
        (3, {"name": "layer data", **DIRECT, "sources": ["app.tables"], "targets": ["app.web", "app.jobs", LOGIC]}),
        (
            9,
            {
                "name": "deprecated dependencies of app.logic",
                **DIRECT,
                "sources": [LOGIC],
                "targets": ["app.logic.tax"],
                "severity": "warning",
            },
        ),
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
            {"name": "app.logic.tax cannot depend on", **DIRECT, "sources": ["app.logic.tax"], "targets": ["app.jobs"]},
        ),
        (
            14,
            {
                "name": "dependencies of app.logic.tax",
                "kind": "allowed",
                "sources": ["app.logic.tax"],
                "targets": ["app.logic.tax", "app.tools"],
                "imports": KINDS,
            },
        ),
    ]


def test_what_is_not_converted_is_listed_by_line(tmp_path: Path) -> None:
    (found,) = _convert(tmp_path, TOML)

    assert [(line, message.partition(":")[0].partition(",")[0]) for line, message in found.remarks] == [
        (1, "'exact' is not converted"),
        (22, "'visibility' only limits what `depends_on` may list"),
    ]


def test_files_outside_of_all_modules_may_depend_on_nothing(tmp_path: Path) -> None:
    toml = 'root_module = "allow"\n[[modules]]\npath = "app.web"\n'

    (found,) = _tables(tmp_path, toml, **{"scripts/run.py": ""})

    assert found == {
        "name": "dependencies of <root>",
        "kind": "allowed",
        "sources": [r"/app(?!\.(?:web)(?:\.|$))(?:\..+)?/", "scripts"],
        "targets": [r"/app(?!\.(?:web)(?:\.|$))(?:\..+)?/", "scripts"],
        "imports": KINDS,
    }


def test_what_is_excluded_imports_what_it_likes(tmp_path: Path) -> None:
    toml = 'exclude = ["**/tests"]\n[[modules]]\npath = "app.logic"\ndepends_on = []\n[[modules]]\npath = "app.web"\n'

    (found,) = _tables(tmp_path, toml, **{"app/logic/tests/test_tax.py": "", "app/logic/tests/__init__.py": ""})

    assert found == {
        "name": "dependencies of app.logic",
        **DIRECT,
        "sources": [r"/app\.logic(?!\.(?:tests)(?:\.|$))(?:\..+)?/"],
        "targets": ["app.web"],
    }


def test_libraries_become_contracts(tmp_path: Path) -> None:
    toml = (
        '[[modules]]\npath = "app.web"\ndepends_on_external = ["click"]\ncannot_depend_on_external = ["sqlalchemy"]\n'
    )

    assert _tables(tmp_path, toml) == [
        {"name": "app.web cannot use libraries", **DIRECT, "sources": ["app.web"], "targets": ["sqlalchemy"]},
        {
            "name": "libraries of app.web",
            "kind": "allowed",
            "sources": ["app.web"],
            "targets": ["/.+/", "standard-library", "click"],
            "imports": KINDS,
        },
    ]


def test_each_domain_is_converted_with_its_own_lines(tmp_path: Path) -> None:
    domain = (
        '[root]\ndepends_on = ["//app.web"]\n[[modules]]\npath = "tax"\ndepends_on = ["<domain_root>", "//app.no*"]\n'
    )
    toml = '[[modules]]\npath = "app.web"\n[[modules]]\npath = "app.tables"\n'

    main, found = _convert(tmp_path, toml, **{"app/logic/tach.domain.toml": domain})

    assert (main.contracts, found.path) == ([], tmp_path / "app/logic/tach.domain.toml")
    assert [(each.line, each.table["sources"], each.table["targets"]) for each in found.contracts] == [
        (1, [LOGIC], ["app.tables", "app.logic.tax"]),
        (3, ["app.logic.tax"], ["app.web", "app.tables"]),
    ]


@pytest.mark.parametrize(
    ("interface", "expected"),
    [
        ("", {"interface": ["/get_.*/"]}),
        ('visibility = ["app.web"]\n', {"interface": ["/get_.*/"], "sources": ["app.web"]}),
        ('[[interfaces]]\nexpose = ["a|b"]\nexclusive = true\n', {"interface": ["/(?:a).*|.*(?:b)/"]}),
    ],
)
def test_interfaces_become_public_contracts(tmp_path: Path, interface: str, expected: dict[str, object]) -> None:
    toml = "".join(f'[[modules]]\npath = "app.{name}"\n' for name in ("web", "jobs", "tables", "tools", "logic"))
    toml += f'[[interfaces]]\nexpose = ["get_.*"]\nfrom = ["app.tables"]\n{interface}'

    found = [each for each in _tables(tmp_path, toml) if each["packages"] == ["app.tables"]]

    rest = {key: value for key, value in found[0].items() if key in {"interface", "sources"}}
    assert (len(found), rest) == (1, expected)


def test_a_module_inside_has_an_interface_of_its_own(tmp_path: Path) -> None:
    toml = '[[modules]]\npath = "app.logic"\n[[modules]]\npath = "app.logic.tax"\n[[interfaces]]\nexpose = ["pay"]\n'

    assert [(each["interface"], each["sources"]) for each in _tables(tmp_path, toml)] == [
        (["/pay/", r"/tax(?:\..+)?/"], ["app.logic.tax"]),
        (["/pay/"], [LOGIC]),
    ]


def test_wildcards_are_converted_for_the_modules_of_today(tmp_path: Path) -> None:
    toml = '[[modules]]\npath = "app.*"\ndepends_on = []\n[[modules]]\npath = "app.web"\n'

    (found,) = _convert(tmp_path, toml)

    assert [each.table["name"] for each in found.contracts] == [
        "dependencies of app.jobs",
        "dependencies of app.logic",
        "dependencies of app.tables",
        "dependencies of app.tools",
    ]
    assert found.remarks == [(1, "'app.*' is converted for the 5 modules that it means today")]


def test_imports_that_tach_only_warns_of_are_warnings(tmp_path: Path) -> None:
    toml = 'rules = { local_imports = "warn" }\n[[modules]]\npath = "app.web"\ndepends_on = []\n[[modules]]\npath = "app.jobs"\n'

    assert [(each["imports"], each.get("severity")) for each in _tables(tmp_path, toml)] == [
        (["runtime"], None),
        (["conditional", "deferred"], "warning"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[[modules]", "1: column"),
        ("modules = 1\n", "1: expected a list, found 1"),
        ("\nmodules = [1]\n", "2: expected a module with a path, found 1"),
        ("[[modules]]\npath = 1\n", "1: expected a module with a path"),
        ("[[modules]]\npath = 'app.web'\nlayer = 'b'\n", "1: the layer 'b' is not in 'layers'"),
        ("[[modules]]\npath = 'app.web'\n[[modules]]\npath = 'app.web'\n", "3: the module 'app.web' is listed twice"),
        ("layers = [1]\n", "1: expected a layer, found 1"),
        ("[[modules]]\npath = 'a'\ndepends_on = 'b'\n", "3: 'depends_on': expected names of modules, found None"),
        ("[[modules]]\npath = 'a'\nvisibility = 'b'\n", "3: 'visibility': expected a list of texts, found 'b'"),
        ("[[modules]]\npath = '[z-a]'\n", "1: '[z-a]' is no glob"),
        (
            "[[interfaces]]\nexpose = ['(']\n[[modules]]\npath = 'app.web'\n[[modules]]\npath = 'app.jobs'\n",
            "1: '/(/' is not",
        ),
        ("[[interfaces]]\nfrom = ['(']\n[[modules]]\npath = 'app.web'\n", "1: '(' is not a valid regular expression"),
        ("[[interfaces]]\nexposes = ['a']\n", "2: tach knows no key 'exposes' of an interface"),
        (
            "[[modules]]\npath='app.web'\nvisibility=[]\n[[modules]]\npath='app.jobs'\ndepends_on=['app.web']\n",
            "4: 'app.jobs' depends on 'app.web', which is not visible to it",
        ),
    ],
)
def test_mistakes_are_described_at_their_lines(tmp_path: Path, text: str, expected: str) -> None:
    with pytest.raises(ConfigurationError) as raised:
        _convert(tmp_path, text)

    assert f"tach.toml:{expected}" in str(raised.value)


def test_a_table_of_pyproject_is_read_as_well(tmp_path: Path) -> None:
    toml = '[project]\nname = "app"\n[[tool.tach.modules]]\npath = "app.web"\ndepends_on = []\n[[tool.tach.modules]]\npath = "app.jobs"\n'
    write_tree(tmp_path, FILES | {"pyproject.toml": toml})

    (found,) = convert_files(None, tmp_path)

    assert [(each.line, each.table["name"]) for each in found.contracts] == [(3, "dependencies of app.web")]
