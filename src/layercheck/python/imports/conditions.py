"""What a test says about its branches: always, never, only for the type checker, or perhaps."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from layercheck.python.imports.meanings import LONGEST_ALIAS_CHAIN
from layercheck.python.name_chains import chain_of, join_names
from layercheck.python.scopes import Block, find_bindings

if TYPE_CHECKING:
    from layercheck.python.scopes import Place

_FLAGS = ("TYPE_CHECKING", "MYPY")
"""Names that type checkers take for true, wherever they come from."""


def branch(test: ast.expr, place: Place, *, taken: bool) -> Block | None:
    """Make the block below a test, or below its `else` (`taken` False); None where it is dead code."""
    running = _truth(test, place, checking=False)
    if running is taken:
        return place.block
    block = Block(place.block)
    if running is None:
        block.conditional = True
    elif _truth(test, place, checking=True) is running:
        return None
    else:
        block.typing = True
    return block


def _truth(test: ast.expr, place: Place, *, checking: bool) -> bool | None:
    """Find the value of a test while running, or while type checking; None where it can be either."""
    match test:
        case ast.Constant(value=value):
            return bool(value)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            value = _truth(operand, place, checking=checking)
            return None if value is None else not value
        case ast.BoolOp(op=operator, values=operands):
            deciding = isinstance(operator, ast.Or)
            values = {_truth(operand, place, checking=checking) for operand in operands}
            return deciding if deciding in values else None if None in values else not deciding
        case ast.Name() | ast.Attribute():
            chain = chain_of(test)
            return checking if chain is not None and _is_type_checking(chain, place) else None
    return None


def _is_type_checking(chain: tuple[str, ...], place: Place, depth: int = 0) -> bool:
    """Return whether a name is true for type checkers alone: `typing.TYPE_CHECKING`, an alias of it, or an own False."""
    bindings = find_bindings(chain[0], place)
    if not bindings:
        return chain[-1] in _FLAGS
    for binding in bindings:
        if binding.target is not None:
            found = join_names(binding.target, chain[1:]).rpartition(".")[2] in _FLAGS
        elif isinstance(binding.value, ast.Constant):
            found = len(chain) == 1 and chain[0] in _FLAGS and not binding.value.value
        else:
            alias = chain_of(binding.value)
            found = (
                alias is not None
                and binding.place is not None
                and depth < LONGEST_ALIAS_CHAIN
                and _is_type_checking(alias + chain[1:], binding.place, depth + 1)
            )
        if found:
            return True
    return False
