"""The syntax tree of a file from libcst, in the nodes of `ast`: for syntax that is newer than the running Python."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from layercheck.sources.cst_expressions import ExpressionTranslator, Group, python_name
from layercheck.sources.source_text import SourceText

if TYPE_CHECKING:
    from collections.abc import Iterable


class TypeAlias(ast.stmt):
    """`type X[T] = …`, which `ast` has from Python 3.12 on."""

    _fields = ("name", "type_params", "value")


class TypeParameter(ast.AST):
    """One of the `[T: bound = default]` of Python 3.12."""

    _fields = ("bound", "default_value")


def read_with_libcst(text: str) -> tuple[ast.Module, SourceText]:
    """The tree and the text in which its nodes have their places.

    Needs a deep stack; raises libcst.ParserSyntaxError, SyntaxError or RecursionError.
    """
    from libcst import parse_module  # noqa: PLC0415  # takes 175 ms, and few files need it
    from libcst.metadata import MetadataWrapper, PositionProvider  # noqa: PLC0415  # as above

    module = parse_module(text)
    wrapper = MetadataWrapper(module, unsafe_skip_copy=True)
    translator = _Translator(wrapper.resolve(PositionProvider))
    return ast.Module(translator.body(module.body), []), SourceText(text, columns_are_bytes=False)


class _Translator(ExpressionTranslator):
    """Adds the statements."""

    def body(self, statements: Iterable[Any]) -> list[ast.stmt]:
        """The statements of a block; lines of several small statements are laid out flat."""
        found: list[ast.stmt] = []
        for statement in statements:
            small = statement.body if type(statement).__name__ == "SimpleStatementLine" else [statement]
            found.extend(self._statement(node) for node in small)
        return found

    def _suite(self, owner: Any) -> list[ast.stmt]:
        return [] if owner is None else self.body(owner.body.body)

    def _statement(self, node: Any) -> ast.stmt:
        translator = self._translators.get(type(node).__name__)
        return self._placed(node, translator(node) if translator else ast.Expr(Group(list(self._parts(node)))))

    # Imports

    def _from_Import(self, node: Any) -> ast.stmt:
        return ast.Import([self._alias(alias) for alias in node.names])

    def _from_LazyImport(self, node: Any) -> ast.stmt:
        return _lazy(self._from_Import(node))

    def _from_ImportFrom(self, node: Any) -> ast.stmt:
        names = node.names
        star = not isinstance(names, tuple | list)
        aliases = [self._placed(names, ast.alias("*"))] if star else [self._alias(alias) for alias in names]
        return ast.ImportFrom(_dotted(node.module) or None, aliases, len(node.relative))

    def _from_LazyImportFrom(self, node: Any) -> ast.stmt:
        return _lazy(self._from_ImportFrom(node))

    def _alias(self, node: Any) -> ast.alias:
        renamed = python_name(node.asname.name.value) if node.asname else None
        alias: ast.alias = self._placed(node, ast.alias(_dotted(node.name), renamed))
        return alias

    # Compound statements

    def _from_If(self, node: Any) -> ast.stmt:
        orelse = node.orelse
        other = [self._statement(orelse)] if type(orelse).__name__ == "If" else self._suite(orelse)
        return ast.If(self._expression(node.test), self._suite(node), other)

    def _from_While(self, node: Any) -> ast.stmt:
        return ast.While(self._expression(node.test), self._suite(node), self._suite(node.orelse))

    def _from_For(self, node: Any) -> ast.stmt:
        target, iterable = self._target(node.target), self._expression(node.iter)
        return ast.For(target, iterable, self._suite(node), self._suite(node.orelse))

    def _from_With(self, node: Any) -> ast.stmt:
        items = [
            ast.withitem(self._expression(item.item), self._target(item.asname.name) if item.asname else None)
            for item in node.items
        ]
        return ast.With(items, self._suite(node))

    def _from_Try(self, node: Any) -> ast.stmt:
        handlers = [
            ast.ExceptHandler(
                self._expression(handler.type),
                python_name(handler.name.name.value) if handler.name else None,
                self._suite(handler),
            )
            for handler in node.handlers
        ]
        return ast.Try(self._suite(node), handlers, self._suite(node.orelse), self._suite(node.finalbody))

    _from_TryStar = _from_Try

    def _from_Match(self, node: Any) -> ast.stmt:
        cases = [
            ast.match_case(self._expression(case.pattern), self._expression(case.guard), self._suite(case))
            for case in node.cases
        ]
        return ast.Match(self._expression(node.subject), cases)

    # Definitions

    def _from_FunctionDef(self, node: Any) -> ast.stmt:
        made = ast.FunctionDef(
            python_name(node.name.value),
            self._arguments(node.params),
            self._suite(node),
            [self._expression(decorator.decorator) for decorator in node.decorators],
            self._expression(node.returns.annotation) if node.returns else None,
        )
        made.type_params = self._type_parameters(node)  # type: ignore[attr-defined]  # a field since Python 3.12
        return made

    def _from_ClassDef(self, node: Any) -> ast.stmt:
        made = ast.ClassDef(
            python_name(node.name.value),
            [self._expression(base.value) for base in node.bases],
            [ast.keyword(None, self._expression(keyword.value)) for keyword in node.keywords],
            self._suite(node),
            [self._expression(decorator.decorator) for decorator in node.decorators],
        )
        made.type_params = self._type_parameters(node)  # type: ignore[attr-defined]  # a field since Python 3.12
        return made

    def _type_parameters(self, node: Any) -> list[ast.AST]:
        made: list[ast.AST] = []
        for parameter in node.type_parameters.params if node.type_parameters else ():
            translated = TypeParameter(
                self._expression(getattr(parameter.param, "bound", None)), self._expression(parameter.default)
            )
            translated.name = python_name(parameter.param.name.value)  # type: ignore[attr-defined]  # no child node
            made.append(translated)
        return made

    def _from_TypeAlias(self, node: Any) -> ast.stmt:
        return TypeAlias(self._target(node.name), self._type_parameters(node), self._expression(node.value))

    # Small statements

    def _from_Expr(self, node: Any) -> ast.stmt:
        return ast.Expr(self._expression(node.value))

    def _from_Assign(self, node: Any) -> ast.stmt:
        return ast.Assign([self._target(target.target) for target in node.targets], self._expression(node.value))

    def _from_AnnAssign(self, node: Any) -> ast.stmt:
        annotation = self._expression(node.annotation.annotation)
        return ast.AnnAssign(self._target(node.target), annotation, self._expression(node.value), 1)

    def _from_AugAssign(self, node: Any) -> ast.stmt:
        operator = ast.Add() if type(node.operator).__name__ == "AddAssign" else ast.Sub()
        return ast.AugAssign(self._target(node.target), operator, self._expression(node.value))

    def _from_Del(self, node: Any) -> ast.stmt:
        return ast.Delete([self._target(node.target)])

    def _from_Global(self, node: Any) -> ast.stmt:
        return ast.Global([python_name(item.name.value) for item in node.names])

    def _from_Nonlocal(self, node: Any) -> ast.stmt:
        return ast.Nonlocal([python_name(item.name.value) for item in node.names])


def _lazy(node: ast.stmt) -> ast.stmt:
    node.is_lazy = True  # type: ignore[attr-defined]  # a field since Python 3.15
    return node


def _dotted(node: Any) -> str:
    names: list[str] = []
    while node is not None and type(node).__name__ == "Attribute":
        names.append(python_name(node.attr.value))
        node = node.value
    return ".".join((python_name(node.value), *reversed(names))) if node is not None else ""
