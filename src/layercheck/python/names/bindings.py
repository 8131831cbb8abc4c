"""The bindings of names, scope by scope: what gives a name its value, without conditions and the order of execution."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from layercheck.python.scopes import Binding, Scope, ScopeKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layercheck.python.names.syntax_index import NodeIndex, ScopeNode

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_DEPENDENCIES = frozenset({"Depends", "Security", "Provide"})


class Bindings:
    """The bindings of all names of one file."""

    def __init__(self, index: NodeIndex, module: str, *, is_package: bool) -> None:
        self._index = index
        self._package = module if is_package else module.rpartition(".")[0]
        self._scopes: dict[ScopeNode | None, Scope] = {}

    def scope(self, node: ScopeNode | None) -> Scope:
        """Return a scope (None: the module) with its bindings and those of the scopes around it; they are read once."""
        known = self._scopes.get(node)
        if known is None:
            parent = None if node is None else self.scope(self._index.scope(node))
            known = self._scopes[node] = Scope(_kind_of(node), parent)
            for name, binding in self._read(node):
                known.bindings.setdefault(name, []).append(binding)
        return known

    def table(self, node: ScopeNode | None) -> dict[str, list[Binding]]:
        """List the bindings made directly in a scope (None: in the module), by name, in the order of the text."""
        return self.scope(node).bindings

    def _read(self, scope: ScopeNode | None) -> Iterator[tuple[str, Binding]]:
        if isinstance(scope, _FUNCTIONS):
            yield from self._parameters(scope)
        for node in self._index.bindings(scope):
            yield from self._of_node(node)

    def _of_node(self, node: ast.AST) -> Iterator[tuple[str, Binding]]:  # noqa: C901, PLR0912  (a table)
        match node:
            case ast.Import():
                for alias in node.names:
                    first = alias.name.partition(".")[0]
                    yield alias.asname or first, Binding(_end(node), alias.name if alias.asname else first)
            case ast.ImportFrom():
                module = self.absolute(node.module or "", node.level)
                for alias in node.names:
                    yield alias.asname or alias.name, Binding(_end(node), f"{module}.{alias.name}")
            case ast.Assign():
                for target in node.targets:
                    yield from _targets(target, node.value, _end(node))
            case ast.AnnAssign():
                if isinstance(node.target, ast.Name):
                    yield node.target.id, Binding(_end(node), value=node.value, annotation=node.annotation)
            case ast.NamedExpr():
                yield from _targets(node.target, node.value, _end(node))
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                yield node.name, Binding(_start(node.body[0] if node.body else node), definition=node)
            case ast.With() | ast.AsyncWith():
                for item in node.items:
                    if item.optional_vars is not None:
                        yield from _targets(item.optional_vars, item.context_expr, _end(item.optional_vars))
            case ast.For() | ast.AsyncFor():
                yield from _targets(node.target, None, _end(node.iter))
            case ast.comprehension():
                # What it makes is written before it.
                yield from _targets(node.target, None, order_of(node.target.lineno, 0) - 1)
            case ast.ExceptHandler() if node.name:
                yield node.name, Binding(_start(node))

    def absolute(self, module: str, level: int) -> str:
        """Write the module of a `from` in full, as seen from this file."""
        if not level:
            return module
        package = self._package.split(".") if self._package else []
        above = package[: len(package) - level + 1]
        return ".".join([*above, *([module] if module else [])])

    def _parameters(
        self, function: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
    ) -> Iterator[tuple[str, Binding]]:
        arguments = function.args
        owner = self._index.owner(function)
        positional = (*arguments.posonlyargs, *arguments.args)
        defaults = (*[None] * (len(positional) - len(arguments.defaults)), *arguments.defaults, *arguments.kw_defaults)
        for at, (parameter, default) in enumerate(zip((*positional, *arguments.kwonlyargs), defaults, strict=True)):
            is_plain = parameter.annotation is None
            receiver = owner if at == 0 and isinstance(owner, ast.ClassDef) and is_plain else None
            given = _given_by(default) if is_plain else None
            yield (
                parameter.arg,
                Binding(_start(function), value=given, annotation=parameter.annotation, receiver=receiver),
            )
        for extra in (arguments.vararg, arguments.kwarg):
            if extra is not None:
                yield extra.arg, Binding(_start(function))


def _given_by(default: ast.expr | None) -> ast.expr | None:
    """Return what a framework puts in for a default: for `Depends(get_session)` what a call of `get_session` gives."""
    if not isinstance(default, ast.Call) or not default.args:
        return None
    called = default.func
    name = called.attr if isinstance(called, ast.Attribute) else called.id if isinstance(called, ast.Name) else ""
    if name not in _DEPENDENCIES:
        return None
    return ast.copy_location(ast.Call(default.args[0], [], []), default)


def _targets(target: ast.expr, value: ast.expr | None, order: int) -> Iterator[tuple[str, Binding]]:
    if isinstance(target, ast.Name):
        yield target.id, Binding(order, value=value)
    elif isinstance(target, ast.Tuple | ast.List):
        for item in target.elts:
            yield from _targets(item, None, order)
    elif isinstance(target, ast.Starred):
        yield from _targets(target.value, None, order)


def order_of(line: int, column: int) -> int:
    """Return the order of a place in the text, as one number."""
    return line << 32 | column


def _kind_of(node: ScopeNode | None) -> ScopeKind:
    if node is None:
        return ScopeKind.MODULE
    return ScopeKind.CLASS if isinstance(node, ast.ClassDef) else ScopeKind.FUNCTION


def _start(node: ast.stmt | ast.expr | ast.ExceptHandler) -> int:
    return order_of(node.lineno, node.col_offset)


def _end(node: ast.stmt | ast.expr) -> int:
    return order_of(node.end_lineno or node.lineno, node.end_col_offset or node.col_offset)
