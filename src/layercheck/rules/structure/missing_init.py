from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from layercheck import ProjectRule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layercheck import Finding, Folder, Project

_MOSTLY = 0.5
"""The share of folders that must be packages before a missing `__init__.py` is reported."""


class MissingInit(ProjectRule):
    """A folder of a layer without an `__init__` file, unlike its neighbours.

    ## What it does

    Reports a folder with modules of a layer, inside a package, that is not a package itself. Nothing is reported in
    applications in which most folders have no `__init__.py`, or if all folders next to it have none.

    ## Why is this bad?

    Python treats such a folder as a namespace package, and tools disagree about those: setuptools omits it from the
    wheel, mypy and pytest may give its modules other names, and test discovery skips it. It works on the machine of
    the author and fails where the package is installed.

    ## Example

    `app/__init__.py`:

    ```python
    ```

    `app/api/__init__.py`:

    ```python
    ```

    `app/api/users.py`:

    ```python
    from app.services.users import find_user
    ```

    `app/services/users.py`:

    ```python
    def find_user() -> None: ...  # error: LC201
    ```

    ## Use instead

    `app/services/__init__.py`:

    ```python
    ```

    ## Limits

    The finding is located at the first module of the folder, because the missing file does not exist. Of nested
    folders without the file, the outermost one is reported.
    """

    code = "LC201"
    name = "missing-init"
    severity = Severity.WARNING
    needs_all_files = True

    def check(self, project: Project) -> Iterator[Finding]:
        """Check the folders of applications that mostly consist of packages."""
        by_application: dict[str, list[Folder]] = defaultdict(list)
        for folder in project.folders:
            if folder.aside is None and _has_modules(folder):
                application = project.layout.application_of.get(folder.files[0].path)
                if application is not None:
                    by_application[application].append(folder)
        for application, folders in by_application.items():
            packages = sum(folder.is_package for folder in folders)
            if packages < _MOSTLY * len(folders):
                continue
            for folder in folders:
                if not folder.is_package and not _is_custom_beside(folder):
                    yield from self._judge(project, folder, application)

    def _judge(self, project: Project, folder: Folder, application: str) -> Iterator[Finding]:
        modules = [project.module_at[file.path] for file in folder.files]
        layers = project.layers.sort({module.layer for module in modules if module.layer is not None})
        if layers:
            held = ", ".join(f"`{layer}`" for layer in layers)
            yield self.file_finding(
                modules[0].path,
                f"{folder.path} contains modules of {held} and has no `__init__.py`, unlike the folders around it",
                subject=folder.path,
                application=application,
                notes=("help: add an empty `__init__.py` to the folder",),
            )


def _is_custom_beside(folder: Folder) -> bool:
    """Whether the folders directly beside and above this one have no `__init__.py` either."""
    parent = folder.parent
    if parent is None or not parent.is_package:
        return True
    beside = [child for child in parent.children if child is not folder and child.aside is None and _has_modules(child)]
    return len(beside) > 1 and not any(child.is_package for child in beside)


def _has_modules(folder: Folder) -> bool:
    return any(file.path.endswith(".py") for file in folder.files)
