"""Functions and classes that answer requests, in all frameworks."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from layercheck import compile_later

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layercheck import DefinitionNode, SourceModule

LIBRARIES = frozenset(
    {
        *("fastapi", "starlette", "litestar", "sanic", "aiohttp"),
        *("flask", "quart", "apiflask", "flask_restful", "flask_restx", "flask_smorest", "flask_appbuilder"),
        *("django", "rest_framework", "ninja"),
    }
)
NEEDLES = (
    # The path of a route, beside the bracket or on a line of its own.
    *(b'("/', b"('/", b'    "/', b"    '/", b'="/', b"='/", b'("")', b"('')"),
    *(b"route(", b"api_view(", b"expose(", b"litestar", b"View)", b"View,", b"ViewSet", b"Resource)", b"HTTPEndpoint"),
)

_APPLICATIONS = frozenset(
    {
        *("fastapi.FastAPI", "fastapi.applications.FastAPI", "starlette.applications.Starlette"),
        *("flask.Flask", "quart.Quart", "sanic.Sanic", "apiflask.APIFlask"),
    }
)
_ROUTERS = frozenset(
    {
        *("fastapi.APIRouter", "fastapi.routing.APIRouter", "starlette.routing.Router", "aiohttp.web.RouteTableDef"),
        *("flask.Blueprint", "quart.Blueprint", "sanic.Blueprint", "apiflask.APIBlueprint", "flask_smorest.Blueprint"),
        *("flask_restx.Api", "flask_restx.Namespace", "flask_restful.Api", "ninja.NinjaAPI", "ninja.Router"),
    }
)
_METHODS = frozenset(
    {
        *("get", "post", "put", "patch", "delete", "head", "options", "trace"),
        *("route", "api_route", "websocket", "websocket_route", "operation", "api_operation"),
    }
)
_ROUTE = compile_later(
    # A decorator; how a further line of one may begin; a backslash may lead on to anything.
    rb"^[ \t\f]*(?:@[^\n]*|[)\]}][^\n]*|)(?:\.[ \t]*(?:"
    + b"|".join(sorted(name.encode() for name in _METHODS))
    + rb")\s*[(\\]|\\\n)"
    # Decorators that stand by themselves.
    rb"|api_view|expose|litestar",
    re.MULTILINE,
)
_VIEW_LIBRARIES = compile_later(rb"\b(?:django|rest_framework|flask\w*|starlette|quart)\b")
_VIEW_NAMES = (b"View", b"Resource", b"HTTPEndpoint", b"rest_framework")

_DECORATORS = frozenset(
    {
        *("rest_framework.decorators.api_view()", "flask_appbuilder.expose()", "flask_appbuilder.api.expose()"),
        *(f"litestar.{method}()" for method in ("get", "post", "put", "patch", "delete", "head", "route", "websocket")),
        *(f"litestar.handlers.{method}()" for method in ("get", "post", "put", "patch", "delete", "head", "route")),
    }
)
_VIEWS = frozenset(
    {
        *("django.views.View", "django.views.generic.View", "django.views.generic.base.View"),
        *("rest_framework.views.APIView", "flask.views.View", "flask.views.MethodView"),
        *("flask_restful.Resource", "flask_restx.Resource", "starlette.endpoints.HTTPEndpoint"),
        *("quart.views.View", "quart.views.MethodView"),
    }
)
_VIEW_MODULES = ("django.views.generic.", "rest_framework.generics.", "rest_framework.viewsets.")
_UNFINISHED = ("Base", "Mixin", "Abstract", "Generic")
"""Words in the names of base classes."""


def may_hold_handlers(data: bytes) -> bool:
    """Return whether `route_handlers` may find anything in a file that contains one of `NEEDLES`, by its bytes."""
    if _ROUTE.search(data) is not None:
        return True
    return any(name in data for name in _VIEW_NAMES) and _VIEW_LIBRARIES.search(data) is not None


def route_handlers(module: SourceModule) -> Iterator[DefinitionNode]:
    """Find the functions and classes that answer requests, in the order of the text, functions first."""
    for function in module.functions():
        if any(_is_route(module, each) for each in function.decorator_list) and not module.is_in_test(function):
            yield function
    for definition in module.nodes(ast.ClassDef):
        if any(_is_route(module, decorator) for decorator in definition.decorator_list) or _is_view(module, definition):
            yield definition


def makes_an_application(module: SourceModule) -> bool:
    """Return whether a module creates the application, whatever its name: it may contain health checks."""
    return any(module.full_name(call.func) in _APPLICATIONS for call in module.nodes(ast.Call))


def _is_route(module: SourceModule, decorator: ast.expr) -> bool:
    if not isinstance(decorator, ast.Call):
        return False
    name = module.full_name(decorator)
    if name in _DECORATORS:
        return True
    if not isinstance(decorator.func, ast.Attribute) or decorator.func.attr not in _METHODS:
        return False
    router = module.full_name(decorator.func.value)
    is_known = router is not None and router.removesuffix("()") in _ROUTERS | _APPLICATIONS
    return is_known or _has_route_path(decorator)


def _has_route_path(decorator: ast.Call) -> bool:
    """Return whether a decorator of an imported router takes the path of a route, as no other decorators do."""
    path = next((keyword.value for keyword in decorator.keywords if keyword.arg == "path"), None)
    first = decorator.args[0] if decorator.args else path
    return isinstance(first, ast.Constant) and isinstance(first.value, str) and first.value.startswith("/")


def _is_view(module: SourceModule, definition: ast.ClassDef) -> bool:
    if module.owner(definition) is not None or any(word in definition.name for word in _UNFINISHED):
        return False
    bases = (module.full_name(base) for base in definition.bases)
    return any(base in _VIEWS or base.startswith(_VIEW_MODULES) for base in bases if base is not None)
