"""What gives a name its value, definition by definition."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layercheck.python.names.syntax_index import DefinitionNode, NodeIndex, ScopeNode

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_DEPENDENCIES = frozenset({"Depends", "Security", "Provide"})


class Binding(NamedTuple):
    """One way in which a name gets its value; at most one of the fields after `at` says how."""

    at: tuple[int, int]
    """From where on the name has this value: line (1-based) and column (0-based, in bytes)."""
    target: str | None = None
    """What an import binds to it, absolute: `app.db.session`."""
    value: ast.expr | None = None
    """What `name = value` or `with value as name` binds to it, or a framework puts in for a parameter."""
    annotation: ast.expr | None = None
    """The type that it is declared to have."""
    definition: DefinitionNode | None = None
    """The function or class that it names."""
    receiver: ast.ClassDef | None = None
    """The class of which it is an instance, as the first parameter of a method."""


class Bindings:
    """The bindings of all names of one file."""

    def __init__(self, index: NodeIndex, module: str, *, is_package: bool) -> None:
        self._index = index
        self._package = module if is_package else module.rpartition(".")[0]
        self._tables: dict[ScopeNode | None, dict[str, list[Binding]]] = {}

    def table(self, scope: ScopeNode | None) -> dict[str, list[Binding]]:
        """List the bindings made directly in a scope (None: in the module), by name, in the order of the text."""
        known = self._tables.get(scope)
        if known is None:
            known = self._tables[scope] = {}
            for name, binding in self._read(scope):
                known.setdefault(name, []).append(binding)
        return known

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
                yield from _targets(node.target, None, (node.target.lineno, 0))
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


def _targets(target: ast.expr, value: ast.expr | None, at: tuple[int, int]) -> Iterator[tuple[str, Binding]]:
    if isinstance(target, ast.Name):
        yield target.id, Binding(at, value=value)
    elif isinstance(target, ast.Tuple | ast.List):
        for item in target.elts:
            yield from _targets(item, None, at)
    elif isinstance(target, ast.Starred):
        yield from _targets(target.value, None, at)


def _start(node: ast.stmt | ast.expr | ast.ExceptHandler) -> tuple[int, int]:
    return node.lineno, node.col_offset


def _end(node: ast.stmt | ast.expr) -> tuple[int, int]:
    return node.end_lineno or node.lineno, node.end_col_offset or node.col_offset
