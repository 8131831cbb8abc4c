"""A walk over a syntax tree that knows scopes, the order of execution, and under which conditions code runs.

The tree is that of `ast`, from whichever reader (`ast_imports.py`, `cst_tree.py`). Nodes are known by the names of
their classes, so that a tree may hold nodes that the running Python does not have.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any, ClassVar

from layercheck.python.imports.conditions import branch
from layercheck.python.imports.name_uses import Statement
from layercheck.python.imports.node_parts import children_of, parameters_of
from layercheck.python.scopes import Binding, Block, Place, Scope, ScopeKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping


class ScopeWalker:
    """Visits every node once; keeps `scope`, `block`, `statement` and `text` (the f-string around it) up to date."""

    def __init__(self) -> None:
        self.scope = Scope(ScopeKind.MODULE)
        self.block = Block()
        self.statement = Statement(ast.Pass(), ast.Pass())
        self.text: ast.expr | None = None
        self._order = 0
        self._scopes = [self.scope]

    def visit_body(self, statements: list[ast.stmt], block: Block | None = None) -> None:
        """Visit statements, in a block of their own if one is given."""
        outside = self.block
        self.block = block or outside
        for statement in statements:
            self.statement = Statement(statement, statement)
            self.visit(statement)
        self.block = outside

    def visit(self, node: ast.AST) -> None:
        visitor = self.visitors.get(node.__class__.__name__)
        if visitor is not None:
            visitor(self, node)
        else:
            self.visit_children(node)

    def visit_children(self, node: ast.AST) -> None:
        for name in children_of(node.__class__):
            child = getattr(node, name, None)
            if isinstance(child, list):
                for item in child:
                    if isinstance(item, ast.AST):
                        self.visit(item)
            elif isinstance(child, ast.AST):
                self.visit(child)

    def forget(self) -> None:
        """Part scopes from what is bound in them: they hold each other, and nobody collects garbage while files are read."""
        for scope in self._scopes:
            scope.bindings, scope.outer = {}, {}

    def _open_scope(self, kind: ScopeKind, parent: Scope) -> None:
        self.scope = Scope(kind, parent)
        self._scopes.append(self.scope)

    def _visit_header(self, statement: ast.stmt, *parts: ast.expr | None) -> None:
        """Visit parts of the head of a compound statement, which for them counts as the statement."""
        for part in parts:
            if part is not None:
                self.statement = Statement(statement, part)
                self.visit(part)

    def _visit_alone(self, *parts: ast.expr | ast.pattern | None) -> None:
        for part in parts:
            if part is not None:
                self.statement = Statement(part, part)
                self.visit(part)

    def _perhaps(self) -> Block:
        block = Block(self.block)
        block.conditional = True
        return block

    def place(self) -> Place:
        self._order += 1
        return Place(self.scope, self.block, self._order)

    def bind(self, name: str | None, *, target: str | None = None, value: ast.expr | None = None) -> None:
        if name is not None:
            place = self.place()
            self.scope.bind(name, Binding(place.order, target, value, place=place))

    # Statements

    def _visit_if(self, node: ast.If | ast.While) -> None:
        self._visit_header(node, node.test)
        is_loop = isinstance(node, ast.While)
        place = self.place()
        for taken, body in ((True, node.body), (False, node.orelse)):
            block = branch(node.test, place, taken=taken)
            if block is not None:
                self.visit_body(body, self._perhaps() if is_loop and not block.typing else block)

    def _visit_for(self, node: ast.For) -> None:
        self._visit_header(node, node.iter, node.target)
        self.visit_body(node.body, self._perhaps())
        self.visit_body(node.orelse, self._perhaps())

    def _visit_with(self, node: ast.With) -> None:
        for item in node.items:
            self._visit_header(node, item.context_expr, item.optional_vars)
        self.visit_body(node.body)

    def _visit_try(self, node: ast.Try) -> None:
        self.visit_body(node.body, self._perhaps())
        for handler in node.handlers:
            self._visit_alone(handler.type)
            self.bind(handler.name)
            self.visit_body(handler.body, self._perhaps())
        self.visit_body(node.orelse, self._perhaps())
        self.visit_body(node.finalbody, self._perhaps())

    def _visit_match(self, node: ast.Match) -> None:
        self._visit_header(node, node.subject)
        for case in node.cases:
            self._visit_alone(case.pattern, case.guard)
            self.visit_body(case.body, self._perhaps())

    def _visit_assign(self, node: ast.Assign) -> None:
        self.visit(node.value)
        for target in node.targets:
            self._visit_target(target, node.value)

    def _visit_ann_assign(self, node: ast.AnnAssign) -> None:
        self.visit(node.annotation)
        if node.value is not None:
            self.visit(node.value)
        if node.value is not None or self.scope.kind is ScopeKind.FUNCTION:
            self._visit_target(node.target, node.value)

    def _visit_aug_assign(self, node: ast.AugAssign) -> None:
        self.visit(node.value)
        self.visit(node.target)

    def _visit_target(self, target: ast.expr, value: ast.expr | None) -> None:
        if isinstance(target, ast.Name):
            self.bind(target.id, value=value)
        else:
            self.visit(target)

    def _visit_type_alias(self, node: ast.AST) -> None:
        outside = self.scope
        name: ast.Name = node.name  # type: ignore[attr-defined]  # Python 3.12 has this node
        self.bind(name.id)
        self._enter_type_parameters(node)
        self.visit(node.value)  # type: ignore[attr-defined]  # as above
        self.scope = outside

    def _visit_global(self, node: ast.Global) -> None:
        for name in node.names:
            self.scope.declare_global(name)

    def _visit_nonlocal(self, node: ast.Nonlocal) -> None:
        for name in node.names:
            self.scope.declare_nonlocal(name)

    # Scopes

    def _visit_function_def(self, node: ast.FunctionDef) -> None:
        self._visit_alone(*node.decorator_list)
        self._visit_header(node, *node.args.defaults, *node.args.kw_defaults)
        self.bind(node.name)
        outside = self.scope
        self._enter_type_parameters(node)
        parameters = parameters_of(node.args)
        self._visit_header(node, *(parameter.annotation for parameter in parameters), node.returns)
        self._enter_function(parameters)
        body = Block(self.block)
        body.deferred = True
        self.visit_body(node.body, body)
        self.scope = outside

    def _visit_lambda(self, node: ast.Lambda) -> None:
        for default in (*node.args.defaults, *node.args.kw_defaults):
            if default is not None:
                self.visit(default)
        outside = self.scope
        self._enter_function(parameters_of(node.args))
        self.visit(node.body)
        self.scope = outside

    def _visit_class_def(self, node: ast.ClassDef) -> None:
        self._visit_alone(*node.decorator_list)
        outside = self.scope
        self._enter_type_parameters(node)
        self._visit_header(node, *node.bases, *(keyword.value for keyword in node.keywords))
        self._open_scope(ScopeKind.CLASS, self.scope)
        self.visit_body(node.body)
        self.scope = outside
        self.bind(node.name)

    def _enter_function(self, parameters: Iterable[ast.arg]) -> None:
        self._open_scope(ScopeKind.FUNCTION, self.scope)
        for parameter in parameters:
            self.bind(parameter.arg)

    def _enter_type_parameters(self, node: ast.AST) -> None:
        parameters = getattr(node, "type_params", None)
        if parameters:
            self._open_scope(ScopeKind.INLINE, self.scope)
            for parameter in parameters:
                self.bind(parameter.name)
            for parameter in parameters:
                self.visit_children(parameter)

    def _visit_list_comp(self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp) -> None:
        outside = self.scope
        for index, generator in enumerate(node.generators):
            self.visit(generator.iter)
            if index == 0:
                self._open_scope(ScopeKind.INLINE, outside)
            self.visit(generator.target)
            for test in generator.ifs:
                self.visit(test)
        if isinstance(node, ast.DictComp):
            self.visit(node.key)
            if node.value is not None:  # `{**x for x in y}` of Python 3.15 has only a key
                self.visit(node.value)
        else:
            self.visit(node.elt)
        self.scope = outside

    # Expressions

    def _visit_name(self, node: ast.Name) -> None:
        if not isinstance(node.ctx, ast.Load):
            self.bind(node.id)

    def _visit_named_expr(self, node: ast.NamedExpr) -> None:
        self.visit(node.value)
        comprehension = self.scope
        while self.scope.kind is ScopeKind.INLINE and self.scope.parent is not None:
            self.scope = self.scope.parent
        self.bind(node.target.id, value=node.value)
        self.scope = comprehension

    def _visit_match_as(self, node: ast.MatchAs) -> None:
        self.visit_children(node)
        self.bind(node.name)

    def _visit_match_star(self, node: ast.MatchStar) -> None:
        self.bind(node.name)

    def _visit_match_mapping(self, node: ast.MatchMapping) -> None:
        self.visit_children(node)
        self.bind(node.rest)

    def _visit_if_exp(self, node: ast.IfExp) -> None:
        self.visit(node.test)
        place, outside = self.place(), self.block
        for taken, part in ((True, node.body), (False, node.orelse)):
            block = branch(node.test, place, taken=taken)
            if block is not None:
                self.block = block
                self.visit(part)
        self.block = outside

    def _visit_joined_str(self, node: ast.JoinedStr) -> None:
        outside = self.text
        self.text = outside or node
        self.visit_children(node)
        self.text = outside

    visitors: ClassVar[Mapping[str, Callable[[Any, Any], None]]] = {
        **dict.fromkeys(("If", "While"), _visit_if),
        **dict.fromkeys(("For", "AsyncFor"), _visit_for),
        **dict.fromkeys(("With", "AsyncWith"), _visit_with),
        **dict.fromkeys(("Try", "TryStar"), _visit_try),
        "Match": _visit_match,
        "Assign": _visit_assign,
        "AnnAssign": _visit_ann_assign,
        "AugAssign": _visit_aug_assign,
        "TypeAlias": _visit_type_alias,
        "Global": _visit_global,
        "Nonlocal": _visit_nonlocal,
        **dict.fromkeys(("FunctionDef", "AsyncFunctionDef"), _visit_function_def),
        "Lambda": _visit_lambda,
        "ClassDef": _visit_class_def,
        **dict.fromkeys(("ListComp", "SetComp", "GeneratorExp", "DictComp"), _visit_list_comp),
        "Name": _visit_name,
        "NamedExpr": _visit_named_expr,
        "MatchAs": _visit_match_as,
        "MatchStar": _visit_match_star,
        "MatchMapping": _visit_match_mapping,
        "IfExp": _visit_if_exp,
        **dict.fromkeys(("JoinedStr", "TemplateStr"), _visit_joined_str),
    }
    """What visits a node, by the name of its class. Functions and not methods, so that no walker holds itself."""
