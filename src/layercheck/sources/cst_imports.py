"""The syntax tree of a file from libcst, in the nodes of `ast`: for syntax that is newer than the running Python."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, Any

from layercheck.sources.cst_expressions import ExpressionTranslator, Group, python_name
from layercheck.sources.source_text import STRING_OR_COMMENT, SourceText

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import libcst
    from libcst.metadata import CodeRange


class TypeAlias(ast.stmt):
    """`type X[T] = …`, which `ast` has from Python 3.12 on."""

    _fields = ("name", "type_params", "value")

    def __init__(self, name: ast.Name, type_params: list[TypeParameter], value: ast.expr) -> None:
        super().__init__()
        self.name = name
        self.type_params = type_params
        self.value = value


class TypeParameter(ast.AST):
    """One of the `[T: bound = default]` of Python 3.12."""

    _fields = ("bound", "default_value")

    def __init__(self, name: str, bound: ast.expr | None, default_value: ast.expr | None) -> None:
        super().__init__()
        self.name = name
        self.bound = bound
        self.default_value = default_value


def read_with_libcst(text: str) -> tuple[ast.Module, SourceText]:
    """Parse a text; return the tree, and the text in which its nodes have their places.

    Needs a deep stack; raises libcst.ParserSyntaxError, SyntaxError or RecursionError.
    """
    from libcst import parse_module  # noqa: PLC0415  # takes 175 ms, and few files need it
    from libcst.metadata import MetadataWrapper, PositionProvider  # noqa: PLC0415  # as above

    _refuse_what_kills_libcst(text)
    module = parse_module(text)
    wrapper = MetadataWrapper(module, unsafe_skip_copy=True)
    translator = _Translator(wrapper.resolve(PositionProvider))
    return ast.Module(translator.body(module.body), []), SourceText(text, columns_are_bytes=False)


_TEXT = re.compile(STRING_OR_COMMENT, re.DOTALL)
_BRACKET = re.compile(r"[(\[{]|[)\]}]")
_DEEPEST_BRACKETS = 200
"""What Python allows."""
_SEPARATOR = re.compile(r"[,;:=()\[\]{}]|\n(?=\S)")
_OPERATOR = re.compile(r"[-+*/%&|^~<>@.]|\b(?:and|or|not|in|is|if|await|lambda)\b")
_MOST_OPERATORS = 2000
"""In one expression: libcst's time grows with their square (1,000: 0.4 s, 6,000: 40 s), and prefixes overflow its stack."""
_ENDLESS_CALLS = re.compile(r"(?:\(\)|\[\w*\]|lambda\b[^:\n]*:\s*){1000}")


def _refuse_what_kills_libcst(text: str) -> None:
    code = _TEXT.sub("", text)
    depth = 0
    for bracket in _BRACKET.findall(code):
        depth = depth + 1 if bracket in "([{" else max(depth - 1, 0)
        if depth > _DEEPEST_BRACKETS:
            raise RecursionError("brackets are nested too deeply")
    for piece in _SEPARATOR.split(code):
        if len(piece) > _MOST_OPERATORS and len(_OPERATOR.findall(piece)) > _MOST_OPERATORS:
            raise RecursionError("operators are nested too deeply")
    if _ENDLESS_CALLS.search(code):
        raise RecursionError("calls are nested too deeply")


class _Translator(ExpressionTranslator):
    """Adds the statements."""

    def __init__(self, positions: Mapping[libcst.CSTNode, CodeRange]) -> None:
        super().__init__(positions)
        self.translators |= {
            "Import": self._import,
            "LazyImport": self._lazy_import,
            "ImportFrom": self._import_from,
            "LazyImportFrom": self._lazy_import_from,
            "If": self._if,
            "While": self._while,
            "For": self._for,
            "With": self._with,
            "Try": self._try,
            "TryStar": self._try,
            "Match": self._match,
            "FunctionDef": self._function_def,
            "ClassDef": self._class_def,
            "TypeAlias": self._type_alias,
            "Expr": self._expr,
            "Assign": self._assign,
            "AnnAssign": self._ann_assign,
            "AugAssign": self._aug_assign,
            "Del": self._del,
            "Global": self._global,
            "Nonlocal": self._nonlocal,
        }

    def body(self, statements: Iterable[Any]) -> list[ast.stmt]:
        """Translate the statements of a block; lines of several small statements are laid out flat."""
        found: list[ast.stmt] = []
        for statement in statements:
            small = statement.body if type(statement).__name__ == "SimpleStatementLine" else [statement]
            found.extend(map(self._statement, small))
        return found

    def _suite(self, owner: Any) -> list[ast.stmt]:
        return [] if owner is None else self.body(owner.body.body)

    def _statement(self, node: Any) -> ast.stmt:
        translator = self.translators.get(type(node).__name__)
        made: ast.stmt = self.placed(node, translator(node) if translator else ast.Expr(Group(list(self.parts(node)))))
        return made

    # Imports

    def _import(self, node: Any) -> ast.stmt:
        return ast.Import([self._alias(alias) for alias in node.names])

    def _lazy_import(self, node: Any) -> ast.stmt:
        return _lazy(self._import(node))

    def _import_from(self, node: Any) -> ast.stmt:
        names = node.names
        star = not isinstance(names, tuple | list)
        aliases = [self.placed(names, ast.alias("*"))] if star else [self._alias(alias) for alias in names]
        return ast.ImportFrom(_dotted(node.module) or None, aliases, len(node.relative))

    def _lazy_import_from(self, node: Any) -> ast.stmt:
        return _lazy(self._import_from(node))

    def _alias(self, node: Any) -> ast.alias:
        renamed = python_name(node.asname.name.value) if node.asname else None
        alias: ast.alias = self.placed(node, ast.alias(_dotted(node.name), renamed))
        return alias

    # Compound statements

    def _if(self, node: Any) -> ast.stmt:
        orelse = node.orelse
        other = [self._statement(orelse)] if type(orelse).__name__ == "If" else self._suite(orelse)
        return ast.If(self.expression(node.test), self._suite(node), other)

    def _while(self, node: Any) -> ast.stmt:
        return ast.While(self.expression(node.test), self._suite(node), self._suite(node.orelse))

    def _for(self, node: Any) -> ast.stmt:
        target, iterable = self.target(node.target), self.expression(node.iter)
        return ast.For(target, iterable, self._suite(node), self._suite(node.orelse))

    def _with(self, node: Any) -> ast.stmt:
        items = [
            ast.withitem(self.expression(item.item), self.target(item.asname.name) if item.asname else None)
            for item in node.items
        ]
        return ast.With(items, self._suite(node))

    def _try(self, node: Any) -> ast.stmt:
        handlers = [
            ast.ExceptHandler(
                self.expression(handler.type),
                python_name(handler.name.name.value) if handler.name else None,
                self._suite(handler),
            )
            for handler in node.handlers
        ]
        return ast.Try(self._suite(node), handlers, self._suite(node.orelse), self._suite(node.finalbody))

    def _match(self, node: Any) -> ast.stmt:
        cases = [
            ast.match_case(self.expression(case.pattern), self.expression(case.guard), self._suite(case))
            for case in node.cases
        ]
        return ast.Match(self.expression(node.subject), cases)

    # Definitions

    def _function_def(self, node: Any) -> ast.stmt:
        made = ast.FunctionDef(
            python_name(node.name.value),
            self.arguments(node.params),
            self._suite(node),
            [self.expression(decorator.decorator) for decorator in node.decorators],
            self.expression(node.returns.annotation) if node.returns else None,
        )
        made.type_params = self._type_parameters(node)  # type: ignore[attr-defined]  # a field since Python 3.12
        return made

    def _class_def(self, node: Any) -> ast.stmt:
        made = ast.ClassDef(
            python_name(node.name.value),
            [self.expression(base.value) for base in node.bases],
            [ast.keyword(None, self.expression(keyword.value)) for keyword in node.keywords],
            self._suite(node),
            [self.expression(decorator.decorator) for decorator in node.decorators],
        )
        made.type_params = self._type_parameters(node)  # type: ignore[attr-defined]  # a field since Python 3.12
        return made

    def _type_parameters(self, node: Any) -> list[TypeParameter]:
        return [
            TypeParameter(
                python_name(parameter.param.name.value),
                self.expression(getattr(parameter.param, "bound", None)),
                self.expression(parameter.default),
            )
            for parameter in (node.type_parameters.params if node.type_parameters else ())
        ]

    def _type_alias(self, node: Any) -> ast.stmt:
        return TypeAlias(self.target(node.name), self._type_parameters(node), self.expression(node.value))

    # Small statements

    def _expr(self, node: Any) -> ast.stmt:
        return ast.Expr(self.expression(node.value))

    def _assign(self, node: Any) -> ast.stmt:
        return ast.Assign([self.target(target.target) for target in node.targets], self.expression(node.value))

    def _ann_assign(self, node: Any) -> ast.stmt:
        annotation = self.expression(node.annotation.annotation)
        return ast.AnnAssign(self.target(node.target), annotation, self.expression(node.value), 1)

    def _aug_assign(self, node: Any) -> ast.stmt:
        operator = ast.Add() if type(node.operator).__name__ == "AddAssign" else ast.Sub()
        return ast.AugAssign(self.target(node.target), operator, self.expression(node.value))

    def _del(self, node: Any) -> ast.stmt:
        return ast.Delete([self.target(node.target)])

    def _global(self, node: Any) -> ast.stmt:
        return ast.Global([python_name(item.name.value) for item in node.names])

    def _nonlocal(self, node: Any) -> ast.stmt:
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
