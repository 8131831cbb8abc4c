from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck import ModuleRule, Severity
from layercheck.rules.fastapi.endpoints import LIBRARIES
from layercheck.rules.routers import idle_routers, importers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layercheck import Found, Located, ModuleFinding, Project, SourceModule

_ROUTERS = frozenset({"fastapi.APIRouter()", "fastapi.routing.APIRouter()"})


class UnincludedRouter(ModuleRule):
    """A router that no application includes.

    ## What it does

    Reports an `APIRouter` at the top of a module that is not included in that module, if no other module of the
    project except tests imports the module.

    ## Why is this bad?

    Its endpoints are never called. They look alive and are maintained, and the mistake is noticed only in
    production.

    ## Example

    `app/main.py`:

    ```python
    from fastapi import FastAPI

    from app.api import users

    app = FastAPI()
    app.include_router(users.router)
    ```

    `app/api/users.py`:

    ```python
    from fastapi import APIRouter

    router = APIRouter()
    ```

    `app/api/items.py`:

    ```python
    from fastapi import APIRouter

    router = APIRouter()  # error: LC506
    ```

    `app/services/users.py`:

    ```python
    def find_user() -> None: ...
    ```

    ## Use instead

    `app/main.py`:

    ```python
    from fastapi import FastAPI

    from app.api import items, users

    app = FastAPI()
    app.include_router(users.router)
    app.include_router(items.router)
    ```

    ## Limits

    A module that is imported for another reason than its router counts as included. If the project imports modules
    with computed names, nothing is reported.
    """

    code = "LC506"
    name = "unincluded-router"
    severity = Severity.WARNING
    needs_all_files = True
    libraries = LIBRARIES
    needles = (b"APIRouter",)

    def check(self, module: SourceModule) -> Iterator[ModuleFinding]:
        """Find the routers that are only used as decorators in their own module."""
        for name, made in idle_routers(module, _ROUTERS):
            yield module.finding(
                made,
                f"no application includes the router `{name}`: no module imports {module.module.name}",
                about=name,
                notes=["help: include it where the application is created, or remove it"],
            )

    def conclude(self, project: Project, found: Found) -> list[Located]:
        """Keep the routers of modules that no other module imports."""
        if not found or project.has_blind_spots:
            return []
        imported = importers(project)
        return [each for each in found if each.module.path not in imported]
