"""libcst's parameters and arguments in the nodes of `ast`."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from layercheck.python.newer.cst_translator import LOAD, name_of, put, python_name

if TYPE_CHECKING:
    from layercheck.python.newer.cst_translator import Translator


def parameters(to: Translator, node: Any) -> ast.arguments:
    """Translate what is between the parentheses of a function, or before the colon of a lambda."""
    plain = [*node.posonly_params, *node.params]
    # A lone `*` is no Param.
    stars = [
        _argument(to, star) if type(star).__name__ == "Param" else None for star in (node.star_arg, node.star_kwarg)
    ]
    return ast.arguments(
        [_argument(to, parameter) for parameter in node.posonly_params],
        [_argument(to, parameter) for parameter in node.params],
        stars[0],
        [_argument(to, parameter) for parameter in node.kwonly_params],
        [to.translate(parameter.default) for parameter in node.kwonly_params],
        stars[1],
        [to.translate(parameter.default) for parameter in plain if parameter.default],
    )


def _argument(to: Translator, node: Any) -> ast.arg:
    extent = to.extent(node.name)
    if node.annotation is not None:
        extent = extent.to(to.outer_extent(node.annotation.annotation))
    return put(ast.arg(python_name(node.name.value), annotation(to, node.annotation)), extent)


def annotation(to: Translator, node: Any) -> ast.expr | None:
    made: ast.expr | None = None if node is None else to.translate(node.annotation)
    return made


def call_arguments(to: Translator, nodes: Any) -> tuple[list[ast.expr], list[ast.keyword]]:
    """Translate the arguments of a call or of a class: those by position, and those by name."""
    arguments: list[ast.expr] = []
    keywords: list[ast.keyword] = []
    for node in nodes:
        value = to.translate(node.value)
        if node.keyword is not None or node.star == "**":
            keywords.append(put(ast.keyword(name_of(node.keyword), value), to.extent(node)))
        else:
            arguments.append(put(ast.Starred(value, LOAD), to.extent(node)) if node.star else value)
    return arguments, keywords
