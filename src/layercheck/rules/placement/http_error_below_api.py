from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from layercheck import ModuleRule, Severity
from layercheck.rules.below_api import is_below_api, serves_framework
from layercheck.rules.web_names import ABORTS, WEB_FRAMEWORKS, is_http_error

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layercheck import Module, ModuleFinding, SourceModule

_HELP = "help: raise an exception of your own here, and let an exception handler of `api` turn it into an answer"

_COLLECTION = 3
"""The number of functions that only raise from which they are a collection of errors."""


class HttpErrorBelowApi(ModuleRule):
    """An HTTP error raised below the api layer.

    ## What it does

    Reports `raise HTTPException(…)`, `abort(…)`, `raise Http404` and similar in `services`, `models` and `db`.

    ## Why is this bad?

    A service that answers with status codes can only serve requests. A job, a command or a test that calls it gets
    a 404 without a request, and can tell errors apart only by a number.

    ## Example

    `app/api/users.py`:

    ```python
    from app.services.users import find_user


    def read_user(user_id: int) -> dict[str, str]:
        return find_user(user_id)
    ```

    `app/services/users.py`:

    ```python
    from fastapi import HTTPException

    USERS: dict[int, dict[str, str]] = {}


    def find_user(user_id: int) -> dict[str, str]:
        if user_id not in USERS:
            raise HTTPException(404, "no such user")  # error: LC306
        return USERS[user_id]
    ```

    ## Use instead

    `app/api/users.py`:

    ```python
    from fastapi import HTTPException

    from app.services.users import UserNotFoundError, find_user


    def read_user(user_id: int) -> dict[str, str]:
        try:
            return find_user(user_id)
        except UserNotFoundError as error:
            raise HTTPException(404, "no such user") from error
    ```

    `app/services/users.py`:

    ```python
    USERS: dict[int, dict[str, str]] = {}


    class UserNotFoundError(Exception): ...


    def find_user(user_id: int) -> dict[str, str]:
        if user_id not in USERS:
            raise UserNotFoundError(user_id)
        return USERS[user_id]
    ```

    ## Limits

    Exceptions of the project that inherit from `HTTPException` are not recognised. `utils` and `schemas` are not
    checked, because decorators and dependencies of the api are often there. Also allowed are functions that
    `Depends` injects, methods of classes of the framework, and collections of errors: three or more functions that
    only raise. The `ValidationError` of Django REST framework is allowed, because it describes the data and not the
    response.
    """

    code = "LC306"
    name = "http-error-below-api"
    severity = Severity.WARNING
    libraries = WEB_FRAMEWORKS
    needles = (b"raise", b"abort", b"_or_404")

    def applies_to(self, module: Module) -> bool:
        """Check modules below api."""
        return is_below_api(module) and super().applies_to(module)

    def check(self, module: SourceModule) -> Iterator[ModuleFinding]:
        """Report HTTP errors that are raised, and functions that raise them."""
        role = module.module.role
        collected = _collected(module)
        for node in module.nodes(ast.Raise):
            error = (module.full_name(node.exc) or "").removesuffix("()")
            if is_http_error(error) and node not in collected and not serves_framework(module, node):
                shown = error.rpartition(".")[2]
                yield module.finding(node, f"`{role}` answers a request: it raises `{shown}`", notes=[_HELP])
        for call in module.nodes(ast.Call):
            function = module.full_name(call.func) or ""
            if function in ABORTS and not serves_framework(module, call):
                shown = function.rpartition(".")[2]
                yield module.finding(call, f"`{role}` answers a request: it calls `{shown}`", notes=[_HELP])


def _collected(module: SourceModule) -> frozenset[ast.stmt]:
    """Find the errors raised by functions that do nothing else, if there are enough of these functions."""
    alone = [
        function.body[-1]
        for function in module.functions()
        if isinstance(function.body[-1], ast.Raise)
        and len(function.body) == 1 + (ast.get_docstring(function, clean=False) is not None)
    ]
    return frozenset(alone) if len(alone) >= _COLLECTION else frozenset()
