from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Annotated

import msgspec
from msgspec import Meta

from layercheck import COUNTED_KINDS, ImportKind, ProjectRule, Severity
from layercheck.rules.django.apps import Apps

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layercheck import Finding, Import, Module, Project

_VIEWS = frozenset({"view", "views", "viewset", "viewsets", "api", "apis"})


class FatOptions(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """The number of apps that is too many."""

    apps: Annotated[int, Meta(ge=1)] = 3
    imports: tuple[ImportKind, ...] = COUNTED_KINDS


class FatViews(ProjectRule):
    """A module of Django views that imports the models of many apps.

    ## What it does

    Reports modules of views that import the models of three or more apps, including their own. Off by default,
    because teams disagree about how much views may know.

    ## Why is this bad?

    Views that combine the models of many apps contain business logic. They change whenever one of the apps changes,
    and nothing in them can be reused.

    ## Example

    `shop/orders/apps.py`:

    ```python
    from django.apps import AppConfig


    class OrdersConfig(AppConfig):
        name = "shop.orders"
    ```

    `shop/users/models.py`:

    ```python
    class User: ...
    ```

    `shop/billing/models.py`:

    ```python
    class Invoice: ...
    ```

    `shop/orders/models.py`:

    ```python
    class Order: ...
    ```

    `shop/orders/views.py`:

    ```python
    from django.http import HttpResponse
    from shop.billing.models import Invoice  # error: LC703
    from shop.orders.models import Order
    from shop.users.models import User


    def show_dashboard(request):
        return HttpResponse(f"{User} {Order} {Invoice}")
    ```

    ## Use instead

    `shop/orders/services.py`:

    ```python
    from shop.billing.models import Invoice
    from shop.orders.models import Order
    from shop.users.models import User


    def describe_dashboard() -> str:
        return f"{User} {Order} {Invoice}"
    ```

    `shop/orders/views.py`:

    ```python
    from django.http import HttpResponse
    from shop.orders.services import describe_dashboard


    def show_dashboard(request):
        return HttpResponse(describe_dashboard())
    ```

    ## Options

    - `apps`: the number of apps from which a module is reported; 3 by default.
    - `imports`: the kinds of import that count; all but `typing` by default.

    ## Limits

    Views are modules named `views`, `viewsets` or `api`, and modules in packages with these names. Models of
    installed packages (`django.contrib.auth`) do not count. A project without any `apps.py` is not treated as a
    Django project.
    """

    code = "LC703"
    name = "fat-views"
    severity = Severity.INFO
    is_default = False
    Options = FatOptions

    def check(self, project: Project) -> Iterator[Finding]:
        """Report modules of views that import the models of many apps."""
        apps = Apps(project)
        if not apps.are_django:
            return
        suspects = [
            suspect
            for suspect in project.suspects
            if _holds_views(suspect.importer) and apps.of_models(suspect.imported)
        ]
        found: dict[Module, dict[str, list[Import]]] = defaultdict(lambda: defaultdict(list))
        for importer, imported, places in self.confirmed(project, suspects):
            found[importer][apps.of_models(imported) or ""] += places
        for views, by_app in found.items():
            if len(by_app) >= self.options.apps:
                places = sorted((place for places in by_app.values() for place in places), key=_place)
                listed = ", ".join(f"`{app}`" for app in sorted(by_app))
                yield self.import_finding(
                    views,
                    places,
                    f"these views import the models of {len(by_app)} apps: {listed}",
                    ["help: combine the models of several apps in a service"],
                )


def _holds_views(module: Module) -> bool:
    """Return whether a module holds views (`views.py`, modules in `views/`), not filters, resolvers or the like."""
    return module.role == "api" and not _VIEWS.isdisjoint(module.name.split(".")[-2:])


def _place(place: Import) -> tuple[str, object]:
    return place.location.path, place.location.span
