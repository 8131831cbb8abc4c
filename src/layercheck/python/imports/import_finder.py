"""A syntax tree to the imports of the file: statements, calls, and the use of modules through their packages."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from layercheck.model.imports import BlindSpot, Depth, FileImports, ImportKind, ImportSite
from layercheck.python.imports.dynamic_calls import MARKERS
from layercheck.python.imports.exports import Exports
from layercheck.python.imports.name_uses import Use, attribute_sites, dynamic_sites
from layercheck.python.imports.scan_flags import CALL_TRACES
from layercheck.python.imports.scope_walker import ScopeWalker
from layercheck.python.imports.telling_lines import find_telling_lines
from layercheck.python.name_chains import chain_of, join_names
from layercheck.python.scopes import ScopeKind

if TYPE_CHECKING:
    from layercheck.model.source import Span
    from layercheck.python.text.source_text import SourceText


def find_imports(
    tree: ast.Module, source: SourceText, *, is_stub: bool, is_package: bool, depth: Depth = Depth.EVERYTHING
) -> FileImports:
    """Collect the imports of a file, in the order of the text; how far expressions are looked at says `depth`."""
    finder = _ImportFinder(source, is_stub=is_stub, depth=depth)
    finder.visit_body(tree.body)
    sites = list(finder.sites)
    if depth is Depth.EVERYTHING:
        sites += attribute_sites(finder.uses, finder.imported_names, source, is_stub=is_stub)
    blind_spots: list[BlindSpot] = []
    for found in dynamic_sites(finder.calls, source, is_stub=is_stub, is_package=is_package):
        if isinstance(found, BlindSpot):
            blind_spots.append(found)
        else:
            sites.append(found)
    sites.sort(key=lambda site: (site.span, site.module, site.name or "", site.kind))
    blind_spots.sort(key=lambda spot: spot.span)
    exports = finder.exports.names if depth > Depth.EXCERPT else None
    finder.forget()
    return FileImports(
        tuple(sites),
        tuple(blind_spots),
        None if exports is None else tuple(dict.fromkeys(exports)),
        depth=depth,
    )


_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


class _ImportFinder(ScopeWalker):
    """Takes note of all that bears on imports."""

    def __init__(self, source: SourceText, *, is_stub: bool, depth: Depth) -> None:
        super().__init__()
        self._depth = depth
        self._telling = find_telling_lines(source, depth)
        self.sites: list[ImportSite] = []
        self.uses: list[Use[ast.Attribute]] = []
        self.calls: list[Use[ast.Call]] = []
        self.imported_names: set[str] = set()
        self.exports = Exports()
        self._source = source
        self._is_stub = is_stub
        self._may_call_imports = any(trace in source.text for trace in CALL_TRACES) or not source.text.isascii()

    def visit(self, node: ast.AST) -> None:
        if self._telling is not None:
            if isinstance(node, ast.expr):
                if not (self._depth >= Depth.CALLS and self._telling.has_any_in(node)):
                    if isinstance(node, ast.Call) and self.scope.kind is ScopeKind.MODULE:
                        self.exports.call(node)
                    if not isinstance(getattr(node, "ctx", None), ast.Store | ast.Del):
                        return
            elif isinstance(node, _DEFINITIONS) and not self._telling.has_any_in(node, *node.decorator_list):
                # Few functions import anything: the others are a name, and a text not worth a walk.
                self.bind(node.name)
                return
        super().visit(node)

    def _visit_import(self, node: ast.Import) -> None:
        kind, statement = self._kind_of(node), self._source.span_of(node)
        for alias in node.names:
            span = self._span_of_name(alias)
            self.sites.append(ImportSite(alias.name, None, kind, span, span, statement))
            first = alias.name.partition(".")[0]
            self._bind_import(alias.asname or first, alias.name if alias.asname else first)

    def _visit_import_from(self, node: ast.ImportFrom) -> None:
        kind, statement = self._kind_of(node), self._source.span_of(node)
        module = "." * node.level + (node.module or "")
        module_span = self._source.span(*self._source.module_after_from(self._source.range_of(node)[0]))
        for alias in node.names:
            span = self._span_of_name(alias)
            self.sites.append(ImportSite(module, alias.name, kind, span, module_span, statement))
            if alias.name != "*":
                self._bind_import(alias.asname or alias.name, join_names(module, (alias.name,)))

    def _span_of_name(self, alias: ast.alias) -> Span:
        """Return the place of a name without what `as` makes of it."""
        if alias.asname is None:
            return self._source.span_of(alias)
        return self._source.span(*self._source.dotted_name_at(self._source.range_of(alias)[0]))

    def _kind_of(self, node: ast.Import | ast.ImportFrom) -> ImportKind:
        block = self.block
        if self._is_stub:
            return ImportKind.STUB
        if block.typing:
            return ImportKind.TYPING
        if getattr(node, "is_lazy", False):
            return ImportKind.LAZY
        if block.deferred:
            return ImportKind.DEFERRED
        return ImportKind.CONDITIONAL if block.conditional else ImportKind.RUNTIME

    def _bind_import(self, name: str, target: str) -> None:
        self.imported_names.add(name)
        self.bind(name, target=target)

    def _visit_attribute(self, node: ast.Attribute) -> None:
        chain = chain_of(node)
        if chain is not None:
            if self._depth < Depth.EVERYTHING:
                return
            self.uses.append(Use(chain, node, self.place(), self.statement, self.text))
            return
        inner: ast.expr = node
        while isinstance(inner, ast.Attribute):
            inner = inner.value
        self.visit(inner)

    def _visit_call(self, node: ast.Call) -> None:
        if self.scope.kind is ScopeKind.MODULE:
            self.exports.call(node)
        if self._may_call_imports:
            chain = chain_of(node.func)
            # Whatever the first name stands for, the last one is that of the function; a name alone may be an alias.
            if chain is not None and (len(chain) == 1 or chain[-1] in MARKERS):
                self.calls.append(Use(chain, node, self.place(), self.statement, self.text))
        self.visit_children(node)

    def _visit_assign(self, node: ast.Assign) -> None:
        if self.scope.kind is ScopeKind.MODULE:
            self.exports.assign(node.targets, node.value, definite=not self.block.conditional)
        super()._visit_assign(node)

    def _visit_ann_assign(self, node: ast.AnnAssign) -> None:
        if self.scope.kind is ScopeKind.MODULE and node.value is not None:
            self.exports.assign([node.target], node.value, definite=not self.block.conditional)
        super()._visit_ann_assign(node)

    def _visit_aug_assign(self, node: ast.AugAssign) -> None:
        if self.scope.kind is ScopeKind.MODULE and isinstance(node.op, ast.Add):
            self.exports.extend(node.target, node.value)
        super()._visit_aug_assign(node)

    visitors = {  # noqa: RUF012  (as in the class above)
        **ScopeWalker.visitors,
        "Import": _visit_import,
        "ImportFrom": _visit_import_from,
        "Attribute": _visit_attribute,
        "Call": _visit_call,
        "Assign": _visit_assign,
        "AnnAssign": _visit_ann_assign,
        "AugAssign": _visit_aug_assign,
    }
