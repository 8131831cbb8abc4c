"""Chains of names: `a.b.c` as an expression, as a tuple, and joined to a module."""

from __future__ import annotations

import ast


def chain_of(node: ast.AST | None) -> tuple[str, ...] | None:
    """Return `("a", "b", "c")` for the expression `a.b.c`, None for everything that is no plain chain of names."""
    names: list[str] = []
    while isinstance(node, ast.Attribute):
        names.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return None
    return (node.id, *reversed(names))


def join_names(module: str, names: tuple[str, ...]) -> str:
    """Join: `shop` and `upper` make `shop.upper`; `..` and `upper` make `..upper`."""
    tail = ".".join(names)
    return f"{module}.{tail}" if tail and not module.endswith(".") else module + tail
