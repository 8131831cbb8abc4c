"""What a function uses of the names at the top of its file, and whether it speaks to a database itself."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, NamedTuple

from layercheck.later_pattern import compile_later
from layercheck.python.name_chains import chain_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_SQL = compile_later(
    r"^\s*(?:SELECT|INSERT|UPDATE|DELETE|WITH)\s|\b(?:select\b.*\bfrom|insert\s+into|update\b.*\bset|delete\s+from)\s",
    re.DOTALL,
)
_DRIVER_CALLS = frozenset(
    {
        *("find", "find_one", "find_one_and_update", "insert_one", "insert_many", "update_one", "update_many"),
        *("replace_one", "delete_one", "delete_many", "aggregate", "count_documents", "bulk_write", "distinct"),
        *("fetch", "fetchone", "fetchall", "fetchmany", "fetchrow", "fetchval", "fetch_one", "fetch_all", "fetch_val"),
    },
)
"""Methods of drivers that name what they read or write in their arguments or in their receiver."""


class FunctionUses(NamedTuple):
    """What the body of a function says of it."""

    names: tuple[str, ...]
    """The names that it loads, dotted as far as they are written so: `models.User`; local ones, too."""
    is_query: bool
    """Whether it holds a text in SQL, or calls a method of a driver."""
    is_empty: bool
    """Whether it does nothing: `...`, a docstring."""


def read_uses(node: ast.FunctionDef | ast.AsyncFunctionDef) -> FunctionUses:
    """Read the body of a function; annotations in it count as well."""
    body = [each for each in node.body if not _is_idle(each)]
    names: dict[str, None] = {}
    is_query = False
    pending: list[ast.AST] = list(body)
    while pending:
        each = pending.pop()
        chain = chain_of(each)
        if chain is not None:
            names[".".join(chain)] = None
            continue
        if isinstance(each, ast.Constant):
            is_query = is_query or (isinstance(each.value, str) and _SQL.search(each.value) is not None)
        elif isinstance(each, ast.Call) and isinstance(each.func, ast.Attribute):
            is_query = is_query or each.func.attr in _DRIVER_CALLS
        pending += _children(each)
    return FunctionUses(tuple(sorted(names)), is_query, not body)


def _is_idle(node: ast.stmt) -> bool:
    return isinstance(node, ast.Pass) or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))


def _children(node: ast.AST) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(node):
        # The docstring of a function inside.
        if not (isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)):
            yield child
