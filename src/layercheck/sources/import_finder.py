"""A syntax tree to the imports of the file: statements, calls, and the use of modules through their packages.

The tree is that of `ast`, from whichever reader (`ast_imports.py`, `cst_imports.py`). Newer nodes are known by the names
of their classes, so that a tree may hold nodes that the running Python does not have.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from layercheck.model.imports import BlindSpot, FileImports, ImportKind, ImportSite
from layercheck.sources.conditions import branch
from layercheck.sources.dynamic_calls import MARKERS
from layercheck.sources.exports import Exports
from layercheck.sources.name_uses import Statement, Use, attribute_sites, dynamic_sites
from layercheck.sources.scopes import Binding, Block, Place, Scope, ScopeKind, chain_of, join_names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from layercheck.sources.source_text import SourceText


def find_imports(tree: ast.Module, source: SourceText, *, is_stub: bool, is_package: bool) -> FileImports:
    """All imports of a file, in the order of the text."""
    finder = _ImportFinder(source, is_stub=is_stub)
    finder.visit_body(tree.body)
    sites = [*finder.sites, *attribute_sites(finder.uses, finder.imported_names, source, is_stub=is_stub)]
    blind_spots: list[BlindSpot] = []
    for found in dynamic_sites(finder.calls, source, is_stub=is_stub, is_package=is_package):
        if isinstance(found, BlindSpot):
            blind_spots.append(found)
        else:
            sites.append(found)
    sites.sort(key=lambda site: (site.span, site.module, site.name or "", site.kind))
    blind_spots.sort(key=lambda spot: spot.span)
    exports = finder.exports.names
    return FileImports(tuple(sites), tuple(blind_spots), None if exports is None else tuple(dict.fromkeys(exports)))


class _ImportFinder:
    """Walks the tree once, in the order of execution."""

    def __init__(self, source: SourceText, *, is_stub: bool) -> None:
        self.sites: list[ImportSite] = []
        self.uses: list[Use[ast.Attribute]] = []
        self.calls: list[Use[ast.Call]] = []
        self.imported_names: set[str] = set()
        self.exports = Exports()
        self._source = source
        self._is_stub = is_stub
        self._may_call_imports = any(marker in source.text for marker in MARKERS) or not source.text.isascii()
        self._scope = Scope(ScopeKind.MODULE)
        self._block = Block()
        self._order = 0
        self._statement = Statement(ast.Pass(), ast.Pass())
        self._text: ast.expr | None = None
        self._visitors: dict[str, Callable[[ast.AST], None]] = {
            name.removeprefix("_visit_"): getattr(self, name) for name in dir(self) if name.startswith("_visit_")
        }

    def visit_body(self, statements: list[ast.stmt], block: Block | None = None) -> None:
        """Visit statements, in a block of their own if one is given."""
        outside = self._block
        self._block = block or outside
        for statement in statements:
            self._statement = Statement(statement, statement)
            self._visit(statement)
        self._block = outside

    def _visit(self, node: ast.AST) -> None:
        visitor = self._visitors.get(node.__class__.__name__)
        if visitor is not None:
            visitor(node)
        else:
            self._visit_children(node)

    def _visit_children(self, node: ast.AST) -> None:
        for name in node._fields:
            child = getattr(node, name, None)
            if isinstance(child, list):
                for item in child:
                    if isinstance(item, ast.AST):
                        self._visit(item)
            elif isinstance(child, ast.AST):
                self._visit(child)

    def _visit_header(self, statement: ast.stmt, *parts: ast.AST | None) -> None:
        """Visit parts of the head of a compound statement, which for them counts as the statement."""
        for part in parts:
            if part is not None:
                self._statement = Statement(statement, part)
                self._visit(part)

    def _visit_alone(self, *parts: ast.AST | None) -> None:
        for part in parts:
            if part is not None:
                self._statement = Statement(part, part)
                self._visit(part)

    def _perhaps(self) -> Block:
        block = Block(self._block)
        block.conditional = True
        return block

    def _place(self) -> Place:
        self._order += 1
        return Place(self._scope, self._block, self._order)

    def _bind(self, name: str | None, *, target: str | None = None, value: ast.expr | None = None) -> None:
        if name is not None:
            self._scope.bind(name, Binding(self._place(), target, value))

    # Imports

    def _visit_Import(self, node: ast.Import) -> None:
        for alias in node.names:
            start, end = self._source.dotted_name_at(self._source.range_of(alias)[0])
            self._add_site(node, alias.name, None, (start, end), (start, end))
            first = alias.name.partition(".")[0]
            self._bind_import(alias.asname or first, alias.name if alias.asname else first)

    def _visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        module = "." * node.level + (node.module or "")
        module_range = self._source.module_after_from(self._source.range_of(node)[0])
        for alias in node.names:
            name_range = self._source.dotted_name_at(self._source.range_of(alias)[0])
            self._add_site(node, module, alias.name, name_range, module_range)
            if alias.name != "*":
                self._bind_import(alias.asname or alias.name, join_names(module, (alias.name,)))

    def _add_site(
        self,
        node: ast.Import | ast.ImportFrom,
        module: str,
        name: str | None,
        span: tuple[int, int],
        module_span: tuple[int, int],
    ) -> None:
        block = self._block
        kind = (
            ImportKind.STUB
            if self._is_stub
            else ImportKind.TYPING
            if block.typing
            else ImportKind.LAZY
            if getattr(node, "is_lazy", False)
            else ImportKind.DEFERRED
            if block.deferred
            else ImportKind.CONDITIONAL
            if block.conditional
            else ImportKind.RUNTIME
        )
        to_span = self._source.span
        statement = to_span(*self._source.range_of(node))
        self.sites.append(ImportSite(module, name, kind, to_span(*span), to_span(*module_span), statement))

    def _bind_import(self, name: str, target: str) -> None:
        self.imported_names.add(name)
        self._bind(name, target=target)

    # Statements

    def _visit_If(self, node: ast.If | ast.While) -> None:
        self._visit_header(node, node.test)
        is_loop = isinstance(node, ast.While)
        place = self._place()
        for taken, body in ((True, node.body), (False, node.orelse)):
            block = branch(node.test, place, taken=taken)
            if block is not None:
                self.visit_body(body, self._perhaps() if is_loop and not block.typing else block)

    _visit_While = _visit_If

    def _visit_For(self, node: ast.For) -> None:
        self._visit_header(node, node.iter, node.target)
        self.visit_body(node.body, self._perhaps())
        self.visit_body(node.orelse, self._perhaps())

    _visit_AsyncFor = _visit_For

    def _visit_With(self, node: ast.With) -> None:
        for item in node.items:
            self._visit_header(node, item.context_expr, item.optional_vars)
        self.visit_body(node.body)

    _visit_AsyncWith = _visit_With

    def _visit_Try(self, node: ast.Try) -> None:
        self.visit_body(node.body, self._perhaps())
        for handler in node.handlers:
            self._visit_alone(handler.type)
            self._bind(handler.name)
            self.visit_body(handler.body, self._perhaps())
        self.visit_body(node.orelse, self._perhaps())
        self.visit_body(node.finalbody, self._perhaps())

    _visit_TryStar = _visit_Try

    def _visit_Match(self, node: ast.Match) -> None:
        self._visit_header(node, node.subject)
        for case in node.cases:
            self._visit_alone(case.pattern, case.guard)
            self.visit_body(case.body, self._perhaps())

    def _visit_Assign(self, node: ast.Assign) -> None:
        if self._scope.kind is ScopeKind.MODULE:
            self.exports.assign(node.targets, node.value, definite=not self._block.conditional)
        self._visit(node.value)
        for target in node.targets:
            self._visit_target(target, node.value)

    def _visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        self._visit(node.annotation)
        if node.value is not None:
            if self._scope.kind is ScopeKind.MODULE:
                self.exports.assign([node.target], node.value, definite=not self._block.conditional)
            self._visit(node.value)
        if node.value is not None or self._scope.kind is ScopeKind.FUNCTION:
            self._visit_target(node.target, node.value)

    def _visit_AugAssign(self, node: ast.AugAssign) -> None:
        if isinstance(node.op, ast.Add) and self._scope.kind is ScopeKind.MODULE:
            self.exports.extend(node.target, node.value)
        self._visit(node.value)
        self._visit(node.target)

    def _visit_target(self, target: ast.expr, value: ast.expr | None) -> None:
        if isinstance(target, ast.Name):
            self._bind(target.id, value=value)
        else:
            self._visit(target)

    def _visit_TypeAlias(self, node: ast.AST) -> None:
        outside = self._scope
        name: ast.Name = node.name  # type: ignore[attr-defined]  # Python 3.12 has this node
        self._bind(name.id)
        self._enter_type_parameters(node)
        self._visit(node.value)  # type: ignore[attr-defined]  # as above
        self._scope = outside

    def _visit_Global(self, node: ast.Global) -> None:
        for name in node.names:
            self._scope.declare_global(name)

    def _visit_Nonlocal(self, node: ast.Nonlocal) -> None:
        for name in node.names:
            self._scope.declare_nonlocal(name)

    # Scopes

    def _visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self._visit_alone(*node.decorator_list)
        self._visit_header(node, *node.args.defaults, *node.args.kw_defaults)
        self._bind(node.name)
        outside = self._scope
        self._enter_type_parameters(node)
        parameters = _parameters(node.args)
        self._visit_header(node, *(parameter.annotation for parameter in parameters), node.returns)
        self._enter_function(parameters)
        body = Block(self._block)
        body.deferred = True
        self.visit_body(node.body, body)
        self._scope = outside

    _visit_AsyncFunctionDef = _visit_FunctionDef

    def _visit_Lambda(self, node: ast.Lambda) -> None:
        for default in (*node.args.defaults, *node.args.kw_defaults):
            if default is not None:
                self._visit(default)
        outside = self._scope
        self._enter_function(_parameters(node.args))
        self._visit(node.body)
        self._scope = outside

    def _visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._visit_alone(*node.decorator_list)
        outside = self._scope
        self._enter_type_parameters(node)
        self._visit_header(node, *node.bases, *(keyword.value for keyword in node.keywords))
        self._scope = Scope(ScopeKind.CLASS, self._scope)
        self.visit_body(node.body)
        self._scope = outside
        self._bind(node.name)

    def _enter_function(self, parameters: Iterable[ast.arg]) -> None:
        self._scope = Scope(ScopeKind.FUNCTION, self._scope)
        for parameter in parameters:
            self._bind(parameter.arg)

    def _enter_type_parameters(self, node: ast.AST) -> None:
        parameters = getattr(node, "type_params", None)
        if parameters:
            self._scope = Scope(ScopeKind.INLINE, self._scope)
            for parameter in parameters:
                self._bind(parameter.name)
            for parameter in parameters:
                self._visit_children(parameter)

    def _visit_ListComp(self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp) -> None:
        outside = self._scope
        for index, generator in enumerate(node.generators):
            self._visit(generator.iter)
            if index == 0:
                self._scope = Scope(ScopeKind.INLINE, outside)
            self._visit(generator.target)
            for test in generator.ifs:
                self._visit(test)
        if isinstance(node, ast.DictComp):
            self._visit(node.key)
            self._visit(node.value)
        else:
            self._visit(node.elt)
        self._scope = outside

    _visit_SetComp = _visit_GeneratorExp = _visit_DictComp = _visit_ListComp

    # Expressions

    def _visit_Name(self, node: ast.Name) -> None:
        if not isinstance(node.ctx, ast.Load):
            self._bind(node.id)

    def _visit_NamedExpr(self, node: ast.NamedExpr) -> None:
        self._visit(node.value)
        comprehension = self._scope
        while self._scope.kind is ScopeKind.INLINE and self._scope.parent is not None:
            self._scope = self._scope.parent
        self._bind(node.target.id, value=node.value)
        self._scope = comprehension

    def _visit_MatchAs(self, node: ast.MatchAs) -> None:
        self._visit_children(node)
        self._bind(node.name)

    def _visit_MatchStar(self, node: ast.MatchStar) -> None:
        self._bind(node.name)

    def _visit_MatchMapping(self, node: ast.MatchMapping) -> None:
        self._visit_children(node)
        self._bind(node.rest)

    def _visit_IfExp(self, node: ast.IfExp) -> None:
        self._visit(node.test)
        place, outside = self._place(), self._block
        for taken, part in ((True, node.body), (False, node.orelse)):
            block = branch(node.test, place, taken=taken)
            if block is not None:
                self._block = block
                self._visit(part)
        self._block = outside

    def _visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        outside = self._text
        self._text = outside or node
        self._visit_children(node)
        self._text = outside

    _visit_TemplateStr = _visit_JoinedStr

    def _visit_Attribute(self, node: ast.Attribute) -> None:
        chain = chain_of(node)
        if chain is not None:
            self.uses.append(Use(chain, node, self._place(), self._statement, self._text))
            return
        inner: ast.expr = node
        while isinstance(inner, ast.Attribute):
            inner = inner.value
        self._visit(inner)

    def _visit_Call(self, node: ast.Call) -> None:
        if self._scope.kind is ScopeKind.MODULE:
            self.exports.call(node)
        if self._may_call_imports:
            chain = chain_of(node.func)
            if chain is not None:
                self.calls.append(Use(chain, node, self._place(), self._statement, self._text))
        self._visit_children(node)


def _parameters(arguments: ast.arguments) -> list[ast.arg]:
    found = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    return found + [extra for extra in (arguments.vararg, arguments.kwarg) if extra is not None]
