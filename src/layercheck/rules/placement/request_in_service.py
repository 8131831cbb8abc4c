from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from layercheck import ModuleRule, Severity
from layercheck.rules.below_api import is_below_api, serves_framework
from layercheck.rules.web_names import AMBIENT_REQUESTS, REQUESTS_AND_RESPONSES, WEB_FRAMEWORKS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layercheck import Module, ModuleFinding, SourceModule

_HELP = "help: let `api` read what is needed from the request, and pass that"
_PARTS_OF_REQUESTS = frozenset(
    {
        *("GET", "POST", "META", "FILES", "COOKIES", "headers", "cookies", "user", "session", "query_params", "data"),
        *("build_absolute_uri", "get_host", "get_full_path", "is_secure", "path", "method", "json", "args", "form"),
    }
)


class RequestInService(ModuleRule):
    """A request or response of the web framework below the api layer.

    ## What it does

    Reports parameters in `services`, `models` and `db` whose type is a request or response of the framework, and
    uses of `request`, `session` and `g` of Flask, which belong to the current request.

    ## Why is this bad?

    The signature does not show what the service needs, and nobody can call it without a request: no job, no
    command, and no test that does not construct one.

    ## Example

    `app/models/user.py`:

    ```python
    class User: ...
    ```

    `app/services/audit.py`:

    ```python
    from fastapi import Request


    def record(request: Request, what: str) -> str:  # error: LC307
        return f"{request.client}: {what}"
    ```

    ## Use instead

    `app/services/audit.py`:

    ```python
    def record(address: str, what: str) -> str:
        return f"{address}: {what}"
    ```

    ## Limits

    A parameter without an annotation counts if it is named `request` and an attribute of requests is read from it,
    in `services` and `models` of a module that imports a web framework. Functions that `Depends` injects, factories
    of services in Pyramid (`def factory(context, request)`) and methods of classes of the framework are allowed,
    and so are those of libraries that build on one (fastapi-users, sqladmin, …). In `db`, also allowed are `g` of
    Flask, where connections are stored, and functions outside classes, which provide sessions.
    """

    code = "LC307"
    name = "request-in-service"
    severity = Severity.WARNING
    libraries = WEB_FRAMEWORKS

    def applies_to(self, module: Module) -> bool:
        """Check modules below api."""
        return is_below_api(module) and super().applies_to(module)

    def check(self, module: SourceModule) -> Iterator[ModuleFinding]:
        """Report parameters that are requests, and uses of the current request."""
        yield from self._parameters(module)
        for node in module.uses_of(AMBIENT_REQUESTS):
            used = module.full_name(node) or ""
            if serves_framework(module, node):
                continue
            if used.endswith(".g") and module.module.role == "db":
                continue
            message = f"`{module.module.role}` uses `{used}`, the current request"
            yield module.finding(node, message, notes=[_HELP])

    def _parameters(self, module: SourceModule) -> Iterator[ModuleFinding]:
        for function in module.functions():
            is_method = isinstance(module.owner(function), ast.ClassDef)
            if (module.module.role == "db" and not is_method) or not function.body or _is_factory(function):
                continue
            arguments = function.args
            for parameter in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs):
                taken = self._request_in(module, function, parameter)
                if taken and not serves_framework(module, function.body[0]):
                    message = f"`{function.name}` in `{module.module.role}` takes the framework's `{taken}`"
                    yield module.finding(parameter, message, about=module.path_to(function), notes=[_HELP])

    def _request_in(
        self, module: SourceModule, function: ast.FunctionDef | ast.AsyncFunctionDef, parameter: ast.arg
    ) -> str | None:
        if parameter.annotation is not None:
            named = (name for name in module.names_in(parameter.annotation) if name in REQUESTS_AND_RESPONSES)
            return next((name.rpartition(".")[2] for name in named), None)
        is_read = parameter.arg == "request" and module.module.role != "db" and _reads_request(function)
        return "request" if is_read else None


def _is_factory(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Return whether a function is a factory of services in Pyramid, which must take a context and the request."""
    names = [argument.arg.lstrip("_") for argument in (*function.args.posonlyargs, *function.args.args)]
    return names[-2:] == ["context", "request"]


def _reads_request(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return any(
        isinstance(node, ast.Attribute)
        and node.attr in _PARTS_OF_REQUESTS
        and isinstance(node.value, ast.Name)
        and node.value.id == "request"
        for node in ast.walk(function)
    )
