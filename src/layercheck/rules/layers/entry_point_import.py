from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from layercheck import ASIDE, MAIN, WIRING, ImportOptions, ProjectRule, Severity
from layercheck.rules.layers.notes import role_notes, weigh
from layercheck.rules.packages import is_package_of
from layercheck.rules.severities import at_most

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layercheck import Finding, Module, Project, Suspect

# Code that starts the application, or exercises it from outside.
_COMMAND_LINE = "cli"
_STARTERS = frozenset({"celery", "rq", "arq", "dramatiq", "huey", "taskiq", "click", "typer"})
"""Libraries of task queues and of command lines."""
_OUTSIDE = ASIDE | {MAIN}
_DOUBTFUL = "app"
"""Starts the application in some projects, and holds in others what all modules share."""
_MANY, _SHARE = 10, 0.1
"""So many modules, and such a part of the application, import what they share."""


class EntryPointImport(ProjectRule):
    """An import of an entry point.

    ## What it does

    Reports a module that imports an entry point: `main`, `app`, `asgi`, `wsgi`, `manage` or `__main__` at the top
    of an application. Other entry points, tests, migrations and scripts may import it.

    ## Why is this bad?

    The entry point imports everything, so a module that imports it is part of an import cycle, and importing that
    module starts the application.

    ## Example

    `app/main.py`:

    ```python
    from app.services.users import find_user

    VERSION = "1.0"
    ```

    `app/services/users.py`:

    ```python
    def find_user() -> str:
        from app.main import VERSION  # error: LC105

        return VERSION
    ```

    `app/models/user.py`:

    ```python
    class User: ...
    ```

    ## Use instead

    Move what other modules need out of the entry point.

    `app/main.py`:

    ```python
    from app.services.users import find_user
    ```

    `app/config.py`:

    ```python
    VERSION = "1.0"
    ```

    `app/services/users.py`:

    ```python
    from app.config import VERSION


    def find_user() -> str:
        return VERSION
    ```

    ## Options

    - `imports`: the kinds of import that count; all but `typing` by default.

    ## Limits

    Entry points are recognised by name and location. Add others with `roles.main`. Modules without a layer that import
    Celery, RQ, arq, Dramatiq, Huey, TaskIQ, click or typer may import them, because a worker or a command starts the
    application, and so may `cli.py` and modules in `cli/`. The `__init__.py` of a package may import an entry point
    inside the package (`from shop.app import create_app`), because it only passes it on. Programs (`if __name__ ==
    "__main__"`) may import them, too. Where ten modules and a tenth of the application import an `app.py`, which may as
    well hold what they share, these imports are warnings.
    """

    code = "LC105"
    name = "entry-point-import"
    severity = Severity.ERROR
    Options = ImportOptions

    def check(self, project: Project) -> Iterator[Finding]:
        """Look at everybody who imports an entry point."""
        entry_points = [module for module in project.modules if module.role == MAIN]
        suspects = (
            suspect
            for suspect in project.importers_of(entry_points)
            if self.judges(project, suspect)
            # The `__init__.py` of a package passes on what it imports from there.
            and not is_package_of(*suspect)
            and not _starts_application(project, suspect.importer)
        )
        confirmed = list(self.confirmed(project, suspects))
        users = Counter(imported.path for _, imported, _ in confirmed)
        sizes = Counter(module.application for module in project.modules if module.role not in _OUTSIDE)
        for importer, imported, places in confirmed:
            many = users[imported.path]
            is_shared = (
                imported.name.rpartition(".")[2] == _DOUBTFUL
                and many >= _MANY
                and many >= _SHARE * sizes[imported.application]
            )
            help_ = f"move what {importer.name} needs out of {imported.name} into a separate module, and import it from there"
            if is_shared:
                help_ = (
                    f'{many} modules import {imported.name}: if it starts nothing, roles.wiring = ["{imported.name}"]'
                )
            severity = weigh(self.severity, imported)
            yield self.import_finding(
                importer,
                places,
                f"the entry point {imported.name} must not be imported: {importer.name} imports it",
                [f"help: {help_}"],
                roles=role_notes(importer, imported),
                severity=at_most(severity, Severity.WARNING) if is_shared else severity,
            )

    def judges(self, project: Project, suspect: Suspect) -> bool:
        """Look at everybody in its application who imports an entry point."""
        del project
        importer, imported = suspect
        is_inside = importer.role not in _OUTSIDE and importer.application == imported.application
        return is_inside and imported.role == MAIN


def _starts_application(project: Project, module: Module) -> bool:
    """Tell whether a module is there to start the application: a command line, or the tasks of a queue."""
    if module.role == WIRING and _COMMAND_LINE in module.name.split("."):
        return True
    libraries = {text.partition(":")[0].partition(".")[0] for text in project.scans[module.path].imports}
    if module.layer is not None:
        return False
    return not libraries.isdisjoint(_STARTERS) or project.kinds.definitions(module).is_program
