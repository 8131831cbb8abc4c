"""Views and serializers of Django and Django REST framework."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layercheck import SourceModule

LIBRARIES = frozenset({"django", "rest_framework", "ninja", "ninja_extra", "django_filters"})

_VIEW_CLASSES = ("View", "ViewSet", "Viewset", "API", "Api", "ViewMixin", "ViewSetMixin", "Controller")
_SERIALIZERS = ("Serializer", "SerializerMixin")
_QUESTIONS = frozenset(
    {
        *("get_queryset", "get_object", "get_object_list", "queryset", "get_filterset", "filter_queryset"),
        *("get_base_queryset", "get_prefetch_queryset", "setup_eager_loading"),
    }
)
"""Methods in which Django and Django REST framework require a query."""
_WRITING = frozenset({"create", "update", "save", "validate", "run_validation", "__init__", "to_internal_value"})
"""Methods in which serializers validate and save input."""


class View(NamedTuple):
    """A function or method that answers requests or serializes models."""

    function: ast.FunctionDef | ast.AsyncFunctionDef
    kind: str
    """`view` or `serializer`."""


def read_views(module: SourceModule) -> Iterator[View]:
    """Find the views and the methods of serializers in which the framework does not require a query."""
    for function in module.functions():
        owner = module.owner(function)
        if isinstance(owner, ast.ClassDef):
            kind = _kind_of(owner)
            if (
                kind is not None
                and function.name not in _QUESTIONS
                and not (kind == "serializer" and (function.name in _WRITING or function.name.startswith("validate_")))
            ):
                yield View(function, kind)
        elif owner is None and module.module.role == "api" and _takes_a_request(function):
            yield View(function, "view")


def _kind_of(definition: ast.ClassDef) -> str | None:
    names = [each.attr if isinstance(each, ast.Attribute) else getattr(each, "id", "") for each in definition.bases]
    if any(name.endswith(_SERIALIZERS) for name in names):
        return "serializer"
    return "view" if any(name.endswith(_VIEW_CLASSES) for name in names) else None


def _takes_a_request(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    parameters = [*function.args.posonlyargs, *function.args.args]
    return bool(parameters) and parameters[0].arg == "request" and not function.name.startswith("_")
