from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from layercheck.model.imports import ImportKind
from layercheck.model.violation import Severity
from layercheck.module_rule import ASIDE
from layercheck.rule import COUNTED_KINDS, ProjectRule
from layercheck.rules.django.apps import Apps, is_called

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layercheck.model.violation import Violation
    from layercheck.project.project import Project


class AppOptions(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """Which apps may know the models of which."""

    allow: dict[str, tuple[str, ...]] = {}
    private: tuple[str, ...] = ()
    imports: tuple[ImportKind, ...] = COUNTED_KINDS


class ForeignAppModels(ProjectRule):
    """A Django app that imports the models of another app, which the configuration keeps from it.

    ## What it does

    Reports imports of the models of one Django app by modules of another, where the options say that they must not be.
    Without options nothing is reported. An app is a package with `apps.py` or `models` in it; migrations and tests may
    import what they like.

    ## Why is this bad?

    Whoever imports the models of an app can query and change its tables behind its back. Apps that are to be changed,
    or one day to be parted, on their own offer functions to each other instead.

    ## Example

    With `rules.LC701.private = ["billing"]`:

    `shop/billing/models.py`:

    ```python
    from django.db import models


    class Invoice(models.Model):
        total = models.IntegerField()
    ```

    `shop/orders/models.py`:

    ```python
    from django.db import models


    class Order(models.Model):
        name = models.TextField()
    ```

    `shop/orders/services.py`:

    ```python
    from shop.billing.models import Invoice  # error: LC701


    def sum_invoices() -> int:
        return sum(invoice.total for invoice in Invoice.objects.all())
    ```

    ## Use instead

    With `rules.LC701.private = ["billing"]`:

    `shop/billing/models.py`:

    ```python
    from django.db import models


    class Invoice(models.Model):
        total = models.IntegerField()
    ```

    `shop/billing/services.py`:

    ```python
    from shop.billing.models import Invoice


    def sum_invoices() -> int:
        return sum(invoice.total for invoice in Invoice.objects.all())
    ```

    `shop/orders/services.py`:

    ```python
    from shop.billing.services import sum_invoices


    def close_year() -> int:
        return sum_invoices()
    ```

    ## Options

    - `allow`: the apps whose models an app may import, by its name: `{orders = ["users", "catalogue"]}`. An app that is
      not named may import all; `orders = []` keeps all others from it. Apps are named by their labels (`orders`) or by
      their packages (`shop.orders`).
    - `private`: apps whose models nobody else may import, unless `allow` says so.
    - `imports`: the kinds of import that count: `"runtime"`, `"deferred"`, `"conditional"`, `"lazy"`, `"dynamic"`,
      `"attribute"`, `"typing"`, `"stub"`; by default all but `"typing"`.

    ## Limits

    Models are what stands in `models.py` or `models/` of an app. Relations that are written as text
    (`ForeignKey("users.User")`) and `apps.get_model(…)` are no imports.
    """

    code = "LC701"
    name = "foreign-app-models"
    severity = Severity.ERROR
    Options = AppOptions

    def check(self, project: Project) -> Iterator[Violation]:
        """Look for imports of models from another app."""
        if not self.options.allow and not self.options.private:
            return
        apps = Apps(project)
        suspects = [
            suspect
            for suspect in project.suspects
            if suspect.importer.role not in ASIDE
            and self._is_kept(apps.of(suspect.importer), apps.of_models(suspect.imported))
        ]
        for importer, imported, places in self.convicted(project, suspects):
            app, other = apps.of(importer), apps.of(imported)
            yield self.import_violation(
                importer,
                places,
                f"the app `{app}` must not import the models of `{other}`: {imported.name}",
                [
                    self._say_allowed(app or ""),
                    f"way out: call a function that `{other}` offers, or refer to the model by text in a relation",
                ],
            )

    def _is_kept(self, app: str | None, other: str | None) -> bool:
        """Tell whether the options keep the models of an app from another; who is part of no app may import all."""
        if app is None or other is None or app == other:
            return False
        allowed = self._allowed(app)
        if allowed is not None:
            return not any(is_called(other, each) for each in allowed)
        return any(is_called(other, each) for each in self.options.private)

    def _allowed(self, app: str) -> tuple[str, ...] | None:
        """Give the apps whose models an app may import; None where the options do not name it."""
        allow: dict[str, tuple[str, ...]] = self.options.allow
        return next((others for written, others in allow.items() if is_called(app, written)), None)

    def _say_allowed(self, app: str) -> str:
        allowed = self._allowed(app)
        if allowed is None:
            return "the configuration says that these models are private"
        listed = ", ".join(f"`{each}`" for each in allowed)
        return f"`{app}` may import the models of {listed}" if listed else f"`{app}` may import no models but its own"
