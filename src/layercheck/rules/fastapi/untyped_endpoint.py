from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from layercheck import ModuleRule, Severity
from layercheck.rules.convention import Convention, in_each_application, stand_down
from layercheck.rules.fastapi.endpoints import LIBRARIES, NEEDLES, read_endpoints

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from layercheck import Fact, Found, Located, ModuleFinding, Project, SourceModule
    from layercheck.rules.fastapi.endpoints import Endpoint

_BODILESS = frozenset({"204", "304", "HTTP_204_NO_CONTENT", "HTTP_304_NOT_MODIFIED", "NO_CONTENT", "NOT_MODIFIED"})
_TYPED = "typed"
_USUAL = 0.5
"""The share of endpoints that must declare what they return before the others are reported."""


class UntypedEndpoint(ModuleRule):
    """An endpoint without a response type.

    ## What it does

    Reports a FastAPI endpoint with neither a `response_model` nor a return annotation. Endpoints without a body
    (status 204), with a `response_class`, hidden from the documentation (`include_in_schema=False`), or that return
    a response they create themselves are allowed. If most endpoints of a project have no response type, none is
    reported.

    ## Why is this bad?

    FastAPI then neither filters nor documents the response: whatever the function returns is sent, including a
    password hash, and clients generated from the OpenAPI document get `any`.

    ## Example

    `app/services/users.py`:

    ```python
    def find_user(user_id: int) -> object: ...
    ```

    `app/api/users.py`:

    ```python
    from fastapi import APIRouter

    from app.services import users

    router = APIRouter()


    @router.get("/users/{user_id}")
    def read_user(user_id: int):  # error: LC501
        return users.find_user(user_id)


    @router.get("/count")
    def count_users() -> int:
        return 3
    ```

    ## Use instead

    `app/schemas/user.py`:

    ```python
    from pydantic import BaseModel


    class UserOut(BaseModel):
        name: str
    ```

    `app/api/users.py`:

    ```python
    from fastapi import APIRouter

    from app.schemas.user import UserOut
    from app.services import users

    router = APIRouter()


    @router.get("/users/{user_id}", response_model=UserOut)
    def read_user(user_id: int):
        return users.find_user(user_id)
    ```

    ## Limits

    The annotation itself is not checked: `-> Any` without a `response_model` is not reported.
    """

    code = "LC501"
    name = "untyped-endpoint"
    severity = Severity.WARNING
    libraries = LIBRARIES
    needles = NEEDLES

    def check(self, module: SourceModule) -> Iterator[ModuleFinding | Fact]:
        """Note of every endpoint whether it declares what it returns; the share of those that do decides."""
        seen = set()
        for endpoint in read_endpoints(module):
            if endpoint.function in seen:
                continue
            seen.add(endpoint.function)
            if _is_typed(module, endpoint):
                yield module.fact(_TYPED, endpoint.function)
                continue
            yield module.finding(
                endpoint.function,
                f"the endpoint `{endpoint.function.name}` does not say what it returns",
                notes=["help: give it a `response_model=` or a return annotation"],
            )

    def conclude(self, project: Project, found: Found) -> Iterable[Located]:
        """Keep the findings if most endpoints of the project declare what they return."""
        if len(found) <= (len(found) + len(found.facts)) * (1 - _USUAL):
            return found
        typed = in_each_application(found.facts)
        for application, untyped in in_each_application(found).items():
            convention = Convention(len(typed[application]), len(untyped))
            stand_down(self, project, application, convention, "endpoints do not say what they return")
        return []


def _is_typed(module: SourceModule, endpoint: Endpoint) -> bool:
    if endpoint.function.returns is not None or {"response_model", "response_class"} & endpoint.settings.keys():
        return True
    hidden = endpoint.settings.get("include_in_schema")
    if isinstance(hidden, ast.Constant) and hidden.value is False:
        return True
    status = endpoint.settings.get("status_code")
    if status is not None and ast.unparse(status).rpartition(".")[2] in _BODILESS:
        return True
    return endpoint.methods == ("HEAD",) or _returns_responses(module, endpoint)


def _returns_responses(module: SourceModule, endpoint: Endpoint) -> bool:
    """Return whether a function returns only responses that it makes, or nothing."""
    returns = [node for node in module.nodes(ast.Return) if module.function_around(node) is endpoint.function]
    values = [node.value for node in returns if node.value is not None]
    if not values:
        return not any(module.function_around(node) is endpoint.function for node in module.nodes(ast.Yield))
    return all((module.full_name(value) or "").endswith("Response()") for value in values)
