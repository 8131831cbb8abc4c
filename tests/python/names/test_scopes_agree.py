"""The walker of imports and the reader of full names fill scopes in two ways: what an import binds is the same for both."""

from __future__ import annotations

import ast
import email
import importlib.util
import json
import logging
import unittest
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from layercheck.python.imports.scope_walker import ScopeWalker
from layercheck.python.name_chains import join_names
from layercheck.python.names.full_names import Names
from layercheck.python.names.syntax_index import NodeIndex
from layercheck.python.scopes import find_bindings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layercheck.python.scopes import Place

ROOT = Path(__file__).parents[3]
MODULE = "a.b.c.d.e.module"
FOLDERS = {
    "layercheck": ROOT / "src" / "layercheck",
    "fixtures": ROOT / "fixtures",
    **{each.__name__: Path(str(each.__file__)).parent for each in (email, json, logging, unittest)},
}


@pytest.mark.parametrize("folder", FOLDERS)
def test_what_an_import_binds_is_the_same_for_both_readers(folder: str) -> None:
    compared = 0
    for path in FOLDERS[folder].rglob("*.py"):
        try:
            tree = ast.parse(path.read_bytes())
        except (SyntaxError, ValueError):
            continue
        names = Names(NodeIndex(tree), MODULE, is_package=False)
        for node, target in _read_exactly(tree):
            assert names.full_name(node) == target, f"{path}:{node.lineno}: {node.id}"
            compared += 1
    assert compared > 20


@pytest.mark.parametrize(
    "text",
    [
        "import os\nos = os.path\nos\n",
        "from a import User\nclass User(User):\n    pass\n",
        "import os\nclass Shop:\n    os = os\n    def sell(self):\n        return os\n",
        "import uuid\nclass Shop:\n    uuid = make(lambda: uuid.uuid4())\n",
        "import os\nf = lambda os=os: os\ng = os\n",
        "from a import rows\nfor rows in rows:\n    pass\n",
        "import os\ndef f(os=os):\n    return os\n",
        "def f():\n    return os\nimport os\n",
    ],
)
def test_names_that_are_bound_again(text: str) -> None:
    tree = ast.parse(text)
    names = Names(NodeIndex(tree), MODULE, is_package=False)
    exact = list(_read_exactly(tree))

    assert exact
    assert [names.full_name(node) for node, _ in exact] == [target for _, target in exact]


def _read_exactly(tree: ast.Module) -> Iterator[tuple[ast.Name, str]]:
    """List the names that are used where only one import can have bound them, with what it binds."""
    # What a comprehension binds is seen in all of its function by the reader of full names, and nothing is ever unbound.
    aside = {
        name.id
        for node in ast.walk(tree)
        if isinstance(node, ast.comprehension | ast.Delete | ast.MatchAs)
        for name in ast.walk(node)
        if isinstance(name, ast.Name) and not isinstance(name.ctx, ast.Load)
    }
    reader = _Reader()
    reader.visit_body(tree.body)
    for node, place in reader.uses:
        found = find_bindings(node.id, place)
        if len(found) == 1 and found[0].target is not None and node.id not in aside:
            yield node, _absolute(found[0].target)


def _absolute(target: str) -> str:
    module = target.lstrip(".")
    return importlib.util.resolve_name(target, MODULE.rpartition(".")[0]) if module != target else target


class _Reader(ScopeWalker):
    """Notes every use of a name, and where it is."""

    def __init__(self) -> None:
        super().__init__()
        self.uses: list[tuple[ast.Name, Place]] = []

    def _import(self, node: ast.Import) -> None:
        for alias in node.names:
            first = alias.name.partition(".")[0]
            self.bind(alias.asname or first, target=alias.name if alias.asname else first)

    def _import_from(self, node: ast.ImportFrom) -> None:
        for alias in node.names:
            if alias.name != "*":
                module = "." * node.level + (node.module or "")
                self.bind(alias.asname or alias.name, target=join_names(module, (alias.name,)))

    def _name(self, node: ast.Name) -> None:
        if isinstance(node.ctx, ast.Load):
            self.uses.append((node, self.place()))
        else:
            self.bind(node.id)

    visitors = {  # noqa: RUF012  (as in the class above)
        **ScopeWalker.visitors,
        "Import": _import,
        "ImportFrom": _import_from,
        "Name": _name,
    }
