"""libcst's expressions in the nodes of `ast`; strings are in `cst_strings.py`."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from layercheck.python.newer.cst_arguments import call_arguments, parameters
from layercheck.python.newer.cst_translator import LOAD, fields, put, python_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layercheck.python.newer.cst_translator import Translate, Translator

_CONSTANTS = {"True": True, "False": False, "None": None}

BINARY_OPERATORS: dict[str, ast.operator] = {
    "Add": ast.Add(),
    "Subtract": ast.Sub(),
    "Multiply": ast.Mult(),
    "Divide": ast.Div(),
    "FloorDivide": ast.FloorDiv(),
    "Modulo": ast.Mod(),
    "Power": ast.Pow(),
    "LeftShift": ast.LShift(),
    "RightShift": ast.RShift(),
    "BitOr": ast.BitOr(),
    "BitAnd": ast.BitAnd(),
    "BitXor": ast.BitXor(),
    "MatrixMultiply": ast.MatMult(),
}
_UNARY_OPERATORS: dict[str, ast.unaryop] = {
    "Plus": ast.UAdd(),
    "Minus": ast.USub(),
    "BitInvert": ast.Invert(),
    "Not": ast.Not(),
}
_BOOLEAN_OPERATORS: dict[str, ast.boolop] = {"And": ast.And(), "Or": ast.Or()}
_COMPARISONS: dict[str, ast.cmpop] = {
    "LessThan": ast.Lt(),
    "GreaterThan": ast.Gt(),
    "Equal": ast.Eq(),
    "LessThanEqual": ast.LtE(),
    "GreaterThanEqual": ast.GtE(),
    "NotEqual": ast.NotEq(),
    "In": ast.In(),
    "NotIn": ast.NotIn(),
    "Is": ast.Is(),
    "IsNot": ast.IsNot(),
}


def _kind(node: Any) -> str:
    return type(node).__name__


def _name(_: Translator, node: Any) -> ast.expr:
    if node.value in _CONSTANTS:
        return ast.Constant(_CONSTANTS[node.value])
    return ast.Name(python_name(node.value), LOAD)


def _number(_: Translator, node: Any) -> ast.expr:
    text = node.value
    return ast.Constant(int(text) if text.isdecimal() and text[0] != "0" else node.evaluated_value)


def _attribute(to: Translator, node: Any) -> ast.expr:
    return ast.Attribute(to.translate(node.value), python_name(node.attr.value), LOAD)


# Operations


def _unary_operation(to: Translator, node: Any) -> ast.expr:
    return ast.UnaryOp(_UNARY_OPERATORS[_kind(node.operator)], to.translate(node.expression))


def _binary_operation(to: Translator, node: Any) -> ast.expr:
    return ast.BinOp(to.translate(node.left), BINARY_OPERATORS[_kind(node.operator)], to.translate(node.right))


def _boolean_operation(to: Translator, node: Any) -> ast.expr:
    operator = _kind(node.operator)
    return ast.BoolOp(_BOOLEAN_OPERATORS[operator], to.all(_operands(node, operator)))


def _operands(node: Any, operator: str) -> Iterator[Any]:
    """Find what `a and b and c` joins: for `ast` that is one operation."""
    for side in (node.left, node.right):
        if _kind(side) == "BooleanOperation" and not side.lpar and _kind(side.operator) == operator:
            yield from _operands(side, operator)
        else:
            yield side


def _comparison(to: Translator, node: Any) -> ast.expr:
    return ast.Compare(
        to.translate(node.left),
        [_COMPARISONS[_kind(comparison.operator)] for comparison in node.comparisons],
        [to.translate(comparison.comparator) for comparison in node.comparisons],
    )


def _named_expr(to: Translator, node: Any) -> ast.expr:
    return ast.NamedExpr(to.target(node.target), to.translate(node.value))


def _yield(to: Translator, node: Any) -> ast.expr:
    if _kind(node.value) == "From":
        return ast.YieldFrom(to.translate(node.value.item))
    return ast.Yield(to.translate(node.value))


def _lambda(to: Translator, node: Any) -> ast.expr:
    return ast.Lambda(parameters(to, node.params), to.translate(node.body))


# Calls and subscripts


def _call(to: Translator, node: Any) -> ast.expr:
    call = ast.Call(to.translate(node.func), *call_arguments(to, node.args))
    if len(node.args) == 1 and _kind(node.args[0].value) == "GeneratorExp" and not node.args[0].value.lpar:
        # `f(x for x in y)`: the parentheses belong to both.
        opening = to.extent(node.whitespace_after_func)
        put(call.args[0], opening.end.to(to.extent(node)))
    return call


def _subscript(to: Translator, node: Any) -> ast.expr:
    elements = node.slice
    first, last = elements[0], elements[-1]
    parts = [to.translate(element.slice) for element in elements]
    if len(parts) == 1 and _kind(first.comma) != "Comma" and not isinstance(parts[0], ast.Starred):
        index = parts[0]
    else:
        extent = to.extent(first)
        end = last.comma if _kind(last.comma) == "Comma" else last
        index = put(ast.Tuple(parts, LOAD), extent.to(to.extent(end)))
    return ast.Subscript(to.translate(node.value), index, LOAD)


def _index(to: Translator, node: Any) -> ast.expr:
    value: ast.expr = to.translate(node.value)
    return ast.Starred(value, LOAD) if node.star else value


def _slice(to: Translator, node: Any) -> ast.expr:
    first = to.extent(node.first_colon) if node.lower is None else to.outer_extent(node.lower)
    last = to.extent(node.first_colon)
    if node.step is not None:
        last = to.outer_extent(node.step)
    elif _kind(node.second_colon) == "Colon":
        last = to.extent(node.second_colon)
    elif node.upper is not None:
        last = to.outer_extent(node.upper)
    made = ast.Slice(to.translate(node.lower), to.translate(node.upper), to.translate(node.step))
    return put(made, first.to(last))


# Displays and comprehensions


def _tuple(to: Translator, node: Any) -> ast.expr:
    return ast.Tuple(to.all(node.elements), LOAD)


def _list(to: Translator, node: Any) -> ast.expr:
    return ast.List(to.all(node.elements), LOAD)


def _set(to: Translator, node: Any) -> ast.expr:
    return ast.Set(to.all(node.elements))


def _dict(to: Translator, node: Any) -> ast.expr:
    # `**x` has no key.
    keys = [to.translate(getattr(element, "key", None)) for element in node.elements]
    return ast.Dict(keys, [to.translate(element.value) for element in node.elements])


def _element(to: Translator, node: Any) -> ast.expr:
    value: ast.expr = to.translate(node.value)
    return value


def _starred_element(to: Translator, node: Any) -> ast.expr:
    return ast.Starred(to.translate(node.value), LOAD)


def _comprehension(make: type[ast.ListComp | ast.SetComp | ast.GeneratorExp]) -> Translate:
    return lambda to, node: make(to.translate(node.elt), list(_generators(to, node.for_in)))


def _dict_comp(to: Translator, node: Any) -> ast.expr:
    return ast.DictComp(to.translate(node.key), to.translate(node.value), list(_generators(to, node.for_in)))


def _starred_dict_comp(to: Translator, node: Any) -> ast.expr:
    """`{**x for x in y}`, which Python 3.15 writes as a key without a value."""
    value: Any = None
    return ast.DictComp(to.translate(node.value), value, list(_generators(to, node.for_in)))


def _generators(to: Translator, node: Any) -> Iterator[ast.comprehension]:
    while node is not None:
        tests = [to.translate(test.test) for test in node.ifs]
        yield ast.comprehension(to.target(node.target), to.translate(node.iter), tests, int(bool(node.asynchronous)))
        node = node.inner_for_in


EXPRESSIONS: dict[str, Translate] = {
    "Name": _name,
    "Integer": _number,
    "Float": _number,
    "Imaginary": _number,
    "Ellipsis": lambda _to, _node: ast.Constant(...),
    "Attribute": _attribute,
    "UnaryOperation": _unary_operation,
    "BinaryOperation": _binary_operation,
    "BooleanOperation": _boolean_operation,
    "Comparison": _comparison,
    "NamedExpr": _named_expr,
    "IfExp": fields(ast.IfExp, "test", "body", "orelse"),
    "Await": fields(ast.Await, "expression"),
    "Yield": _yield,
    "Lambda": _lambda,
    "Call": _call,
    "Subscript": _subscript,
    "Index": _index,
    "Slice": _slice,
    "Tuple": _tuple,
    "List": _list,
    "Set": _set,
    "Dict": _dict,
    "Element": _element,
    "StarredElement": _starred_element,
    "ListComp": _comprehension(ast.ListComp),
    "SetComp": _comprehension(ast.SetComp),
    "GeneratorExp": _comprehension(ast.GeneratorExp),
    "DictComp": _dict_comp,
    "StarredDictComp": _starred_dict_comp,
}
