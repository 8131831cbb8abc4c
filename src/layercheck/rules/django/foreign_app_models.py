from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from layercheck import ASIDE, COUNTED_KINDS, Finding, ImportKind, Location, ProjectRule, Severity
from layercheck.rules.django.apps import Apps, is_called

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layercheck import Project


class AppOptions(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """Which apps may import the models of which others."""

    allow: dict[str, tuple[str, ...]] = {}
    private: tuple[str, ...] = ()
    imports: tuple[ImportKind, ...] = COUNTED_KINDS


class ForeignAppModels(ProjectRule):
    """An import of the models of another Django app that the configuration forbids.

    ## What it does

    Reports imports of the models of one Django app by modules of another, where the options forbid them. Without
    options, nothing is reported. A name in the options that is not the name of an app is reported. An app is a
    package that contains `apps.py` or `models`. Migrations and tests may import everything.

    ## Why is this bad?

    Code that imports the models of an app can query and change its tables without the app knowing. Apps that should
    be developed, or one day separated, independently should offer functions to each other instead.

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

    - `allow`: for each app, the apps whose models it may import: `{orders = ["users", "catalogue"]}`. An app without an
      entry may import all; `orders = []` forbids all others. Apps are given by label (`orders`) or by package
      (`shop.orders`).
    - `private`: apps whose models no other app may import, except as given in `allow`.
    - `imports`: the kinds of import that count: `"runtime"`, `"deferred"`, `"conditional"`, `"lazy"`, `"dynamic"`,
      `"attribute"`, `"typing"`, `"stub"`; by default all but `"typing"`.

    ## Limits

    Models are the contents of `models.py` or `models/` of an app. Relations given as text
    (`ForeignKey("users.User")`) and `apps.get_model(…)` are not imports.
    """

    code = "LC701"
    name = "foreign-app-models"
    severity = Severity.ERROR
    Options = AppOptions

    def explain_silence(self, project: Project) -> str:
        """Return why there is nothing to check: no options."""
        del project
        return "" if self.options.allow or self.options.private else "its options `allow` and `private` are empty"

    def check(self, project: Project) -> Iterator[Finding]:
        """Report forbidden imports of the models of another app."""
        if self.explain_silence(project):
            return
        apps = Apps(project)
        yield from self._report_unknown(project, apps)
        suspects = [
            suspect
            for suspect in project.suspects
            if suspect.importer.role not in ASIDE
            and self._is_kept(apps.of(suspect.importer), apps.of_models(suspect.imported))
        ]
        for importer, imported, places in self.confirmed(project, suspects):
            app, other = apps.of(importer), apps.of(imported)
            yield self.import_finding(
                importer,
                places,
                f"the app `{app}` must not import the models of `{other}`: {imported.name}",
                [
                    self._say_allowed(app or ""),
                    f"help: call a function of `{other}`, or refer to the model by text in a relation",
                ],
            )

    def _report_unknown(self, project: Project, apps: Apps) -> Iterator[Finding]:
        """Report names in the options that are not names of apps: a typing error would silence the rule."""
        allow: dict[str, tuple[str, ...]] = self.options.allow
        allowed = {name for names in allow.values() for name in names}
        for key, written in (("allow", {*allow, *allowed}), ("private", set(self.options.private))):
            for name in sorted(written):
                if not any(is_called(app, name) for app in apps.packages):
                    yield Finding(
                        code=self.code,
                        name=self.name,
                        severity=self.severity,
                        message=f"no app is named `{name}` ({key})",
                        location=self._location(project, key),
                        subject=key,
                        object=name,
                        notes=("help: fix the name or remove it",),
                    )

    def _location(self, project: Project, key: str) -> Location:
        """Find the line of an option in the configuration, under the code or the name of the rule."""
        origins = project.loaded.origins
        found = (origins.get(f"rules.{rule}.{key}") for rule in (self.code, self.name))
        line = next((origin.line for origin in found if origin is not None and origin.line), None)
        return Location.at_line(project.configuration_path, line)

    def _is_kept(self, app: str | None, other: str | None) -> bool:
        """Return whether the options forbid the models of one app to another; modules outside all apps may import all."""
        if app is None or other is None or app == other:
            return False
        allowed = self._allowed(app)
        if allowed is not None:
            return not any(is_called(other, each) for each in allowed)
        return any(is_called(other, each) for each in self.options.private)

    def _allowed(self, app: str) -> tuple[str, ...] | None:
        """Return the apps whose models an app may import; None if the options do not name it."""
        allow: dict[str, tuple[str, ...]] = self.options.allow
        return next((others for written, others in allow.items() if is_called(app, written)), None)

    def _say_allowed(self, app: str) -> str:
        allowed = self._allowed(app)
        if allowed is None:
            return "the configuration says that these models are private"
        listed = ", ".join(f"`{each}`" for each in allowed)
        return f"`{app}` may import the models of {listed}" if listed else f"`{app}` may import no models but its own"
