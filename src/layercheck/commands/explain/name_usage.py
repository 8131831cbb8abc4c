"""What the text of a module does with what it imports: which functions a caller could call instead."""

from __future__ import annotations

import ast
import warnings
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

_Function = ast.FunctionDef | ast.AsyncFunctionDef


class UseReader:
    """Reads the uses of imported names in one text; one that the running Python cannot read has none."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    @cached_property
    def _tree(self) -> ast.Module:
        return _parse(self._data)

    @cached_property
    def _nodes(self) -> tuple[ast.AST, ...]:
        return tuple(ast.walk(self._tree))

    def find_module(self, line: int, name: str) -> str | None:
        """Find what a module is called in this text that is imported whole at a line, as `name` or `….name`."""
        for node in self._nodes:
            if isinstance(node, ast.Import | ast.ImportFrom) and node.lineno <= line <= (node.end_lineno or 0):
                for alias in node.names:
                    if alias.asname is not None and alias.name.rpartition(".")[2] == name:
                        return alias.asname
                    if alias.name == name:
                        return name
        return None

    def list_attributes(self, module: str) -> frozenset[str]:
        """List what is taken from a module by dots: `models.User`."""
        return frozenset(
            node.attr
            for node in self._nodes
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == module
        )

    def list_users(self, names: Collection[str], module: str | None = None) -> tuple[str, ...]:
        """List the public functions (`create_user`, `UserService.create`) that use imported names, in the order of the text.

        The names may be imported themselves, or taken from a module that is called `module` here. A class that builds on
        one (`class Users(Repository[User])`) is listed itself.
        """
        uses = _Uses(frozenset(_bind(self._nodes, names)), frozenset(names), module)
        return tuple(_list_users(self._tree, uses))


class _Uses:
    """Tells whether a piece of code uses one of some names."""

    def __init__(self, bound: Collection[str], names: Collection[str], module: str | None) -> None:
        self._bound = bound
        self._names = names
        self._module = module

    def are_in(self, node: ast.AST) -> bool:
        return any(map(self._is_one, ast.walk(node)))

    def _is_one(self, node: ast.AST) -> bool:
        if isinstance(node, ast.Name):
            return node.id in self._bound
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            return node.value.id == self._module and node.attr in self._names
        return False


def _parse(data: bytes) -> ast.Module:
    try:
        with warnings.catch_warnings(action="ignore"):
            return ast.parse(data)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ast.Module([], [])


def _bind(nodes: Iterable[ast.AST], names: Collection[str]) -> Iterator[str]:
    """Find what the module calls the names that it imports."""
    for node in nodes:
        if isinstance(node, ast.ImportFrom):
            yield from (alias.asname or alias.name for alias in node.names if alias.name in names)


def _list_users(tree: ast.Module, uses: _Uses) -> Iterator[str]:
    for node in tree.body:
        if isinstance(node, _Function) and _is_public(node.name):
            if uses.are_in(node):
                yield node.name
        elif isinstance(node, ast.ClassDef) and _is_public(node.name):
            if any(map(uses.are_in, node.bases)):
                yield node.name
            methods = (each for each in node.body if isinstance(each, _Function) and _is_public(each.name))
            yield from (f"{node.name}.{method.name}" for method in methods if uses.are_in(method))


def _is_public(name: str) -> bool:
    return not name.startswith("_")
