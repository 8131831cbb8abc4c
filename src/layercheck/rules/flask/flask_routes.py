"""Views of Flask: functions and classes with a decorator of an application or a blueprint."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, NamedTuple

from layercheck.rules.flask.flask_names import EXPOSERS, ROUTES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layercheck import DefinitionNode, SourceModule

_VERBS = frozenset({"get", "post", "put", "patch", "delete", "head", "options", "dispatch_request"})
_VIEW_CLASSES = ("Resource", "MethodView", "MethodResource", "View", "RestApi")
"""Endings of the names of classes whose methods `get`, `post`, … are views."""


class Route(NamedTuple):
    """One decorator that makes a view."""

    definition: DefinitionNode
    decorator: ast.Call
    on: ast.expr
    """The application or blueprint as written."""
    path: str | None
    """None if it is not a literal."""


def read_routes(module: SourceModule) -> Iterator[Route]:
    """Find the routes of a module that imports Flask, functions first."""
    for definition in (*module.functions(), *module.nodes(ast.ClassDef)):
        if module.is_in_test(definition):
            continue
        for decorator in definition.decorator_list:
            match decorator:
                case ast.Call(func=ast.Attribute(attr=name, value=on)) if name in ROUTES:
                    path = literal_path(decorator)
                    # `@cache.get("key")` is none, `@blueprint.get("")` is one.
                    if path is None or not path or path.startswith(("/", "<")):
                        yield Route(definition, decorator, on, path)


def literal_path(call: ast.Call) -> str | None:
    """Return the path of a route; None if it is not a literal."""
    named = {keyword.arg: keyword.value for keyword in call.keywords}
    path = call.args[0] if call.args else named.get("rule", named.get("path"))
    return path.value if isinstance(path, ast.Constant) and isinstance(path.value, str) else None


def read_views(module: SourceModule) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Find the functions and methods that answer requests, each once, in the order of the text."""
    routed = {route.definition for route in read_routes(module)}
    for function in module.functions():
        owner = module.owner(function)
        is_verb = isinstance(owner, ast.ClassDef) and function.name in _VERBS and _is_view_class(owner)
        if (
            is_verb
            or function in routed
            or (owner in routed and function.name in _VERBS)
            or _is_exposed(module, function)
        ):
            yield function


def _is_view_class(definition: ast.ClassDef) -> bool:
    names = (each.attr if isinstance(each, ast.Attribute) else getattr(each, "id", "") for each in definition.bases)
    return any(name.endswith(_VIEW_CLASSES) for name in names)


def _is_exposed(module: SourceModule, function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    called = (each.func for each in function.decorator_list if isinstance(each, ast.Call))
    return any(module.full_name(each) in EXPOSERS for each in called)
