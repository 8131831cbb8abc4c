from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from layercheck import ModuleRule, Severity, compile_later
from layercheck.rules.convention import Convention, ConventionOptions, in_each_application, stand_down, with_notes
from layercheck.rules.database_queries import NEEDLES, database_queries, may_hold_queries, sure_queries
from layercheck.rules.django.django_views import LIBRARIES as DJANGO
from layercheck.rules.flask.flask_names import LIBRARIES as FLASK
from layercheck.rules.placement.own_names import OwnNames
from layercheck.rules.placement.route_handlers import LIBRARIES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from layercheck import Found, Located, Module, ModuleFinding, Project, SourceModule

_HOME = "api"
_GO_BETWEENS = ("services", "db")
"""The layers through which an api may reach the database, the nearest first."""
_FRAMEWORKS = FLASK | DJANGO
"""The frameworks whose own rules (LC603, LC702) look at queries in views."""
_HEALTH = compile_later(r"health|ready|readiness|alive|liveness|ping", re.IGNORECASE)
"""Matches names of health checks, which query the database only to see whether it is available."""


class QueryInApi(ModuleRule):
    """A database query in the api layer.

    ## What it does

    Reports functions of `api` that query the database directly, with a session of SQLAlchemy or SQLModel
    (`session.execute`, `session.query`, `session.add`, …) or with a statement (`select(…)`), once for each
    function. The rule applies only if the application has `services` or repositories in `db` and nearly all modules
    of its api use them. Files that import Flask or Django are checked by LC603 and LC702.

    Commits, rollbacks and health checks are not reported.

    ## Why is this bad?

    A query in an endpoint is repeated in the next endpoint that needs the same data, without the one condition that
    hides deleted rows. And it can only be tested through the endpoint.

    ## Example

    `app/services/orders.py`:

    ```python
    def list_orders() -> list[str]: ...
    ```

    `app/api/orders.py`:

    ```python
    from app.services.orders import list_orders
    from fastapi import APIRouter

    router = APIRouter()


    @router.get("/orders")
    def read_orders() -> list[str]:
        return list_orders()
    ```

    `app/api/invoices.py`:

    ```python
    from app.services.orders import list_orders
    from fastapi import APIRouter

    router = APIRouter()


    @router.get("/invoices")
    def read_invoices() -> list[str]:
        return list_orders()
    ```

    `app/api/users.py`:

    ```python
    from fastapi import APIRouter, Depends
    from sqlalchemy import text
    from sqlalchemy.orm import Session

    router = APIRouter()


    @router.get("/users")
    def read_users(session: Session = Depends()) -> list[str]:
        return list(session.scalars(text("select name from users")))  # error: LC305
    ```

    ## Use instead

    `app/services/users.py`:

    ```python
    from sqlalchemy import text
    from sqlalchemy.orm import Session


    def list_names(session: Session) -> list[str]:
        return list(session.scalars(text("select name from users")))
    ```

    `app/api/users.py`:

    ```python
    from app.services.users import list_names
    from fastapi import APIRouter, Depends
    from sqlalchemy.orm import Session

    router = APIRouter()


    @router.get("/users")
    def read_users(session: Session = Depends()) -> list[str]:
        return list_names(session)
    ```

    ## Options

    - `share`: the share of the modules of `api` that must leave the database to another layer before the others are
      reported, 0 to 1; 0.8 by default, 0 reports them in every project.

    ## Limits

    Sessions are followed through annotations, assignments and `Depends(get_session)`.
    """

    code = "LC305"
    name = "query-in-api"
    severity = Severity.WARNING
    Options = ConventionOptions
    libraries = LIBRARIES
    needles = NEEDLES

    def may_find(self, data: bytes) -> bool:
        """Return whether the file contains names of sessions, statements or managers."""
        return may_hold_queries(data)

    def applies_to(self, module: Module) -> bool:
        """Check modules of the api."""
        return super().applies_to(module) and module.role == _HOME

    def check(self, module: SourceModule) -> Iterator[ModuleFinding]:
        """Collect the queries of all functions except health checks."""
        if _HEALTH.search(module.module.name) or module.imported_from(_FRAMEWORKS):
            return
        for query in database_queries(module):
            function = module.path_to(query.node)
            if not _HEALTH.search(function):
                yield module.finding(
                    query.node,
                    f"`{_HOME}` must not query the database itself: `{function}` uses `{query.text}`",
                    about=function,
                    names=query.conditions,
                )

    def conclude(self, project: Project, found: Found) -> Iterator[Located]:
        """Keep the queries of applications whose api nearly always uses another layer."""
        going_through = _going_through(project)
        for application, candidates in in_each_application(found).items():
            yield from self._judge(
                project,
                application,
                _queries_of_api(project, candidates),
                {layer: going_through[application, layer] for layer in _GO_BETWEENS},
            )

    def _judge(
        self,
        project: Project,
        application: str | None,
        queries: Sequence[Located],
        going_through: Mapping[str, set[str]],
    ) -> Iterator[Located]:
        asking = {each.module.path for each in queries}
        conventions = {
            layer: Convention(len(modules - asking), len(asking)) for layer, modules in going_through.items()
        }
        for layer, convention in conventions.items():
            if convention.is_kept(self.options.share):
                yield from with_notes(
                    queries,
                    f"{convention.at_home} of {convention.at_home + convention.elsewhere} modules of `{_HOME}` in this"
                    f" application leave queries to `{layer}`",
                    f"help: move the query to a function of `{layer}` and call it here",
                )
                return
        most = max(conventions.values(), key=lambda each: each.at_home)
        stand_down(self, project, application, most, f"modules of `{_HOME}` query the database directly")


def _queries_of_api(project: Project, candidates: Sequence[Located]) -> list[Located]:
    names = OwnNames(project)
    inside = [each for each in candidates if not any(names.say(each.module, layer) for layer in _GO_BETWEENS)]
    return sure_queries(project, inside)


def _going_through(project: Project) -> Mapping[tuple[str | None, str], set[str]]:
    """Collect the modules of the api that may import each layer, by application and layer."""
    found: dict[tuple[str | None, str], set[str]] = defaultdict(set)
    for importer, imported in project.suspects:
        if importer.role == _HOME and imported.role in _GO_BETWEENS and importer.application == imported.application:
            found[importer.application, imported.role].add(importer.path)
    return found
