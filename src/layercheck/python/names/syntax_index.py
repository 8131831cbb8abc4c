"""One walk over a syntax tree, after which everybody can ask for nodes by their class."""

from __future__ import annotations

import ast
import bisect
from typing import TYPE_CHECKING, NamedTuple, TypeAlias, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence

N = TypeVar("N", bound=ast.AST)

DefinitionNode: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
"""The node of a function or class."""

ScopeNode: TypeAlias = DefinitionNode | ast.Lambda
"""The node of what has names of its own."""

DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
BINDING = (
    *DEFINITIONS,
    *(ast.Assign, ast.AnnAssign, ast.NamedExpr, ast.Import, ast.ImportFrom),
    *(ast.For, ast.AsyncFor, ast.With, ast.AsyncWith, ast.ExceptHandler, ast.comprehension),
)
"""The nodes that give names their values."""
_SCOPES = (*DEFINITIONS, ast.Lambda)

# Fields that hold no nodes, or none that anybody asks for.
_PLAIN = frozenset(
    {
        *("ctx", "op", "ops", "id", "attr", "arg", "asname", "level", "module", "conversion", "simple", "is_async"),
        *("type_comment", "type_ignores", "rest", "kwd_attrs", "str"),
    }
)


class NodeIndex:
    """The nodes of one file by class, in the order of the text, and the definition that each is in."""

    def __init__(self, tree: ast.Module) -> None:
        self._by_class: dict[type[ast.AST], list[ast.AST]] = {}
        self._scopes: dict[ast.AST, ScopeNode] = {}
        self._bindings: dict[ast.AST | None, list[ast.AST]] = {}
        self._statements: list[tuple[int, int, ast.stmt]] = []
        pending: list[ScopeNode] = []
        self._walk(list(reversed(tree.body)), None, pending)
        while pending:
            scope = pending.pop()
            self._walk(_inside(scope), scope, pending)
        self._sorted: set[type[ast.AST]] = set()
        self._statements.sort(key=lambda entry: entry[:2])

    def nodes(self, *classes: type[N]) -> Sequence[N]:
        """List the nodes of some classes, in the order of the text."""
        if len(classes) == 1:
            return self._in_order(classes[0])
        return sorted((node for each in classes for node in self._in_order(each)), key=_place)

    def owner(self, node: ast.AST) -> DefinitionNode | None:
        """Find the innermost definition around a node; decorators, defaults and annotations stand outside of theirs."""
        scope = self._scopes.get(node)
        while isinstance(scope, ast.Lambda):
            scope = self._scopes.get(scope)
        return scope

    def scope(self, node: ast.AST) -> ScopeNode | None:
        """Find the innermost definition or lambda around a node; None for the module."""
        return self._scopes.get(node)

    def bindings(self, scope: ScopeNode | None) -> Sequence[ast.AST]:
        """List the nodes that give names their values directly in a scope (None: in the module), in order."""
        return self._bindings.get(scope, [])

    def statement(self, node: ast.AST) -> ast.stmt | None:
        """Find the innermost statement that a node is in."""
        return self.statement_at(node.lineno, node.col_offset)  # type: ignore[attr-defined]  # of nodes with a place

    def statement_at(self, line: int, column: int) -> ast.stmt | None:
        """Find the last statement that begins at or before a place; None above the first."""
        at = bisect.bisect_right(self._statements, (line, column), key=lambda entry: entry[:2])
        return self._statements[at - 1][2] if at else None

    def _in_order(self, cls: type[N]) -> Sequence[N]:
        nodes: list[N] = self._by_class.get(cls, [])  # type: ignore[assignment]  # kept by their classes
        if cls not in self._sorted:
            # What is in definitions was visited after what is around them.
            nodes.sort(key=_place)
            self._sorted.add(cls)
        return nodes

    def _walk(self, stack: list[ast.AST], scope: ScopeNode | None, pending: list[ScopeNode]) -> None:
        by_class, scopes, statements = self._by_class, self._scopes, self._statements
        bindings = self._bindings.setdefault(scope, [])
        while stack:
            node = stack.pop()
            cls = node.__class__
            shape = _SHAPES.get(cls) or _shape_of(cls)
            if cls in by_class:
                by_class[cls].append(node)
            else:
                by_class[cls] = [node]
            if scope is not None:
                scopes[node] = scope
            if shape.is_statement:
                statements.append((node.lineno, node.col_offset, node))  # type: ignore[attr-defined, arg-type]  # it is
            if shape.is_binding:
                bindings.append(node)
            if shape.is_scope:
                pending.append(node)  # type: ignore[arg-type]  # it is one
                stack += _outside(node)  # type: ignore[arg-type]  # as above
                continue
            for name in shape.children:
                child = getattr(node, name, None)
                if child.__class__ is list:
                    stack += [item for item in child[::-1] if item is not None]
                elif child is not None and child.__class__ is not str:
                    stack.append(child)


class _Shape(NamedTuple):
    """What is known of all nodes of a class."""

    children: tuple[str, ...]
    """The fields that hold nodes, the last first."""
    is_statement: bool
    is_binding: bool
    is_scope: bool


_SHAPES: dict[type[ast.AST], _Shape] = {}


def _shape_of(cls: type[ast.AST]) -> _Shape:
    # Of these, the fields hold plain values.
    is_leaf = issubclass(cls, (ast.Constant, ast.Global, ast.Nonlocal, ast.MatchSingleton))
    children = () if is_leaf else tuple(name for name in reversed(cls._fields) if name not in _PLAIN)
    shape = _Shape(children, issubclass(cls, ast.stmt), issubclass(cls, BINDING), issubclass(cls, _SCOPES))
    return _SHAPES.setdefault(cls, shape)


def _outside(node: ScopeNode) -> list[ast.AST]:
    """List what of a definition or lambda is evaluated outside of it, the last first."""
    if isinstance(node, ast.ClassDef):
        return [*reversed(node.keywords), *reversed(node.bases), *reversed(node.decorator_list)]
    arguments = node.args
    parts: list[ast.AST | None] = [*arguments.posonlyargs, *arguments.args, arguments.vararg]
    parts += [*arguments.kwonlyargs, arguments.kwarg, *arguments.defaults, *arguments.kw_defaults]
    if not isinstance(node, ast.Lambda):
        parts = [*node.decorator_list, *parts, node.returns]
    return [part for part in reversed(parts) if part is not None]


def _inside(node: ScopeNode) -> list[ast.AST]:
    return [node.body] if isinstance(node, ast.Lambda) else [*reversed(node.body)]


def _place(node: ast.AST) -> tuple[int, int]:
    return getattr(node, "lineno", 0), getattr(node, "col_offset", 0)
