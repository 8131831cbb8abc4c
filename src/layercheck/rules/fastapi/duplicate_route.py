from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from layercheck import ModuleRule, Severity, compile_later
from layercheck.rules.fastapi.endpoints import LIBRARIES, NEEDLES, read_endpoints

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layercheck import ModuleFinding, SourceModule

_PARAMETER = compile_later(r"\{\w+(:\w+)?\}")


class DuplicateRoute(ModuleRule):
    """A method and path that the same router already has.

    ## What it does

    Reports a FastAPI endpoint whose method and path are already registered on the same router, in the same module.
    The names of path parameters do not matter: `/users/{id}` and `/users/{user_id}` are the same path.

    ## Why is this bad?

    Only the first endpoint is ever called. The second one is dead code that looks alive and appears in the
    documentation.

    ## Example

    `app/services/users.py`:

    ```python
    def find_user(user_id: int) -> str: ...
    ```

    `app/api/users.py`:

    ```python
    from fastapi import APIRouter

    from app.services.users import find_user

    router = APIRouter()


    @router.get("/users/{user_id}")
    def read_user(user_id: int) -> str:
        return find_user(user_id)


    @router.get("/users/{id}")
    def read_user_again(id: int) -> str:  # error: LC507
        return find_user(id)
    ```

    ## Use instead

    `app/api/users.py`:

    ```python
    from fastapi import APIRouter

    from app.services.users import find_user

    router = APIRouter()


    @router.get("/users/{user_id}")
    def read_user(user_id: int) -> str:
        return find_user(user_id)
    ```

    ## Limits

    Each module is checked separately. Endpoints below an `if` are ignored, because only one of them may be
    registered.
    """

    code = "LC507"
    name = "duplicate-route"
    severity = Severity.WARNING
    libraries = LIBRARIES
    needles = NEEDLES

    def check(self, module: SourceModule) -> Iterator[ModuleFinding]:
        """Compare each endpoint with the previous ones."""
        conditional = {inner for node in module.nodes(ast.If) for inner in ast.walk(node)}
        first: dict[tuple[object, ...], str] = {}
        for endpoint in read_endpoints(module):
            if endpoint.path is None or endpoint.function in conditional:
                continue
            path = _PARAMETER.sub(r"{\1}", endpoint.path)
            for method in endpoint.methods:
                key = (module.owner(endpoint.function), endpoint.router, method, path)
                earlier = first.setdefault(key, endpoint.function.name)
                if earlier is not endpoint.function.name:
                    yield module.finding(
                        endpoint.function,
                        f"`{earlier}` already answers {method} {endpoint.path or '/'}: `{endpoint.function.name}` is never called",
                        notes=["help: use another path or method, or remove it"],
                    )
