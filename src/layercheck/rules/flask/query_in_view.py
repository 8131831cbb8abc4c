from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from layercheck import ModuleRule, Severity, compile_later
from layercheck.rules.convention import ConventionOptions
from layercheck.rules.database_queries import database_queries
from layercheck.rules.flask.flask_names import LIBRARIES, ROUTE_NEEDLES
from layercheck.rules.flask.flask_routes import read_views
from layercheck.rules.view_convention import keep_exceptions, view_facts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layercheck import Fact, Found, Located, ModuleFinding, Project, SourceModule

_HEALTH = compile_later(r"health|(^|_)(ready|readiness|alive|liveness|ping|status)$")
"""Matches names of health checks, which query the database only to see whether it is available."""


class QueryInView(ModuleRule):
    """A database query in a Flask view.

    ## What it does

    Reports Flask views that query the database directly, with `User.query`, `db.session`, another session of
    SQLAlchemy or a statement (`select(…)`), once for each view. The rule applies only if at least four of five
    views that access data do so through `services` or the repositories in `db`.

    Commits, rollbacks, `Model.query.get_or_404` and health checks are not reported.

    ## Why is this bad?

    A query in a view is repeated in the next view that needs the same data, without the one condition that hides
    deleted rows. And it can only be tested through a request.

    ## Example

    `shop/repositories/orders.py`:

    ```python
    def list_orders() -> list[str]: ...
    ```

    `shop/models.py`:

    ```python
    from flask_sqlalchemy import SQLAlchemy

    db = SQLAlchemy()


    class Order(db.Model):
        name = db.Column(db.String)
    ```

    `shop/views/orders.py`:

    ```python
    from flask import Blueprint

    from shop.models import Order
    from shop.repositories import orders

    bp = Blueprint("orders", __name__)


    @bp.get("/orders")
    def read_orders() -> list[str]:
        return orders.list_orders()


    @bp.get("/invoices")
    def read_invoices() -> list[str]:
        return orders.list_orders()


    @bp.get("/bills")
    def read_bills() -> list[str]:
        return orders.list_orders()


    @bp.get("/last")
    def read_last_order() -> str:
        return Order.query.first().name  # error: LC603
    ```

    ## Use instead

    `shop/repositories/orders.py`:

    ```python
    from shop.models import Order


    def find_last_order() -> Order:
        return Order.query.first()
    ```

    `shop/views/orders.py`:

    ```python
    from flask import Blueprint

    from shop.repositories import orders

    bp = Blueprint("orders", __name__)


    @bp.get("/last")
    def read_last_order() -> str:
        return orders.find_last_order().name
    ```

    ## Options

    - `share`: the share of the views that access data which must do so through `services` or `db` before the others are
      reported, 0 to 1; 0.8 by default, 0 reports them in every project.

    ## Limits

    Views are functions and classes below `@app.route`, `@blueprint.get` and similar, and the methods of resources
    and method views. Functions that a view calls are not followed.
    """

    code = "LC603"
    name = "query-in-view"
    severity = Severity.WARNING
    Options = ConventionOptions
    libraries = LIBRARIES
    needles = (*ROUTE_NEEDLES, b"Resource)", b"Resource,", b"View)", b"View,", b"RestApi)", b"RestApi,")

    def check(self, module: SourceModule) -> Iterator[ModuleFinding | Fact]:
        """Note what each view calls, and collect possible queries."""
        views = {view for view in read_views(module) if not _HEALTH.search(view.name)}
        yield from view_facts(module, views)
        # `User.query.get_or_404(…)` answers the request, which no service may do.
        answers = {node.value for node in module.nodes(ast.Attribute) if node.attr == "get_or_404"}
        for query in database_queries(module) if views else ():
            if module.function_around(query.node) in views and query.node not in answers:
                yield module.finding(
                    query.node,
                    f"a view must not query the database itself: `{module.path_to(query.node)}` uses `{query.text}`",
                    names=query.conditions,
                )

    def conclude(self, project: Project, found: Found) -> Iterator[Located]:
        """Keep the queries of applications in which most views use services or repositories."""
        return keep_exceptions(self, project, found, self.options.share)
