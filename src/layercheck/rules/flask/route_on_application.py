from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from layercheck import ModuleRule, Severity, compile_later
from layercheck.rules.convention import in_each_application
from layercheck.rules.flask.flask_names import APPLICATIONS, LIBRARIES, ROUTE_NEEDLES
from layercheck.rules.flask.flask_routes import literal_path, read_routes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layercheck import Fact, Found, Located, ModuleFinding, Project, SourceModule

UNRESOLVED = "app"
_TECHNICAL = "technical"
_STRAYS = 0.25
"""The largest share of routes on the application for which these are reported."""
_TECHNICAL_PATH = compile_later(
    r"^/?$|health|ready|readiness|alive|liveness|\bping\b|status|version|metrics|robots|favicon|well-known|sitemap|"
    r"static|assets|media|upload|swagger|openapi|\bdocs?\b|redoc|manifest|\.js|shutdown|debug|"
    r"^/_|<path:",  # what is asked by machines, and files from a folder
    re.IGNORECASE,
)
"""The paths that belong to the application as a whole."""


class RouteOnApplication(ModuleRule):
    """A route on the application object in an application with blueprints.

    ## What it does

    Reports `@app.route(…)` and `app.add_url_rule(…)` on a Flask or Quart application if at least three of four
    routes are on blueprints. Routes of the application as a whole are allowed: `/`, health checks, `robots.txt`,
    static files, documentation, and a catch-all path.

    ## Why is this bad?

    The view can be imported only after the application object exists, which often leads to import cycles. It also
    lacks everything a blueprint gives to its views: the prefix, the error handlers, the login check.

    ## Example

    `shop/app.py`:

    ```python
    from flask import Flask

    from shop.views import users

    app = Flask(__name__)
    app.register_blueprint(users.bp)


    @app.route("/health")
    def health() -> str:
        return "fine"


    @app.route("/orders")  # error: LC602
    def list_orders() -> str:
        return "none"
    ```

    `shop/views/users.py`:

    ```python
    from flask import Blueprint

    bp = Blueprint("users", __name__)


    @bp.get("/users")
    def list_users() -> str:
        return "all"


    @bp.post("/users")
    def create_user() -> str:
        return "one"


    @bp.delete("/users")
    def remove_user() -> str:
        return "none"
    ```

    `shop/services/users.py`:

    ```python
    def find_user() -> None: ...
    ```

    ## Use instead

    `shop/app.py`:

    ```python
    from flask import Flask

    from shop.views import orders, users

    app = Flask(__name__)
    app.register_blueprint(orders.bp)
    app.register_blueprint(users.bp)


    @app.route("/health")
    def health() -> str:
        return "fine"
    ```

    `shop/views/orders.py`:

    ```python
    from flask import Blueprint

    bp = Blueprint("orders", __name__)


    @bp.get("/orders")
    def list_orders() -> str:
        return "none"
    ```

    ## Limits

    An application that is passed to a function is recognised by its annotation (`app: Flask`) or by the name `app`.
    A path that is not a literal is not reported.
    """

    code = "LC602"
    name = "route-on-application"
    severity = Severity.WARNING
    libraries = LIBRARIES
    needles = ROUTE_NEEDLES

    def check(self, module: SourceModule) -> Iterator[ModuleFinding | Fact]:
        """Note what each route is on; imported names are looked up in other modules later."""
        for route in read_routes(module):
            yield self._report(module, route.on, route.decorator, route.path)
        for call in module.nodes(ast.Call):
            if isinstance(call.func, ast.Attribute) and call.func.attr == "add_url_rule":
                yield self._report(module, call.func.value, call, literal_path(call))

    def conclude(self, project: Project, found: Found) -> Iterator[Located]:
        """Keep the routes on applications if most routes are on blueprints."""
        technical = in_each_application(found.facts)
        for application, routes in in_each_application(found).items():
            strays = [each for each in routes if _is_on_application(project, each)]
            if len(strays) <= (len(routes) + len(technical[application])) * _STRAYS:
                yield from strays

    def _report(self, module: SourceModule, on: ast.expr, route: ast.Call, path: str | None) -> ModuleFinding | Fact:
        if path is None or _TECHNICAL_PATH.search(path):
            return module.fact(_TECHNICAL, route)
        name = module.full_name(on) or (UNRESOLVED if ast.unparse(on) == "app" else "")
        return module.finding(
            route,
            f"`{path}` is a route of the application itself, not of a blueprint",
            about=path,
            names=(name,),
            notes=["help: move it to a blueprint"],
        )


def _is_on_application(project: Project, route: Located) -> bool:
    name = route.finding.names[0]
    if name in APPLICATIONS or name == UNRESOLVED:
        return True
    return bool(name) and project.kinds.full_name(name, seen_from=route.module.path) in APPLICATIONS
