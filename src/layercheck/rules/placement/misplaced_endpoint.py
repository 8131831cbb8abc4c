from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck import MAIN, WIRING, Severity
from layercheck.rules.convention import Place, PlacementRule, place_of
from layercheck.rules.placement.own_names import OwnNames
from layercheck.rules.placement.route_handlers import (
    LIBRARIES,
    NEEDLES,
    makes_an_application,
    may_hold_handlers,
    route_handlers,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layercheck import Found, Located, Module, ModuleFinding, Project, SourceModule

_HOME = "api"


class MisplacedEndpoint(PlacementRule):
    """An endpoint outside the api layer.

    ## What it does

    Reports functions and classes that answer requests in `services`, `models`, `db`, `schemas` or `utils`: routes
    of FastAPI, Starlette, Litestar, Flask, Quart, Sanic and aiohttp, view classes of Flask and Django, and
    functions with `@api_view` of DRF. In modules without a role, they are reported if nearly all other endpoints of
    the application are in `api`.

    Applications without an `api` layer, or with most of their endpoints outside of it, follow another convention
    and are not checked.

    ## Why is this bad?

    Whoever wants to know what the application offers reads `api`. An endpoint elsewhere is overlooked: by readers,
    by code that guards all routes of the api, and by the layer rules, since every higher layer may import a
    service.

    ## Example

    `app/api/users.py`:

    ```python
    from fastapi import APIRouter

    router = APIRouter()


    @router.get("/users/{user_id}")
    def read_user(user_id: int) -> str: ...
    ```

    `app/services/reports.py`:

    ```python
    from fastapi import APIRouter

    router = APIRouter()


    @router.get("/reports")
    def read_reports() -> list[str]:  # error: LC301
        return ["sales"]
    ```

    ## Use instead

    `app/api/reports.py`:

    ```python
    from fastapi import APIRouter

    from app.services.reports import list_reports

    router = APIRouter()


    @router.get("/reports")
    def read_reports() -> list[str]:
        return list_reports()
    ```

    `app/services/reports.py`:

    ```python
    def list_reports() -> list[str]:
        return ["sales"]
    ```

    ## Options

    - `share`: the share of the endpoints that must be in `api` before those in modules without a role are reported, 0
      to 1; 0.8 by default.

    ## Limits

    View functions of Django and functions passed to `add_api_route` look like any other function and are not
    recognised. View classes are recognised if they inherit directly from a class of the framework.
    """

    code = "LC301"
    name = "misplaced-endpoint"
    severity = Severity.WARNING
    home = _HOME
    things = "endpoints"
    advice = f"move the endpoint to `{_HOME}`, and leave here the function that it calls"
    libraries = LIBRARIES
    needles = NEEDLES

    def may_find(self, data: bytes) -> bool:
        """Return whether the file has decorators with a route, or names of view classes."""
        return may_hold_handlers(data)

    def applies_to(self, module: Module) -> bool:
        """Check all modules except those that may contain a health check."""
        return super().applies_to(module) and module.named not in {MAIN, WIRING}

    def check(self, module: SourceModule) -> Iterator[ModuleFinding]:
        """Collect all endpoints; those in `api` show the convention."""
        is_unknown = module.module.named is None
        if is_unknown and makes_an_application(module):
            return
        for handler in route_handlers(module):
            # What a factory of applications defines is part of the application, like its documentation.
            if not (is_unknown and module.function_around(handler)):
                yield module.finding(
                    handler,
                    f"the endpoint `{module.path_to(handler)}` is in {place_of(module.module)}, not in `{_HOME}`",
                )

    def conclude(self, project: Project, found: Found) -> Iterator[Located]:
        """Keep the endpoints outside the api of applications that keep the others in it."""
        names = OwnNames(project)
        return self.keep_exceptions(
            project, found, lambda each: Place.HOME if names.say(each.module, _HOME) else Place.ELSEWHERE
        )

    def is_clearly_wrong(self, module: Module) -> bool:
        """Return whether the module has a role of its own."""
        return bool(module.named)
