"""Endpoints of FastAPI: functions with a decorator of a router or an application."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from layercheck import SourceModule

LIBRARIES = frozenset({"fastapi"})
NEEDLES = (b".get(", b".post(", b".put(", b".patch(", b".delete(", b".api_route(", b".head(", b".options(", b".trace(")
_METHODS = frozenset({"get", "post", "put", "patch", "delete", "head", "options", "trace"})
# `@mocker.get("/x")` of a test library, `@app.get` of another framework.
_OTHERS = ("flask.", "quart.", "sanic.", "starlette.", "litestar.", "aiohttp.", "responses.", "unittest.")


class Endpoint(NamedTuple):
    """One registration of a function."""

    function: ast.FunctionDef | ast.AsyncFunctionDef
    decorator: ast.Call
    router: str
    """The router as written: `router`, `self.router`."""
    methods: tuple[str, ...]
    """In capitals; `GET` for `@router.get`."""
    path: str | None
    """None if it is not a literal."""
    settings: Mapping[str, ast.expr]
    """The keyword arguments of the decorator."""


def read_endpoints(module: SourceModule) -> Iterator[Endpoint]:
    """Find the endpoints of a module that imports FastAPI, once for each decorator, in the order of the text."""
    for function in module.functions():
        for decorator in function.decorator_list:
            endpoint = _read(module, function, decorator)
            if endpoint is not None:
                yield endpoint


def _read(
    module: SourceModule, function: ast.FunctionDef | ast.AsyncFunctionDef, decorator: ast.expr
) -> Endpoint | None:
    match decorator:
        case ast.Call(func=ast.Attribute(attr=name) as called) if name in _METHODS or name == "api_route":
            pass
        case _:
            return None
    settings = {keyword.arg: keyword.value for keyword in decorator.keywords if keyword.arg is not None}
    path = decorator.args[0] if decorator.args else settings.get("path")
    known = module.full_name(called)
    if path is None or (known is not None and known.startswith(_OTHERS)):
        return None
    text = path.value if isinstance(path, ast.Constant) and isinstance(path.value, str) else None
    if text is not None and text and not text.startswith(("/", "{")):
        return None  # `@cache.get("key")`
    return Endpoint(
        function=function,
        decorator=decorator,
        router=ast.unparse(called.value),
        methods=_listed_methods(settings) if name == "api_route" else (name.upper(),),
        path=text,
        settings=settings,
    )


def _listed_methods(settings: Mapping[str, ast.expr]) -> tuple[str, ...]:
    methods = settings.get("methods")
    listed = methods.elts if isinstance(methods, ast.List | ast.Tuple | ast.Set) else []
    found = [item.value.upper() for item in listed if isinstance(item, ast.Constant) and isinstance(item.value, str)]
    return tuple(sorted(found)) or ("GET",)
