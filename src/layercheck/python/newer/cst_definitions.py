"""libcst's functions, classes, type aliases and their parameters in the nodes of `ast`."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from layercheck.python.newer.cst_arguments import annotation, call_arguments, parameters
from layercheck.python.newer.cst_translator import put, python_name
from layercheck.python.newer.newer_nodes import TypeAlias, TypeParameter

if TYPE_CHECKING:
    from layercheck.python.newer.cst_translator import Translate, Translator


def _function_def(to: Translator, node: Any) -> ast.stmt:
    make = ast.AsyncFunctionDef if node.asynchronous else ast.FunctionDef
    made = make(
        python_name(node.name.value),
        parameters(to, node.params),
        to.suite(node),
        [to.translate(decorator.decorator) for decorator in node.decorators],
        annotation(to, node.returns),
    )
    return _with_type_parameters(to, node, made)


def _class_def(to: Translator, node: Any) -> ast.stmt:
    bases, keywords = call_arguments(to, [*node.bases, *node.keywords])
    made = ast.ClassDef(
        python_name(node.name.value),
        bases,
        keywords,
        to.suite(node),
        [to.translate(decorator.decorator) for decorator in node.decorators],
    )
    return _with_type_parameters(to, node, made)


def _with_type_parameters(to: Translator, node: Any, made: ast.stmt) -> ast.stmt:
    made.type_params = _type_parameters(to, node)  # type: ignore[attr-defined]  # a field since Python 3.12
    return made


def _type_alias(to: Translator, node: Any) -> ast.stmt:
    return TypeAlias(to.target(node.name), _type_parameters(to, node), to.translate(node.value))


def _type_parameters(to: Translator, node: Any) -> list[TypeParameter]:
    return [
        put(
            TypeParameter(
                python_name(parameter.param.name.value),
                to.translate(getattr(parameter.param, "bound", None)),
                to.translate(parameter.default),
            ),
            to.extent(parameter),
        )
        for parameter in (node.type_parameters.params if node.type_parameters else ())
    ]


DEFINITIONS: dict[str, Translate] = {
    "FunctionDef": _function_def,
    "ClassDef": _class_def,
    "TypeAlias": _type_alias,
}
