from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from hypothesis import given, settings, strategies as st

from layercheck.config.loaded_configuration import load_configuration
from layercheck.config.merge import merge
from layercheck.config.preset import read_preset
from layercheck.config.schema import Configuration
from layercheck.config.selection import RuleInfo
from layercheck.config.validation import find_problems
from layercheck.config.vocabulary import Vocabulary
from layercheck.errors import ConfigurationError
from layercheck.model.imports import ImportKind

if TYPE_CHECKING:
    from pathlib import Path

    from layercheck.errors import Problem


class Options(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    imports: tuple[ImportKind, ...] = ()
    max_hops: int | None = None


VOCABULARY = Vocabulary(
    lambda: (RuleInfo("LC101", "layer-order", "layers", Options), RuleInfo("LC102", "skipped-layer", "layers", Options))
)


def mistakes_in(
    folder: Path, text: str | bytes, name: str = "layercheck.toml", overrides: dict[str, Any] | None = None
) -> tuple[Problem, ...]:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(ConfigurationError) as caught:
        load_configuration(path, overrides=overrides, vocabulary=VOCABULARY)
    return caught.value.problems


def the_mistake_in(folder: Path, text: str | bytes, name: str = "layercheck.toml") -> str:
    (problem,) = mistakes_in(folder, text, name)
    return str(problem).removeprefix(f"{folder / name}:")


def test_ten_mistakes_at_once(tmp_path: Path) -> None:
    (tmp_path / "src").mkdir()
    text = """\
[project]
name = "shop"

[tool.layercheck]
preset = "layred"
source_roots = ["src"]
source-roots = ["scr"]
exhaustive = "yes"
layers = [
    "api | services : jobs",
    "models",
    "models : db",
]
leaf = ["utilz"]
select = ["LC1", "layer-ordr"]

[tool.layercheck.severity]
LC101 = "warn"

[tool.layercheck.rules.LC102]
imports = ["runtime",
  "typng"]
"""
    problems = mistakes_in(tmp_path, text, "pyproject.toml")
    assert {problem.path for problem in problems} == {tmp_path / "pyproject.toml"}
    assert [(problem.line, problem.key, problem.message) for problem in problems] == [
        (5, "preset", "unknown preset 'layred'; did you mean 'layered'?"),
        (6, "source_roots", "unknown key 'source_roots'; did you mean 'source-roots'?"),
        (7, "source-roots", f"'scr' is not a folder in {tmp_path}; did you mean 'src'?"),
        (8, "exhaustive", "expected true or false, found 'yes'"),
        (
            10,
            "layers",
            "'api | services : jobs' mixes '|' (siblings that may not import each other) and ':' (siblings that may): use one of them",
        ),
        (12, "layers", "the layer 'models' is already listed above"),
        (14, "leaf", "expected a role or a layer, found 'utilz'; did you mean 'utils'?"),
        (
            15,
            "select",
            "expected the code, the beginning of a code or the name of a rule, found 'layer-ordr'; did you mean 'layer-order'?",
        ),
        (18, "severity.LC101", "expected one of 'error', 'warning', 'info', found 'warn'; did you mean 'warning'?"),
        (
            22,
            "rules.LC102.imports",
            "expected one of 'runtime', 'typing', 'deferred', 'conditional', 'lazy', 'dynamic', 'attribute', 'stub', found 'typng'; did you mean 'typing'?",
        ),
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("nonsense = 1", "1: nonsense: unknown key 'nonsense'; known are preset, "),
        ("layers = 'api'", "1: layers: expected a list of strings, found 'api'; did you mean ['api']?"),
        ("layers = ['api', 3]", "1: layers: expected a string, found the number 3"),
        ("select = ['', 'LC1']", "1: select: expected some text, found an empty string"),
        ("roles = ['api']", "1: roles: expected a table, found a list"),
        ("[roles]\napi = 'app.web'", "2: roles.api: expected a list of strings, found 'app.web'; did you mean ['app"),
        ("[roles]\napi = ['web-app']", "2: roles.api: 'web-app' is not a name or a module"),
        ("[roles]\napi = ['x']\ndb = ['x']", "3: roles.db: 'x' is given twice: to 'api' already"),
        ("[folders]\ndomian = ['x']", "2: folders.domian: expected a layer of the order, found 'domian'"),
        (
            "[folders]\nmain = ['x']",
            "2: folders.main: 'main' holds what starts the application and does not go by folders",
        ),
        (
            "preset = 'hexagonal'\n[folders]\ndomain = ['app.core']",
            "3: folders.domain: 'app.core' is not the name of a folder; modules are named in `layers` or `roles`",
        ),
        (
            "preset = 'hexagonal'\n[folders]\ndomain = ['x']\nadapters = ['x']",
            "4: folders.adapters: 'x' is given twice: to 'domain' already",
        ),
        ("[roles]\n'my jobs' = ['x']", "2: roles.\"my jobs\": 'my jobs' cannot be a role: expected one word"),
        (
            "[roles]\nservces = ['crud']",
            (
                "2: roles.servces: expected a role, found 'servces'; a role of your own must be named in `layers`, `leaf`,"
                " `isolated` or the options of a rule; did you mean 'services'?"
            ),
        ),
        ("[roles]\nselect = ['LC1']", "2: roles.select: 'select' is a key of its own and no role: TOML takes"),
        ("exhaustive = 1979-05-27", "1: exhaustive: expected true or false, found a date or time"),
        ("closed = ['schemas']", "1: closed: expected a layer of the order, found 'schemas'"),
        ("layers = ['a.b']\nclosed = ['services']", "2: closed: expected a layer of the order, found 'services'"),
        ("leaf = ['utils', 'utils']", "1: leaf: 'utils' is named twice"),
        (
            "ignore = ['lc1']",
            "1: ignore: expected the code, the beginning of a code or the name of a rule, found 'lc1'; ",
        ),
        ("ignore = ['LC']\nselect = ['LC3']", "2: select: expected the code"),
        (
            "[severity]\nLC3 = 'info'",
            "2: severity.LC3: expected the code, the beginning of a code or the name of a rule, found 'LC3'",
        ),
        (
            "[severity]\nlc1 = 'info'",
            "2: severity.lc1: expected the code, the beginning of a code or the name of a rule, found 'lc1'; did you mean 'LC1'?",
        ),
        (
            "[rules.LC1]",
            "1: rules.LC1: expected the code or the name of a rule, found 'LC1'; it is the beginning of LC101, LC102: name one",
        ),
        (
            "select = ['layers']",
            "1: select: expected the code, the beginning of a code or the name of a rule, found 'layers'; did you mean 'LC10', the rules of 'layers'?",
        ),
        (
            "[severity]\nLC101 = 'info'\nlayer-order = 'info'",
            "3: severity.layer-order: 'layer-order' and 'LC101' are the",
        ),
        ("[rules.LC999]", "1: rules.LC999: expected the code or the name of a rule, found 'LC999'"),
        ("[rules.LC101]\nmax-hop = 3", "2: rules.LC101.max-hop: unknown key 'max-hop'; did you mean 'max-hops'?"),
        ("rules.layer-order = {max-hops = '3'}", "1: rules.layer-order.max-hops: expected a whole number, found '3'"),
        ("[rules]\nLC101 = true", "2: rules.LC101: expected a table, found true"),
        ("[per-path-ignores]\n'tests/' = ['LC9']", '2: per-path-ignores."tests/": expected the code, the beginning'),
        ("exclude = ['!']", "1: exclude: '!' is not a pattern in .gitignore syntax"),
        ("exclude = ['#x']", "1: exclude: '#x' matches no file at all"),
        ("exclude = ['C:\\x']", "1: exclude: expected a pattern relative to this file, found the absolute path"),
        ("exclude = ['./old']", "1: exclude: './old' matches nothing: leave the './' out, and write 'old'"),
        ("exclude = ['!./old/']", "1: exclude: '!./old/' matches nothing: leave the './' out, and write '!old/'"),
        ("exclude = ['a/./b.py']", "1: exclude: 'a/./b.py' matches nothing: leave the './' out, and write 'a/b.py'"),
        (
            "exclude = ['../old']",
            "1: exclude: expected a pattern for files below this file's own folder, found '../old'",
        ),
        (
            "exclude = ['~/old']",
            "1: exclude: expected a pattern relative to this file, found the absolute path '~/old'",
        ),
        (
            "exclude = ['app/{old,new}/*.py']",
            "1: exclude: 'app/{old,new}/*.py' matches nothing: '{old,new}' is not expanded; write a pattern for each",
        ),
        (
            "exclude = ['app\\old']",
            r"1: exclude: 'app\\old' matches nothing: folders are separated by '/'; write 'app/old'",
        ),
        (
            "[per-path-ignores]\n'./tests' = ['LC1']",
            "2: per-path-ignores.\"./tests\": './tests' matches nothing: leave",
        ),
        (
            "[per-path-ignores]\n'{a,b}.py' = ['LC1']",
            "2: per-path-ignores.\"{a,b}.py\": '{a,b}.py' matches nothing: '{a",
        ),
        (
            "packages = ['my-app']",
            "1: packages: expected the name of a top-level package such as 'app', found 'my-app'",
        ),
        (
            "packages = ['app.models']",
            "1: packages: expected the name of a top-level package such as 'app', found 'app.models'; write 'app'",
        ),
        (
            "packages = ['./app/models']",
            "1: packages: expected the name of a top-level package such as 'app', found './app/models'; write 'app'",
        ),
        (
            "packages = ['app.*']",
            "1: packages: expected the name of a top-level package such as 'app', found 'app.*'; write 'app'",
        ),
        (
            "layers = ['app.*']",
            '1: layers: \'app.*\' is one layer that holds all modules that match, and one layer has no order; name the layers one by one, highest first: ["app.api", "app.services"]',
        ),
        ("layers = ['(app.**)']", "1: layers: 'app.**' is one layer that holds all modules that match"),
        (
            "source-roots = ['/srv']",
            "1: source-roots: expected a folder relative to this file, found the absolute path",
        ),
        ("source-roots = ['../srv']", "1: source-roots: expected a folder below this file's own, found '../srv'"),
        (
            "[tool.layercheck]\nlayers = ['a']",
            "1: tool.layercheck: the prefix is only for pyproject.toml: in layercheck.toml",
        ),
    ],
)
def test_one_mistake(tmp_path: Path, text: str, said: str) -> None:
    assert the_mistake_in(tmp_path, text).startswith(said)


@pytest.mark.parametrize(
    "text",
    [
        "exclude = ['{{cookiecutter.slug}}/', '\\{a,b}', 'a/..b', '.venv', '/old', 'a\\*b', '*\\.py']",
        "[per-path-ignores]\n'../README.md' = ['LC1']",
        "layers = ['app.api', 'app.*']",
        "layers = ['app.* | app.api']",
        "layers = ['app.*.models']",
        "packages = ['app']",
    ],
)
def test_what_is_no_mistake(tmp_path: Path, text: str) -> None:
    (tmp_path / "layercheck.toml").write_text(text, "utf-8")
    load_configuration(tmp_path / "layercheck.toml")


def test_an_absolute_pattern_beside_the_root(tmp_path: Path) -> None:
    root = tmp_path / "backend"
    (tmp_path / "old").mkdir()
    (root / "old").mkdir(parents=True)
    said = the_mistake_in(root, f"exclude = ['{tmp_path}/old']")
    assert said == f"1: exclude: expected a pattern relative to this file, found the absolute path '{tmp_path}/old'"


def test_an_absolute_pattern_below_the_root(tmp_path: Path) -> None:
    said = the_mistake_in(tmp_path, f"exclude = ['{tmp_path}/old']")
    assert said == f"1: exclude: expected a pattern relative to this file, found the absolute path '{tmp_path}/old'"


def test_mistakes_of_the_command_line_and_of_the_file(tmp_path: Path) -> None:
    problems = mistakes_in(tmp_path, "select = ['LC7']\nignore = ['LC8']", overrides={"select": ("LC9",)})
    assert [(problem.line, problem.key) for problem in problems] == [(1, "select"), (2, "ignore"), (None, "--select")]


def test_names_of_rules_are_not_checked_where_no_rules_are_known(tmp_path: Path) -> None:
    path = tmp_path / "layercheck.toml"
    path.write_text("select = ['XY1']\nseverity.XY1 = 'info'")
    assert load_configuration(path).configuration.select == ("XY1",)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"a = 1\nb = = 2", "2: column 5: not valid TOML: Invalid value"),
        (b"a = [", "1: column 6: not valid TOML"),
        (b"a = 1\na = 2", "not valid TOML: Cannot overwrite a value"),
        (b"\xef\xbb\xbflayers = []", "1: starts with a byte order mark"),
        ("layers = []".encode("utf-16"), "1: is UTF-16"),
        (b"a = 1\n# caf\xe9", "2: column 6: the byte 0xe9 is not UTF-8"),
        (b"a = " + b"9" * 5000, "not valid TOML: "),
        (b"a = " + b"[" * 5000 + b"]" * 5000, "not valid TOML: "),
    ],
)
def test_what_is_no_toml(tmp_path: Path, data: bytes, said: str) -> None:
    assert said in the_mistake_in(tmp_path, data)


def test_deep_nesting_is_a_mistake_like_any_other(tmp_path: Path) -> None:
    assert "expected a string, found a list" in the_mistake_in(tmp_path, f"layers = {'[' * 390}{']' * 390}")


@pytest.mark.parametrize("text", ["[tool.ruff]", ""])
def test_a_pyproject_without_our_table_cannot_be_asked_for(tmp_path: Path, text: str) -> None:
    assert "has no table [tool.layercheck]" in the_mistake_in(tmp_path, text, "pyproject.toml")


def test_a_table_that_is_none(tmp_path: Path) -> None:
    said = the_mistake_in(tmp_path, "[tool]\nlayercheck = 3", "pyproject.toml")
    assert said == "2: expected a table, found the number 3"


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "missing.toml"):
        with pytest.raises(ConfigurationError, match="cannot be read: "):
            load_configuration(path)


words = st.sampled_from(
    ["api", "services", "models : db", "(x) | y", "app.web", "LC101", "LC1", "error", "", "!", "/", "a b"]
)
anything = st.recursive(
    st.one_of(words, st.text("a.*|(\\é ", max_size=3), st.integers(0, 3), st.booleans(), st.floats()),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(words, inner, max_size=3)),
    max_leaves=6,
)
likely = st.one_of(st.lists(words, max_size=3), st.dictionaries(words, st.lists(words, max_size=2), max_size=2))
tables = st.dictionaries(
    st.sampled_from([*Configuration.__struct_encode_fields__, "nonsense"]), st.one_of(likely, anything), max_size=5
)


@settings(deadline=None)  # the first pattern imports a library
@given(tables)
def test_what_is_not_complained_of_can_be_used(table: dict[str, Any]) -> None:
    problems = find_problems(table, root=None, vocabulary=VOCABULARY)
    assert all(message and path[0] in table for path, message in problems)
    if not problems:
        msgspec.convert(merge(read_preset("layered"), table, {}), Configuration)


@pytest.mark.parametrize(
    "text",
    [
        "leaf = ['texts']\n[roles]\ntexts = ['x']",
        "layers = ['api', 'texts | (jobs)']\n[roles]\njobs = ['x']",
        "[roles]\ntexts = ['x']\n[rules.LC401.deny]\ntexts = ['httpx']",
        "[roles]\nscripts = ['x']",
    ],
)
def test_a_role_that_something_names_is_one(tmp_path: Path, text: str) -> None:
    path = tmp_path / "layercheck.toml"
    path.write_text(text)

    load_configuration(path)
