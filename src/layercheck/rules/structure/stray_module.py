from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck import ProjectRule, Severity
from layercheck.rules.structure.manifests import PACKAGING
from layercheck.rules.structure.words import home_of, last_word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layercheck import Finding, Folder, Module, Project


class StrayModule(ProjectRule):
    """A module next to the entry point that belongs in an existing folder.

    ## What it does

    Reports a module directly in the folder of the application whose name tells its layer, if there is a folder for
    that layer next to it: `app/user_service.py` next to `app/services/`.

    ## Why is this bad?

    Whoever looks for a service looks in `services/`. A second place makes everybody search twice, and nobody knows
    where to put the next service.

    ## Example

    `app/main.py`:

    ```python
    from app.api import users
    ```

    `app/api/users.py`:

    ```python
    from app.user_service import find_user
    ```

    `app/services/orders.py`:

    ```python
    def find_order() -> None: ...
    ```

    `app/user_service.py`:

    ```python
    def find_user() -> None: ...  # error: LC202
    ```

    ## Use instead

    Move `app/user_service.py` to `app/services/users.py`.

    `app/api/users.py`:

    ```python
    from app.services.users import find_user
    ```

    ## Limits

    Only names are compared. A module that only passes on what others define, and a folder that is a distribution of its
    own, are left alone. A module whose name does not tell its layer is left to unmapped-module.
    """

    code = "LC202"
    name = "stray-module"
    severity = Severity.WARNING

    def check(self, project: Project) -> Iterator[Finding]:
        """Check the files directly in each application."""
        for root in project.layout.applications:
            yield from self._judge(project, project.folder_at[root.path])

    def _judge(self, project: Project, root: Folder) -> Iterator[Finding]:
        service_folders = {
            home_of(child.name): child for child in root.children if child.role is not None and child.total
        }
        for file in root.files:
            module = project.module_at[file.path]
            home = service_folders.get(home_of(last_word(file.stem)))
            # A module and a folder of one name are module-and-package.
            if home is None or module.role != home.role or file.stem == home.name:
                continue
            if project.files.find(*PACKAGING, folders=(home.path,)) or _passes_on(project, module):
                continue
            yield self.file_finding(
                file.path,
                f"{module.name} is next to the folder {home.path}, where modules of its kind are",
                subject=module.name,
                application=root.path,
                notes=(f"help: move it into {home.path}",),
            )


def _passes_on(project: Project, module: Module) -> bool:
    """Return whether a module defines nothing and only re-exports."""
    definitions = project.kinds.definitions(module)
    own = {name for name, each in definitions.names.items() if each.form != "import" and not name.startswith("__")}
    return not own and bool(definitions.names or definitions.stars)
