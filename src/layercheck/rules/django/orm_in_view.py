from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import msgspec

from layercheck.model.definitions import Kind
from layercheck.model.violation import Severity
from layercheck.module_rule import Located, ModuleRule
from layercheck.rules.conventions import in_each_application, is_kept
from layercheck.rules.django.django_views import FRAMEWORKS_QUESTIONS, LIBRARIES, read_views

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from layercheck.model.finding import Finding
    from layercheck.model.module import Module
    from layercheck.project.project import Project
    from layercheck.syntax.source_module import SourceModule

_VIEW, _QUERY = "view", "query"
_GO_BETWEENS = frozenset({"services", "db"})
_SELECTORS = frozenset({"selectors", "selector"})
"""What many Django projects call the services that only read."""
_MANAGERS = frozenset({"objects", "_default_manager"})


class OrmInView(ModuleRule):
    """A query in a Django view or serializer.

    ## What it does

    Reports Django views and serializers of the REST framework that ask the database themselves, by `Model.objects`;
    once for each function or method. Reported only where at least three of four views that reach data do so through
    `services` or `selectors`.

    What the framework asks for is fine: `queryset = …` in a class, `get_queryset`, `get_object`. So is one object by
    its key (`get_object_or_404(…)`, `Order.objects.get(id=…)`), and so are content types.

    ## Why is this bad?

    A query in a view is written again for the next view that needs the same, with the one condition missing that hides
    what was deleted. And it can only be tested through a request.

    ## Example

    `shop/orders/models.py`:

    ```python
    from django.db import models


    class Order(models.Model):
        name = models.TextField()
    ```

    `shop/orders/selectors.py`:

    ```python
    from shop.orders.models import Order


    def list_orders() -> list[Order]:
        return list(Order.objects.all())
    ```

    `shop/orders/views.py`:

    ```python
    from django.http import HttpResponse

    from shop.orders.models import Order
    from shop.orders.selectors import list_orders


    def read_orders(request):
        return HttpResponse(list_orders())


    def read_bills(request):
        return HttpResponse(list_orders())


    def read_invoices(request):
        return HttpResponse(list_orders())


    def read_last_order(request):
        return HttpResponse(Order.objects.last())  # error: LC702
    ```

    ## Use instead

    `shop/orders/models.py`:

    ```python
    from django.db import models


    class Order(models.Model):
        name = models.TextField()
    ```

    `shop/orders/selectors.py`:

    ```python
    from shop.orders.models import Order


    def find_last_order() -> Order | None:
        return Order.objects.last()
    ```

    `shop/orders/views.py`:

    ```python
    from django.http import HttpResponse

    from shop.orders.selectors import find_last_order


    def read_last_order(request):
        return HttpResponse(find_last_order())
    ```

    ## Limits

    Views are functions whose first parameter is `request`, and methods of classes whose base is called like a view, a
    viewset or a serializer. Queries through relations (`user.orders.all()`) and what a view calls in its own module
    are not seen.
    """

    code = "LC702"
    name = "orm-in-view"
    severity = Severity.WARNING
    libraries = LIBRARIES
    needles = (b"request", b"View", b"Serializer")

    def looks_at(self, module: Module) -> bool:
        """Look at views and serializers wherever they stand, but not at the admin site, which is made of queries."""
        return super().looks_at(module) and "admin" not in module.name.rpartition(".")[2]

    def check(self, module: SourceModule) -> Iterator[Finding]:
        """Tell of each view what it calls, and collect what may be a query."""
        views = set(read_views(module))
        called: dict[ast.AST, set[str]] = {view: set() for view in views}
        for call in module.nodes(ast.Call) if views else ():
            view = module.function_around(call)
            if view in views:
                called[view].add(module.full_name(call.func) or "")
        by_key = {call.func.value for call in module.nodes(ast.Call) if _asks_by_key(call)} if views else set()  # type: ignore[attr-defined]
        for attribute in module.nodes(ast.Attribute) if views else ():
            view = module.function_around(attribute)
            if attribute.attr not in _MANAGERS or attribute in by_key:
                continue
            if view not in views or view.name in FRAMEWORKS_QUESTIONS:
                continue
            table = module.full_name(attribute.value)
            if table is not None and not table.endswith(".ContentType"):
                text = ast.unparse(attribute)
                yield module.finding(
                    attribute,
                    f"a view must not query the database itself: `{module.path_to(attribute)}` uses `{text}`",
                    names=(_QUERY, table),
                )
        for view, names in called.items():
            yield module.finding(view, "", names=(_VIEW, *sorted(name for name in names if "." in name)))

    def conclude(self, project: Project, found: Sequence[Located]) -> Iterator[Located]:
        """Keep the queries where most views ask services or selectors."""
        modules = {module.name: module for module in project.modules}
        for application in in_each_application(found).values():
            queries = [each for each in application if _is_query(project, each)]
            asking = {(each.module.path, each.finding.about) for each in queries}
            through = {
                (each.module.path, each.finding.about)
                for each in application
                if each.finding.names[0] == _VIEW
                and any(_is_go_between(name, modules) for name in each.finding.names[1:])
            }
            if is_kept(len(through - asking), len(asking)):
                notes = (
                    f"{len(through - asking)} views of this application leave it to services, {len(asking)} do not",
                    "way out: ask in a service or selector and call it here",
                )
                for module, query in queries:
                    yield Located(module, msgspec.structs.replace(query, notes=notes))


def _is_query(project: Project, located: Located) -> bool:
    what, *names = located.finding.names
    return what == _QUERY and project.kinds.of(names[0], seen_from=located.module.path) is Kind.TABLE


def _is_go_between(name: str, modules: Mapping[str, Module]) -> bool:
    """Tell whether a full name leads into services or selectors."""
    while name:
        module = modules.get(name)
        if module is not None:
            return module.role in _GO_BETWEENS or not _SELECTORS.isdisjoint(name.split("."))
        name = name.rpartition(".")[0]
    return False
