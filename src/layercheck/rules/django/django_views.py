"""Views and serializers as Django and its REST framework know them."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layercheck.syntax.source_module import SourceModule

LIBRARIES = frozenset({"django", "rest_framework", "ninja", "ninja_extra", "django_filters"})

_VIEW_CLASSES = ("View", "ViewSet", "Viewset", "API", "Api", "ViewMixin", "ViewSetMixin", "Controller")
_SERIALIZERS = ("Serializer", "SerializerMixin")
_ROUTES = frozenset({"get", "post", "put", "patch", "delete", "api_operation"})
FRAMEWORKS_QUESTIONS = frozenset(
    {
        *("get_queryset", "get_object", "get_object_list", "queryset", "get_filterset", "filter_queryset"),
        *("get_base_queryset", "get_prefetch_queryset", "setup_eager_loading"),
    }
)
"""Methods in which the framework asks for a query."""


def read_views(module: SourceModule) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Find the functions and methods that answer requests, or turn models into answers, in the order of the text."""
    for function in module.functions():
        owner = module.owner(function)
        if isinstance(owner, ast.ClassDef):
            if _is_view_or_serializer(owner):
                yield function
        elif owner is None and (_takes_a_request(function) or _is_routed(function)):
            yield function


def _is_view_or_serializer(definition: ast.ClassDef) -> bool:
    names = [each.attr if isinstance(each, ast.Attribute) else getattr(each, "id", "") for each in definition.bases]
    return any(name.endswith((*_VIEW_CLASSES, *_SERIALIZERS)) for name in names)


def _takes_a_request(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    parameters = [*function.args.posonlyargs, *function.args.args]
    return bool(parameters) and parameters[0].arg == "request" and not function.name.startswith("_")


def _is_routed(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Tell whether django-ninja calls a function: `@router.get("/users")`."""
    return any(
        isinstance(each, ast.Call) and isinstance(each.func, ast.Attribute) and each.func.attr in _ROUTES
        for each in function.decorator_list
    )
