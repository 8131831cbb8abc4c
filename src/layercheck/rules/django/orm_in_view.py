from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from layercheck import ModuleRule, Severity
from layercheck.rules.convention import ConventionOptions
from layercheck.rules.database_queries import database_queries
from layercheck.rules.django.django_views import LIBRARIES, read_views
from layercheck.rules.view_convention import keep_exceptions, view_facts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layercheck import Fact, Found, Located, Module, ModuleFinding, Project, SourceModule

_KEYS = frozenset({"id", "pk", "uuid", "slug", "id__exact", "pk__exact"})


class OrmInView(ModuleRule):
    """A database query in a Django view or serializer.

    ## What it does

    Reports Django views and serializers of Django REST framework that query the database directly with
    `Model.objects`, once for each function or method. The rule applies only if at least four of five views that
    access data do so through `services` or `selectors`.

    What the framework requires is allowed: `queryset = …` in a class, `get_queryset`, `get_object`, and the methods
    of a serializer that validate and save input (`create`, `validate_name`). Also allowed are a single object by
    its key (`get_object_or_404(…)`, `Order.objects.get(id=…)`), a `queryset=` for a form or filter, and a content
    type.

    ## Why is this bad?

    A query in a view is repeated in the next view that needs the same data, without the one condition that hides
    deleted rows. And it can only be tested through a request.

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

    ## Options

    - `share`: the share of the views that access data which must do so through `services` or `selectors` before the
      others are reported, 0 to 1; 0.8 by default, 0 reports them in every project.

    ## Limits

    Views are functions in `api` whose first parameter is `request`, and methods of classes whose base has the name
    of a view, a viewset or a serializer. Queries through relations (`user.orders.all()`) and in functions that a
    view calls are not recognised.
    """

    code = "LC702"
    name = "orm-in-view"
    severity = Severity.WARNING
    Options = ConventionOptions
    libraries = LIBRARIES
    needles = (
        *(b"(request", b"View)", b"View,", b"ViewSet", b"Viewset", b"API)", b"API,", b"Api)", b"Api,", b"ViewMixin"),
        *(b"Controller)", b"Controller,", b"Serializer)", b"Serializer,", b"SerializerMixin"),
    )

    def applies_to(self, module: Module) -> bool:
        """Check views and serializers anywhere except in the admin site, which consists of queries."""
        return super().applies_to(module) and "admin" not in module.name.rpartition(".")[2]

    def check(self, module: SourceModule) -> Iterator[ModuleFinding | Fact]:
        """Note what each view calls, and collect possible queries."""
        views = {view.function: view.kind for view in read_views(module)}
        yield from view_facts(module, views)
        handed = _handed_to_django(module)
        for query in database_queries(module) if views else ():
            if not query.table or query.table.endswith(".ContentType") or query.node in handed:
                continue
            function = module.function_around(query.node)
            kind = views.get(function) if function is not None else None
            if kind is not None:
                yield module.finding(
                    query.node,
                    f"a {kind} must not query the database itself: `{module.path_to(query.node)}` uses `{query.text}`",
                    names=query.conditions,
                )

    def conclude(self, project: Project, found: Found) -> Iterator[Located]:
        """Keep the queries of applications in which most views use services or selectors."""
        return keep_exceptions(self, project, found, self.options.share)


def _handed_to_django(module: SourceModule) -> set[ast.AST]:
    """Find managers used to get one object by its key, and querysets that are passed to Django."""
    found: set[ast.AST] = set()
    for call in module.nodes(ast.Call):
        match call:
            case ast.Call(func=ast.Attribute(attr="get", value=manager), args=[], keywords=[ast.keyword(arg=key)]):
                if key in _KEYS:
                    found.add(manager)
            case ast.Call(func=ast.Name(id=name), args=[asked, *_]) if name.endswith("_or_404"):
                found.update(ast.walk(asked))
        for keyword in call.keywords:
            if keyword.arg == "queryset":
                found.update(ast.walk(keyword.value))
    return found
