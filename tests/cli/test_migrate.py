from __future__ import annotations

import tomllib
from contextlib import chdir
from typing import TYPE_CHECKING

import pytest

from tests.running import run_here, write_tree

if TYPE_CHECKING:
    from pathlib import Path

    from tests.running import Outcome

INI = """\
[importlinter]
root_package = shop
cache = yes

[importlinter:contract:1]
name = "quoted" \\ layers
type = layers
layers =
    shop.web
    shop.storage
"""
CONTRACT = {
    "name": '"quoted" \\ layers',
    "kind": "layers",
    "layers": ["shop.web", "shop.storage"],
    "imports": ["runtime", "conditional", "deferred", "lazy", "typing"],
}


def _run(root: Path, *arguments: str) -> Outcome:
    with chdir(root):
        return run_here("migrate", *arguments)


def test_contracts_are_printed_and_the_rest_is_named(tmp_path: Path) -> None:
    outcome = _run(write_tree(tmp_path, {".importlinter": INI}))

    assert outcome.code == 0
    assert tomllib.loads(outcome.out) == {"contracts": [CONTRACT]}
    assert outcome.out.startswith("# from .importlinter:5\n")
    assert outcome.err == ".importlinter:3: 'cache' has no equivalent\n"
    assert [path.name for path in tmp_path.iterdir()] == [".importlinter"]


@pytest.mark.parametrize(
    ("name", "before"),
    [
        ("pyproject.toml", b"# ours\r\n[project]\r\nname   = 'shop' # and ours"),
        (
            "pyproject.toml",
            b"[tool.layercheck]\nselect=[ 'LC1' ]\n[[tool.layercheck.contracts]]\nname='x'\n[tool.ruff]\n",
        ),
        ("layercheck.toml", b"select = ['LC1']\n\n\n"),
        (".layercheck.toml", b""),
    ],
)
def test_every_other_byte_of_a_configuration_stays(tmp_path: Path, name: str, before: bytes) -> None:
    write_tree(tmp_path, {".importlinter": INI, name: before})

    outcome = _run(tmp_path, "--write")

    after = (tmp_path / name).read_bytes()
    table = tomllib.loads(after.decode())
    assert outcome.code == 0, outcome.err
    assert after.startswith(before)
    assert after.count(b"\r\n") == (after.count(b"\n") if b"\r\n" in before else 0)
    assert (table["tool"]["layercheck"] if name == "pyproject.toml" else table)["contracts"][-1] == CONTRACT
    assert f"Added 1 contract to {name}.\n" in outcome.out


def test_a_file_of_our_own_is_written_where_there_is_none(tmp_path: Path) -> None:
    write_tree(tmp_path, {"sub/setup.cfg": INI})

    assert _run(tmp_path, "--from", "sub/setup.cfg", "--write").code == 0
    assert tomllib.loads((tmp_path / "sub/layercheck.toml").read_text()) == {"contracts": [CONTRACT]}


@pytest.mark.parametrize(
    ("files", "arguments", "expected"),
    [
        ({}, (), "no configuration of another tool is here: import-linter (setup.cfg"),
        ({".importlinter": INI, "pyproject.toml": "[tool"}, ("--write",), "pyproject.toml:1: column 6: not valid TOML"),
        (
            {".importlinter": INI, "pyproject.toml": "[tool.layercheck]\ncontracts = []\n"},
            ("--write",),
            "is written inline, so nothing can be added to it",
        ),
        (
            {".importlinter": INI, "pyproject.toml": "tool = {layercheck = {}}\n"},
            ("--write",),
            "is written inline, so nothing can be added to it",
        ),
        (
            {".importlinter": INI, "layercheck.toml": "[[contracts]]\nname = 'Quoted layers'\n"},
            ("--write",),
            "has a contract 'Quoted layers' already; nothing was written",
        ),
        ({".importlinter": "[importlinter]\nroot_package = shop\n"}, (), "No contract could be converted."),
    ],
)
def test_nothing_is_written_where_something_is_wrong(
    tmp_path: Path, files: dict[str, str], arguments: tuple[str, ...], expected: str
) -> None:
    write_tree(tmp_path, files)

    outcome = _run(tmp_path, *arguments)

    assert outcome.code == 2
    assert expected in outcome.err
    assert outcome.out == ""
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == files


def test_a_second_run_is_refused(tmp_path: Path) -> None:
    write_tree(tmp_path, {".importlinter": INI})

    assert [_run(tmp_path, "--write").code for _ in range(2)] == [0, 2]


def test_files_of_several_tools_are_converted_together(tmp_path: Path) -> None:
    tach = '[[modules]]\npath = "shop.web"\ndepends_on = []\n[[modules]]\npath = "shop.storage"\n'
    write_tree(tmp_path, {".importlinter": INI, "tach.toml": tach, "shop/web.py": "", "shop/storage.py": ""})

    contracts = tomllib.loads(_run(tmp_path).out)["contracts"]
    alone = tomllib.loads(_run(tmp_path, "--from", "tach.toml").out)["contracts"]

    assert [each["name"] for each in contracts] == [CONTRACT["name"], "dependencies of shop.web"]
    assert alone == contracts[1:]
