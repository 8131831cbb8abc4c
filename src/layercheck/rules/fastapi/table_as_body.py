from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from layercheck import ModuleRule, Severity
from layercheck.rules.fastapi.endpoints import LIBRARIES, NEEDLES, read_endpoints
from layercheck.rules.fastapi.tables import keep_tables

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layercheck import Found, Located, ModuleFinding, Project, SourceModule
    from layercheck.rules.fastapi.endpoints import Endpoint

_INJECTING = frozenset({"Depends", "Security"})


class TableAsBody(ModuleRule):
    """An endpoint that takes a table as its request body.

    ## What it does

    Reports a parameter of a FastAPI endpoint that is annotated with a table and not filled by a dependency.

    ## Why is this bad?

    Clients can then set every column: the id, the owner of the row, whether a user is an administrator.

    ## Example

    `app/models/user.py`:

    ```python
    from sqlmodel import Field, SQLModel


    class User(SQLModel, table=True):
        id: int | None = Field(default=None, primary_key=True)
        is_admin: bool = False
    ```

    `app/api/users.py`:

    ```python
    from fastapi import APIRouter

    from app.models.user import User

    router = APIRouter()


    @router.post("/users")
    def create_user(user: User) -> None: ...  # error: LC503
    ```

    ## Use instead

    `app/schemas/user.py`:

    ```python
    from pydantic import BaseModel


    class UserIn(BaseModel):
        name: str
    ```

    `app/api/users.py`:

    ```python
    from fastapi import APIRouter

    from app.schemas.user import UserIn

    router = APIRouter()


    @router.post("/users")
    def create_user(user: UserIn) -> None: ...
    ```

    ## Limits

    Parameters filled by a dependency are not checked, whether it is written in full or as an alias (`CurrentUser =
    Annotated[User, Depends(…)]`).
    """

    code = "LC503"
    name = "table-as-body"
    severity = Severity.WARNING
    libraries = LIBRARIES
    needles = NEEDLES

    def check(self, module: SourceModule) -> Iterator[ModuleFinding]:
        """Collect the parameters that are read from the request."""
        injected = {name for name, value in _assigned(module) if _is_injected(value)}
        for endpoint in read_endpoints(module):
            for parameter in _parameters_from_the_request(endpoint):
                if isinstance(parameter.annotation, ast.Name) and parameter.annotation.id in injected:
                    continue
                names = tuple(dict.fromkeys(module.names_in(parameter.annotation)))
                if names:
                    yield module.finding(
                        parameter,
                        f"the endpoint `{endpoint.function.name}` takes TABLE from the request",
                        about=f"{module.path_to(endpoint.function)} {parameter.arg}",
                        names=names,
                        notes=["help: use a schema with the fields that clients may set"],
                    )

    def conclude(self, project: Project, found: Found) -> Iterator[Located]:
        """Keep the findings that name a table."""
        return keep_tables(project, found)


def _assigned(module: SourceModule) -> Iterator[tuple[str, ast.expr]]:
    for statement in module.tree.body:
        if isinstance(statement, ast.Assign):
            for target in statement.targets:
                if isinstance(target, ast.Name):
                    yield target.id, statement.value


def _parameters_from_the_request(endpoint: Endpoint) -> Iterator[ast.arg]:
    arguments = endpoint.function.args
    positional = [*arguments.posonlyargs, *arguments.args]
    defaults: dict[ast.arg, ast.expr | None] = dict(
        zip(reversed(positional), reversed(arguments.defaults), strict=False)
    )
    defaults.update(zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True))
    for parameter in (*positional, *arguments.kwonlyargs):
        if parameter.annotation is not None and not (
            _is_injected(defaults.get(parameter)) or _is_injected(parameter.annotation)
        ):
            yield parameter


def _is_injected(node: ast.expr | None) -> bool:
    """Return whether a default or an `Annotated[…]` contains `Depends(…)`."""
    return node is not None and any(
        isinstance(inner, ast.Call) and ast.unparse(inner.func).rpartition(".")[2] in _INJECTING
        for inner in ast.walk(node)
    )
