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

    def __init__(self, items: list[ast.expr]) -> None:
        super().__init__()
        self.items = items


class ExpressionTranslator:
    """libcst nodes to `ast` nodes, looked up by the names of their classes."""

    def __init__(self, positions: Mapping[libcst.CSTNode, CodeRange]) -> None:
        self.positions = positions
        self.translators: dict[str, Callable[[Any], ast.AST]] = {
            "MatchValue": self._match_value,
            "MatchAs": self._match_as,
            "MatchStar": self._match_star,
            "MatchMapping": self._match_mapping,
            "MatchKeywordElement": self._match_keyword_element,
            "Name": self._name,
            "Attribute": self._attribute,
            "Call": self._call,
            "Lambda": self._lambda,
            "NamedExpr": self._named_expr,
            "IfExp": self._if_exp,
            "BooleanOperation": self._boolean_operation,
            "UnaryOperation": self._unary_operation,
            "BinaryOperation": self._binary_operation,
            "List": self._list,
            "Tuple": self._tuple,
            "Element": self._element,
            "Integer": self._integer,
            "Float": self._integer,
            "Imaginary": self._integer,
            "SimpleString": self._integer,
            "Ellipsis": self._ellipsis,
            "ConcatenatedString": self._concatenated_string,
            "FormattedString": self._formatted_string,
            "TemplatedString": self._formatted_string,
            "ListComp": self._list_comp,
            "SetComp": self._list_comp,
            "GeneratorExp": self._list_comp,
            "DictComp": self._dict_comp,
        }

    def expression(self, node: Any) -> Any:
        if node is None:
            return None
        translator = self.translators.get(type(node).__name__)
        return self.placed(node, translator(node) if translator else Group(list(self.parts(node))))

    def parts(self, node: Any) -> Iterator[ast.expr]:
        """Find the expressions directly below a node, through all that is no expression itself."""
        for child in node.children:
            if type(child).__name__ in self.translators:
                yield self.expression(child)
            else:
                yield from self.parts(child)

    def placed(self, node: Any, translated: Any) -> Any:
        """Give a translated node the place of the original, as `ast` counts it."""
        place = self.positions.get(node)
        if place is not None and not hasattr(translated, "lineno"):
            start, end = place.start, place.end
            # The parentheses of these belong to them.
            if type(node).__name__ in {"Tuple", "GeneratorExp", "MatchTuple"} and node.lpar:
                start, end = self.positions[node.lpar[-1]].start, self.positions[node.rpar[0]].end
            translated.lineno, translated.col_offset = start.line, start.column
            translated.end_lineno, translated.end_col_offset = end.line, end.column
        return translated

    def target(self, node: Any) -> Any:
        """Translate a target of an assignment: its names are bound, not used."""
        match type(node).__name__:
            case "Name":
                return self.placed(node, ast.Name(python_name(node.value), ast.Store()))
            case "Tuple" | "List":
                return self.placed(node, ast.Tuple([self.target(item.value) for item in node.elements], ast.Store()))
        return self.expression(node)

    def _match_value(self, node: Any) -> ast.AST:
        return self.expression(node.value)  # type: ignore[no-any-return]  # made by this translator

    def _match_as(self, node: Any) -> ast.AST:
        return ast.MatchAs(self.expression(node.pattern), python_name(node.name.value) if node.name else None)

    def _match_star(self, node: Any) -> ast.AST:
        return ast.MatchStar(python_name(node.name.value) if node.name else None)

    def _match_mapping(self, node: Any) -> ast.AST:
        patterns: list[Any] = [part for element in node.elements for part in self.parts(element)]
        return ast.MatchMapping([], patterns, python_name(node.rest.value) if node.rest else None)

    def _match_keyword_element(self, node: Any) -> ast.AST:
        return self.expression(node.pattern)  # type: ignore[no-any-return]  # made by this translator

    def arguments(self, node: Any) -> ast.arguments:
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
            [self.expression(parameter.default) for parameter in node.kwonly_params],
            stars[1],
            [self.expression(parameter.default) for parameter in plain if parameter.default],
        )

    def _argument(self, node: Any) -> ast.arg:
        return ast.arg(
            python_name(node.name.value), self.expression(node.annotation.annotation if node.annotation else None)
        )

    # Expressions

    def _name(self, node: Any) -> ast.AST:
        constants = {"True": True, "False": False, "None": None}
        if node.value in constants:
            return ast.Constant(constants[node.value])
        return ast.Name(python_name(node.value), ast.Load())

    def _attribute(self, node: Any) -> ast.AST:
        return ast.Attribute(self.expression(node.value), python_name(node.attr.value), ast.Load())

    def _call(self, node: Any) -> ast.AST:
        arguments: list[Any] = []
        keywords = []
        for argument in node.args:
            value = self.expression(argument.value)
            if argument.keyword is not None or argument.star == "**":
                keywords.append(ast.keyword(python_name(argument.keyword.value) if argument.keyword else None, value))
            else:
                arguments.append(ast.Starred(value, ast.Load()) if argument.star else value)
        return ast.Call(self.expression(node.func), arguments, keywords)

    def _lambda(self, node: Any) -> ast.AST:
        return ast.Lambda(self.arguments(node.params), self.expression(node.body))

    def _named_expr(self, node: Any) -> ast.AST:
        return ast.NamedExpr(self.target(node.target), self.expression(node.value))

    def _if_exp(self, node: Any) -> ast.AST:
        return ast.IfExp(self.expression(node.test), self.expression(node.body), self.expression(node.orelse))

    def _boolean_operation(self, node: Any) -> ast.AST:
        operator = ast.And() if type(node.operator).__name__ == "And" else ast.Or()
        return ast.BoolOp(operator, [self.expression(node.left), self.expression(node.right)])

    def _unary_operation(self, node: Any) -> ast.AST:
        operator = ast.Not() if type(node.operator).__name__ == "Not" else ast.UAdd()
        return ast.UnaryOp(operator, self.expression(node.expression))

    def _binary_operation(self, node: Any) -> ast.AST:
        operator = ast.Add() if type(node.operator).__name__ == "Add" else ast.Sub()
        return ast.BinOp(self.expression(node.left), operator, self.expression(node.right))

    def _list(self, node: Any) -> ast.AST:
        return ast.List([self.expression(item) for item in node.elements], ast.Load())

    def _tuple(self, node: Any) -> ast.AST:
        return ast.Tuple([self.expression(item) for item in node.elements], ast.Load())

    def _element(self, node: Any) -> ast.AST:
        return self.expression(node.value)  # type: ignore[no-any-return]  # made by this translator

    def _integer(self, node: Any) -> ast.AST:
        return ast.Constant(node.evaluated_value)

    def _ellipsis(self, _: Any) -> ast.AST:
        return ast.Constant(...)

    def _concatenated_string(self, node: Any) -> ast.AST:
        value = node.evaluated_value
        return ast.Constant(value) if value is not None else ast.JoinedStr(list(self.parts(node)))

    def _formatted_string(self, node: Any) -> ast.AST:
        return ast.JoinedStr(list(self.parts(node)))

    def _list_comp(self, node: Any) -> ast.AST:
        return ast.ListComp(self.expression(node.elt), list(self._generators(node.for_in)))

    def _dict_comp(self, node: Any) -> ast.AST:
        return ast.DictComp(self.expression(node.key), self.expression(node.value), list(self._generators(node.for_in)))

    def _generators(self, node: Any) -> Iterator[ast.comprehension]:
        while node is not None:
            tests = [self.expression(test.test) for test in node.ifs]
            yield ast.comprehension(self.target(node.target), self.expression(node.iter), tests, 0)
            node = node.inner_for_in


def python_name(text: str) -> str:
    """Return an identifier as Python compares it."""
    return text if text.isascii() else unicodedata.normalize("NFKC", text)
