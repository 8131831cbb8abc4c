"""Layers below api, and the code in them that belongs to api."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from layercheck.rules.web_names import BUILT_ON_FRAMEWORKS, WEB_FRAMEWORKS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layercheck import DefinitionNode, Module, SourceModule

BELOW_API = frozenset({"services", "models", "db"})
_API_FILES = frozenset(
    {
        *("api", "apis", "route", "routes", "router", "routers", "endpoint", "endpoints", "view", "views"),
        *("handler", "handlers", "controller", "controllers", "resource", "resources", "blueprint", "blueprints"),
        *("decorators", "middleware", "middlewares", "deps", "dependencies", "permissions", "admin"),
    }
)
"""Names of files that answer requests although their folder is named like a lower layer: in
`databases/api.py` databases are what the endpoints are about."""
_INJECTORS = ("fastapi.Depends()", "fastapi.Security()", "fastapi.params.Depends()", "fastapi.params.Security()")
_CALLERS = WEB_FRAMEWORKS | BUILT_ON_FRAMEWORKS
_NO_EDGE = ("django.db.", "django.contrib.auth.models.", "django.contrib.auth.base_user.", "ninja.Schema")


def is_below_api(module: Module) -> bool:
    """Return whether a module is in a layer below api and not named like one of the api itself."""
    return module.role in BELOW_API and module.name.rpartition(".")[2] not in _API_FILES


def serves_framework(module: SourceModule, node: ast.AST) -> bool:
    """Return whether the framework itself calls the code around a node.

    It does with what `Depends` injects (as far as this file shows it), and with the methods of its own classes.
    """
    return any(_is_called_by_framework(module, definition) for definition in _definitions_around(module, node))


def extends_framework(module: SourceModule) -> bool:
    """Return whether a module is a part of the web framework: most of its classes are derived from classes of it."""
    classes = [each for each in module.nodes(ast.ClassDef) if module.owner(each) is None]
    return bool(classes) and 2 * sum(_is_called_by_framework(module, each) for each in classes) > len(classes)


def _definitions_around(module: SourceModule, node: ast.AST) -> Iterator[DefinitionNode]:
    around = module.owner(node)
    while around is not None:
        yield around
        around = module.owner(around)


def _is_called_by_framework(module: SourceModule, definition: DefinitionNode) -> bool:
    if isinstance(definition, ast.ClassDef):
        plain = (base.value if isinstance(base, ast.Subscript) else base for base in definition.bases)
        bases = (module.full_name(base) or "" for base in plain)
        return any(base.partition(".")[0] in _CALLERS and not base.startswith(_NO_EDGE) for base in bases)
    arguments = definition.args
    defaults = (*arguments.defaults, *arguments.kw_defaults)
    annotations = (argument.annotation for argument in (*arguments.args, *arguments.kwonlyargs))
    return (
        any(_is_injection(module, part) for part in (*defaults, *_annotated(annotations)))
        or definition.name in _injected(module)
        or any(_is_registration(decorator) for decorator in definition.decorator_list)
    )


def _annotated(annotations: Iterator[ast.expr | None]) -> Iterator[ast.expr]:
    for annotation in annotations:
        if annotation is not None:
            yield from (node for node in ast.walk(annotation) if isinstance(node, ast.Call))


def _is_injection(module: SourceModule, node: ast.expr | None) -> bool:
    return isinstance(node, ast.Call) and (module.full_name(node) or "") in _INJECTORS


def _injected(module: SourceModule) -> frozenset[str]:
    """List the functions that this file passes to `Depends`."""
    return frozenset(
        call.args[0].id
        for call in module.nodes(ast.Call)
        if call.args and isinstance(call.args[0], ast.Name) and _is_injection(module, call)
    )


def _is_registration(decorator: ast.expr) -> bool:
    """Return whether a decorator registers a function with an application: `@app.before_request`, `@app.middleware("http")`."""
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    return isinstance(called, ast.Attribute) and called.attr in _HOOKS


_HOOKS = frozenset(
    {
        *("get", "post", "put", "patch", "delete", "route", "websocket", "api_route"),
        *("before_request", "after_request", "teardown_request", "teardown_appcontext", "errorhandler"),
        *("middleware", "exception_handler", "user_loader", "request_loader", "context_processor"),
    }
)
