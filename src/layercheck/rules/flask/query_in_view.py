from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

import msgspec

from layercheck.model.definitions import Kind
from layercheck.model.violation import Severity
from layercheck.module_rule import Located, ModuleRule
from layercheck.project.known_names import gives_session
from layercheck.rules.conventions import in_each_application, is_kept
from layercheck.rules.flask.flask_names import LIBRARIES
from layercheck.rules.flask.routes import read_views

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from layercheck.model.finding import Finding
    from layercheck.project.project import Project
    from layercheck.syntax.source_module import SourceModule

_VIEW, _SESSION, _TABLE, _SURE = "view", "session", "table", "sure"
_USES = frozenset({"execute", "scalar", "scalars", "query", "get", "get_one", "stream", "stream_scalars", "delete"})
"""What reads or changes rows; to add to a session, to commit and to roll back may well be the view's business."""
_STATEMENTS = frozenset(
    f"sqlalchemy.{module}{statement}"
    for module in ("", "future.", "sql.", "sql.expression.")
    for statement in ("select", "update", "delete", "insert")
)
_ALCHEMY = ("sqlalchemy.", "flask_sqlalchemy.", "flask_appbuilder.", "flask_sqlalchemy_lite.")
_HEALTH = re.compile(r"health|(^|_)(ready|readiness|alive|liveness|ping|status)$")
"""What tells by its name that it asks the database only whether it is there."""
_GO_BETWEENS = frozenset({"services", "db"})


class QueryInView(ModuleRule):
    """A query of the database in a Flask view.

    ## What it does

    Reports Flask views that ask the database themselves, by `User.query`, `db.session`, another session of SQLAlchemy,
    or a statement (`select(…)`); once for each view. Reported only where at least three of four views that reach data
    do so through `services` or the repositories in `db`.

    Adding to a session, commits and rollbacks are not reported, `Model.query.get_or_404` and health checks neither.

    ## Why is this bad?

    A query in a view is written again for the next view that needs the same, with the one condition missing that hides
    what was deleted. And it can only be tested through a request.

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

    from shop.repositories import orders

    bp = Blueprint("orders", __name__)


    @bp.get("/last")
    def read_last_order() -> str:
        return orders.find_last_order().name
    ```

    ## Limits

    Views are functions and classes below `@app.route`, `@blueprint.get` and the like, and the methods of resources and
    method views. What a view calls in its own module is not followed.
    """

    code = "LC603"
    name = "query-in-view"
    severity = Severity.WARNING
    libraries = LIBRARIES
    needles = (b"route(", b".get(", b".post(", b".put(", b".patch(", b".delete(", b"Resource", b"View", b"expose(")

    def check(self, module: SourceModule) -> Iterator[Finding]:
        """Tell of each view what it calls, and collect what may be a query."""
        views = {view for view in read_views(module) if not _HEALTH.search(view.name)}
        called: dict[ast.AST, set[str]] = {view: set() for view in views}
        # `User.query.get_or_404(…)` answers the request, which no service may do.
        answers = {node.value for node in module.nodes(ast.Attribute) if node.attr == "get_or_404"}
        for node in module.nodes(ast.Call, ast.Attribute) if views else ():
            view = module.function_around(node)
            if view not in views or node in answers:
                continue
            if isinstance(node, ast.Call):
                called[view].add(module.full_name(node.func) or "")
            query = _query_at(module, node)
            if query is not None:
                text, *names = query
                yield module.finding(
                    node,
                    f"a view must not query the database itself: `{module.path_to(node)}` uses `{text}`",
                    names=names,
                )
        for view, names in called.items():
            yield module.finding(view, "", names=(_VIEW, *sorted(name for name in names if "." in name)))

    def conclude(self, project: Project, found: Sequence[Located]) -> Iterator[Located]:
        """Keep the queries where most views ask services or repositories."""
        roles = {module.name: module.role for module in project.modules}
        for application in in_each_application(found).values():
            queries = [each for each in application if _is_query(project, each)]
            asking = {(each.module.path, each.finding.about) for each in queries}
            through = {
                (each.module.path, each.finding.about)
                for each in application
                if each.finding.names[0] == _VIEW
                and any(_role_of(name, roles) in _GO_BETWEENS for name in each.finding.names[1:])
            }
            if is_kept(len(through - asking), len(asking)):
                notes = (
                    f"{len(through - asking)} views of this application leave it to services, {len(asking)} do not",
                    "way out: ask in a service and call it here",
                )
                for module, query in queries:
                    yield Located(module, msgspec.structs.replace(query, notes=notes))


def _query_at(module: SourceModule, node: ast.Call | ast.Attribute) -> tuple[str, str, str] | None:
    """Read what may be a query: its text, what its name must be for it to be one, and the name."""
    if isinstance(node, ast.Attribute):
        name = module.full_name(node.value) if node.attr == "query" else None
        is_class = name is not None and name.rpartition(".")[2][:1].isupper() and "()" not in name
        return (ast.unparse(node), _TABLE, name or "") if is_class else None
    name = module.full_name(node.func)
    if name in _STATEMENTS:
        return f"{name.rpartition('.')[2]}(…)", _SURE, name
    if isinstance(node.func, ast.Attribute) and node.func.attr in _USES:
        holder = module.full_name(node.func.value)
        return None if holder is None else (ast.unparse(node.func), _SESSION, holder)
    return None


def _is_query(project: Project, located: Located) -> bool:
    what, *names = located.finding.names
    if what == _TABLE:
        return project.kinds.of(names[0], seen_from=located.module.path) is Kind.TABLE
    if what == _SESSION:
        if names[0].endswith(".db.session"):
            return True  # whatever makes it: nothing else is called like this
        name = project.kinds.full_name(names[0], seen_from=located.module.path)
        return name.startswith(_ALCHEMY) and (gives_session(name) or name.endswith("().session"))
    return what == _SURE


def _role_of(name: str, roles: dict[str, str | None]) -> str | None:
    """Tell the role of the module that a full name leads into."""
    while name:
        if name in roles:
            return roles[name]
        name = name.rpartition(".")[0]
    return None
