"""libcst's expressions and patterns in the nodes of `ast`.

Only what bears on imports and names is translated faithfully; every other expression becomes a `Group` of its parts.
"""

from __future__ import annotations

import ast
import unicodedata
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    import libcst
    from libcst.metadata import CodeRange


class Group(ast.expr):
    """Any expression of which only the parts matter."""

    _fields = ("items",)


class ExpressionTranslator:
    """libcst nodes to `ast` nodes, looked up by the names of their classes."""

    def __init__(self, positions: Mapping[libcst.CSTNode, CodeRange]) -> None:
        self._positions = positions
        self._translators: dict[str, Callable[[Any], ast.AST]] = {
            name.removeprefix("_from_"): getattr(self, name) for name in dir(self) if name.startswith("_from_")
        }

    def _expression(self, node: Any) -> Any:
        if node is None:
            return None
        translator = self._translators.get(type(node).__name__)
        return self._placed(node, translator(node) if translator else Group(list(self._parts(node))))

    def _parts(self, node: Any) -> Iterator[ast.expr]:
        """The expressions directly below a node, through all that is no expression itself."""
        for child in node.children:
            if type(child).__name__ in self._translators:
                yield self._expression(child)
            else:
                yield from self._parts(child)

    def _placed(self, node: Any, translated: Any) -> Any:
        place = self._positions.get(node)
        if place is not None and not hasattr(translated, "lineno"):
            translated.lineno, translated.col_offset = place.start.line, place.start.column
            translated.end_lineno, translated.end_col_offset = place.end.line, place.end.column
        return translated

    def _target(self, node: Any) -> Any:
        """A target of an assignment: its names are bound, not used."""
        match type(node).__name__:
            case "Name":
                return self._placed(node, ast.Name(python_name(node.value), ast.Store()))
            case "Tuple" | "List":
                return self._placed(node, ast.Tuple([self._target(item.value) for item in node.elements], ast.Store()))
        return self._expression(node)

    def _from_MatchValue(self, node: Any) -> ast.AST:
        return self._expression(node.value)  # type: ignore[no-any-return]  # made by this translator

    def _from_MatchAs(self, node: Any) -> ast.AST:
        return ast.MatchAs(self._expression(node.pattern), python_name(node.name.value) if node.name else None)

    def _from_MatchStar(self, node: Any) -> ast.AST:
        return ast.MatchStar(python_name(node.name.value) if node.name else None)

    def _from_MatchMapping(self, node: Any) -> ast.AST:
        patterns = [part for element in node.elements for part in self._parts(element)]
        return ast.MatchMapping([], patterns, python_name(node.rest.value) if node.rest else None)

    def _from_MatchKeywordElement(self, node: Any) -> ast.AST:
        return self._expression(node.pattern)  # type: ignore[no-any-return]  # made by this translator

    def _arguments(self, node: Any) -> ast.arguments:
        plain = [*node.posonly_params, *node.params]
        stars = [
            self._argument(star) if type(star).__name__ == "Param" else None
            for star in (node.star_arg, node.star_kwarg)
        ]
        return ast.arguments(
            [],
            [self._argument(parameter) for parameter in plain],
            stars[0],
            [self._argument(parameter) for parameter in node.kwonly_params],
            [self._expression(parameter.default) for parameter in node.kwonly_params],
            stars[1],
            [self._expression(parameter.default) for parameter in plain if parameter.default],
        )

    def _argument(self, node: Any) -> ast.arg:
        return ast.arg(
            python_name(node.name.value), self._expression(node.annotation.annotation if node.annotation else None)
        )

    # Expressions

    def _from_Name(self, node: Any) -> ast.AST:
        constants = {"True": True, "False": False, "None": None}
        if node.value in constants:
            return ast.Constant(constants[node.value])
        return ast.Name(python_name(node.value), ast.Load())

    def _from_Attribute(self, node: Any) -> ast.AST:
        return ast.Attribute(self._expression(node.value), python_name(node.attr.value), ast.Load())

    def _from_Call(self, node: Any) -> ast.AST:
        arguments: list[Any] = []
        keywords = []
        for argument in node.args:
            value = self._expression(argument.value)
            if argument.keyword is not None or argument.star == "**":
                keywords.append(ast.keyword(python_name(argument.keyword.value) if argument.keyword else None, value))
            else:
                arguments.append(ast.Starred(value, ast.Load()) if argument.star else value)
        return ast.Call(self._expression(node.func), arguments, keywords)

    def _from_Lambda(self, node: Any) -> ast.AST:
        return ast.Lambda(self._arguments(node.params), self._expression(node.body))

    def _from_NamedExpr(self, node: Any) -> ast.AST:
        return ast.NamedExpr(self._target(node.target), self._expression(node.value))

    def _from_IfExp(self, node: Any) -> ast.AST:
        return ast.IfExp(self._expression(node.test), self._expression(node.body), self._expression(node.orelse))

    def _from_BooleanOperation(self, node: Any) -> ast.AST:
        operator = ast.And() if type(node.operator).__name__ == "And" else ast.Or()
        return ast.BoolOp(operator, [self._expression(node.left), self._expression(node.right)])

    def _from_UnaryOperation(self, node: Any) -> ast.AST:
        operator = ast.Not() if type(node.operator).__name__ == "Not" else ast.UAdd()
        return ast.UnaryOp(operator, self._expression(node.expression))

    def _from_BinaryOperation(self, node: Any) -> ast.AST:
        operator = ast.Add() if type(node.operator).__name__ == "Add" else ast.Sub()
        return ast.BinOp(self._expression(node.left), operator, self._expression(node.right))

    def _from_List(self, node: Any) -> ast.AST:
        return ast.List([self._expression(item) for item in node.elements], ast.Load())

    def _from_Tuple(self, node: Any) -> ast.AST:
        return ast.Tuple([self._expression(item) for item in node.elements], ast.Load())

    def _from_Element(self, node: Any) -> ast.AST:
        return self._expression(node.value)  # type: ignore[no-any-return]  # made by this translator

    def _from_Integer(self, node: Any) -> ast.AST:
        return ast.Constant(node.evaluated_value)

    _from_Float = _from_Imaginary = _from_SimpleString = _from_Integer

    def _from_Ellipsis(self, _: Any) -> ast.AST:
        return ast.Constant(...)

    def _from_ConcatenatedString(self, node: Any) -> ast.AST:
        value = node.evaluated_value
        return ast.Constant(value) if value is not None else ast.JoinedStr(list(self._parts(node)))

    def _from_FormattedString(self, node: Any) -> ast.AST:
        return ast.JoinedStr(list(self._parts(node)))

    _from_TemplatedString = _from_FormattedString

    def _from_ListComp(self, node: Any) -> ast.AST:
        return ast.ListComp(self._expression(node.elt), list(self._generators(node.for_in)))

    _from_SetComp = _from_GeneratorExp = _from_ListComp

    def _from_DictComp(self, node: Any) -> ast.AST:
        return ast.DictComp(
            self._expression(node.key), self._expression(node.value), list(self._generators(node.for_in))
        )

    def _generators(self, node: Any) -> Iterator[ast.comprehension]:
        while node is not None:
            tests = [self._expression(test.test) for test in node.ifs]
            yield ast.comprehension(self._target(node.target), self._expression(node.iter), tests, 0)
            node = node.inner_for_in


def python_name(text: str) -> str:
    """An identifier as Python compares it."""
    return text if text.isascii() else unicodedata.normalize("NFKC", text)
