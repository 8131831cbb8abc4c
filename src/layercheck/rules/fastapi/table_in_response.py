from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck import ModuleRule, Severity
from layercheck.rules.fastapi.endpoints import LIBRARIES, NEEDLES, read_endpoints
from layercheck.rules.fastapi.tables import keep_tables

if TYPE_CHECKING:
    import ast
    from collections.abc import Iterator

    from layercheck import Found, Located, ModuleFinding, Project, SourceModule
    from layercheck.rules.fastapi.endpoints import Endpoint


class TableInResponse(ModuleRule):
    """An endpoint whose response is a table.

    ## What it does

    Reports a FastAPI endpoint whose `response_model` is a table or a collection of tables. If there is no
    `response_model`, the return annotation is checked.

    ## Why is this bad?

    Every column is returned, including a password hash, and a new column changes the API without anybody deciding
    it.

    ## Example

    `app/models/user.py`:

    ```python
    from sqlmodel import Field, SQLModel


    class User(SQLModel, table=True):
        id: int | None = Field(default=None, primary_key=True)
        password_hash: str
    ```

    `app/api/users.py`:

    ```python
    from fastapi import APIRouter

    from app.models.user import User

    router = APIRouter()


    @router.get("/users")
    def list_users() -> list[User]:  # error: LC502
        return []
    ```

    ## Use instead

    `app/schemas/user.py`:

    ```python
    from pydantic import BaseModel


    class UserOut(BaseModel):
        id: int
    ```

    `app/api/users.py`:

    ```python
    from fastapi import APIRouter

    from app.schemas.user import UserOut

    router = APIRouter()


    @router.get("/users")
    def list_users() -> list[UserOut]:
        return []
    ```

    ## Limits

    Only the annotation is checked, not what the function returns.
    """

    code = "LC502"
    name = "table-in-response"
    severity = Severity.WARNING
    libraries = LIBRARIES
    needles = NEEDLES

    def check(self, module: SourceModule) -> Iterator[ModuleFinding]:
        """Collect the declared types of responses."""
        for endpoint in read_endpoints(module):
            response = _response_of(endpoint)
            names = tuple(dict.fromkeys(module.names_in(response)))
            if response is not None and names:
                yield module.finding(
                    endpoint.function,
                    f"the endpoint `{endpoint.function.name}` answers with TABLE",
                    names=names,
                    notes=["help: set `response_model` to a schema with the fields that clients may see"],
                )

    def conclude(self, project: Project, found: Found) -> Iterator[Located]:
        """Keep the findings that name a table."""
        return keep_tables(project, found)


def _response_of(endpoint: Endpoint) -> ast.expr | None:
    return endpoint.settings.get("response_model", endpoint.function.returns)
