from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from layercheck import Finding, Location, ProjectRule, Related, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layercheck import Module, Project


class UnmappedModule(ProjectRule):
    """A module to which no layer rule applies.

    ## What it does

    Reports how many modules of an application have neither a role nor a layer, as one note for the whole
    application. With `exhaustive = true` in the configuration, each of them is an error.

    ## Why is this bad?

    No rule checks the imports of such a module, so a new package can leave the architecture without anybody
    noticing.

    ## Example

    With `exhaustive = true`:

    `app/services/users.py`:

    ```python
    def find_user() -> None: ...
    ```

    `app/api/users.py`:

    ```python
    from app.services.users import find_user
    ```

    `app/warehouse.py`:

    ```python
    STOCK: dict[str, int] = {}  # error: LC107
    ```

    ## Use instead

    Move the module to a layer, or give it a role in the configuration: `roles.services = ["app.warehouse"]`.

    Move `app/warehouse.py` to `app/services/warehouse.py`.

    ## Limits

    The `__init__.py` of a folder that only contains other folders needs no role. Neither do modules that Django or Celery
    prescribe (`apps.py`, `admin.py`, `signals.py`, `tasks.py`, `templatetags/`, `management/`, …) and modules of what every
    layer shares (`exceptions.py`, `enums.py`, `constants.py`, `types.py`), unless the configuration is exhaustive.
    """

    code = "LC107"
    name = "unmapped-module"
    severity = Severity.INFO

    def check(self, project: Project) -> Iterator[Finding]:
        """Look at the modules of every application."""
        unmapped: dict[str | None, list[Module]] = defaultdict(list)
        for module in project.unmapped:
            unmapped[module.application].append(module)
        for application, modules in unmapped.items():
            if project.loaded.configuration.exhaustive:
                severity = self._exhaustive_severity(project)
                yield from (self._report_one(module, severity) for module in modules)
            else:
                yield self._report_all(application, modules)

    def _exhaustive_severity(self, project: Project) -> Severity:
        return self.severity if project.loaded.sets_severity(self.code, self.name) else Severity.ERROR

    def _report_one(self, module: Module, severity: Severity) -> Finding:
        return Finding(
            code=self.code,
            name=self.name,
            severity=severity,
            message=f"{module.name} has no layer, and the configuration is exhaustive",
            location=Location(module.path),
            subject=module.name,
            application=module.application or "",
            notes=('help: move it to a layer, or name it in the configuration: `roles.ROLE = ["…"]`',),
        )

    def _report_all(self, application: str | None, modules: list[Module]) -> Finding:
        first, *others = modules
        where = application or "the project"
        count = f"{len(modules)} modules in {where} have" if others else f"1 module in {where} has"
        return Finding(
            code=self.code,
            name=self.name,
            severity=self.severity,
            message=f"{count} no role, so no layer rule applies: {first.name}" + (", …" if others else ""),
            location=Location(first.path),
            subject=application or "",
            application=application or "",
            related=tuple(Related(f"{module.name} has no role", Location(module.path)) for module in others),
            notes=(f'help: run `layercheck roles` for the reasons; to give one a role: roles.ROLE = ["{first.name}"]',),
        )
