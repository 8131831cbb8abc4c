"""The names in a static `__all__`."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from layercheck.python.name_chains import chain_of

if TYPE_CHECKING:
    from collections.abc import Sequence

_ALL = ("__all__",)


class Exports:
    """Collects `__all__` from the statements of a module, in order; what cannot be read is passed over."""

    def __init__(self) -> None:
        self.names: list[str] | None = None

    def assign(self, targets: Sequence[ast.expr], value: ast.expr, *, definite: bool) -> None:
        """`__all__ = …`; a definite one replaces what was there."""
        if not any(chain_of(target) == _ALL for target in targets):
            return
        names = self._read(value)
        if names is None or (not definite and self.names is not None):
            self._add(names)
        else:
            self.names = names

    def extend(self, target: ast.expr, value: ast.expr) -> None:
        """`__all__ += …`."""
        if chain_of(target) == _ALL:
            self._add(self._read(value))

    def call(self, call: ast.Call) -> None:
        """`__all__.extend(…)` and `__all__.append(…)`."""
        chain = chain_of(call.func)
        if chain is None or chain[:-1] != _ALL or len(call.args) != 1:
            return
        if chain[-1] == "extend":
            self._add(self._read(call.args[0]))
        elif chain[-1] == "append":
            self._add(_strings(call.args))

    def _add(self, names: list[str] | None) -> None:
        if names is not None:
            self.names = [*(self.names or ()), *names]

    def _read(self, value: ast.expr) -> list[str] | None:
        match value:
            case ast.List(elts=items) | ast.Tuple(elts=items):
                return _strings(items)
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                parts = [part for part in (self._read(left), self._read(right)) if part is not None]
                return [name for part in parts for name in part] if parts else None
            case ast.Name(id="__all__"):
                return self.names
        return None


def _strings(items: Sequence[ast.expr]) -> list[str] | None:
    names = [item.value for item in items if isinstance(item, ast.Constant) and isinstance(item.value, str)]
    return names if names or not items else None
