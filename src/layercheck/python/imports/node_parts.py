"""What stands in syntax nodes."""

from __future__ import annotations

import ast

_LEAVES = frozenset({"ctx", "op", "ops"})
"""Fields with nodes that say how and have no children: `Load`, `Add`, `NotIn`."""


_known: dict[type[ast.AST], tuple[str, ...]] = {ast.Constant: ()}


def children_of(kind: type[ast.AST]) -> tuple[str, ...]:
    """List the fields of a kind of node in which nodes may stand that are worth a visit."""
    known = _known.get(kind)
    if known is None:
        known = _known[kind] = tuple(name for name in kind._fields if name not in _LEAVES)
    return known


def parameters_of(arguments: ast.arguments) -> list[ast.arg]:
    """List all parameters of a function: those without a star first."""
    found = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    return found + [extra for extra in (arguments.vararg, arguments.kwarg) if extra is not None]
