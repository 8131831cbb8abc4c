"""Which functions of a module use what it imports: what a caller could call instead."""

from __future__ import annotations

import ast
import warnings
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

_Function = ast.FunctionDef | ast.AsyncFunctionDef


def find_users(data: bytes, names: Collection[str]) -> tuple[str, ...]:
    """List the public functions (`create_user`, `UserService.create`) that use an imported name, in the order of the text.

    A class that builds on one (`class Users(Repository[User])`) is listed itself. A text that the running Python cannot
    read gives nothing.
    """
    try:
        with warnings.catch_warnings(action="ignore"):
            tree = ast.parse(data)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ()
    bound = frozenset(_bind(tree, names))
    return tuple(_list_users(tree, bound)) if bound else ()


def _bind(tree: ast.Module, names: Collection[str]) -> Iterator[str]:
    """Find what the module calls the names that it imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            yield from (alias.asname or alias.name for alias in node.names if alias.name in names)
        elif isinstance(node, ast.Import):
            # Without a name of its own, `import app.models` is used as `app.models`; that is not looked for.
            yield from (alias.asname for alias in node.names if alias.asname and alias.name.split(".")[-1] in names)


def _list_users(tree: ast.Module, bound: frozenset[str]) -> Iterator[str]:
    for node in tree.body:
        if isinstance(node, _Function) and _is_public(node.name):
            if _uses(node, bound):
                yield node.name
        elif isinstance(node, ast.ClassDef) and _is_public(node.name):
            if any(_uses(base, bound) for base in node.bases):
                yield node.name
            methods = (each for each in node.body if isinstance(each, _Function) and _is_public(each.name))
            yield from (f"{node.name}.{method.name}" for method in methods if _uses(method, bound))


def _uses(node: ast.AST, bound: frozenset[str]) -> bool:
    return any(isinstance(each, ast.Name) and each.id in bound for each in ast.walk(node))


def _is_public(name: str) -> bool:
    return not name.startswith("_")
