from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck import Location, ProjectRule, Related, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layercheck import Finding, Project


class ModuleAndPackage(ProjectRule):
    """A module hidden by a package with the same name.

    ## What it does

    Reports `users.py` next to `users/__init__.py`.

    ## Why is this bad?

    Python imports the package and never the module, so changes in `users.py` have no effect. Usually, the module
    was turned into a package and the old file was left behind.

    ## Example

    `app/api/routes.py`:

    ```python
    from app.services.users import find_user
    ```

    `app/services/users.py`:

    ```python
    def find_user() -> None: ...  # error: LC210
    ```

    `app/services/users/__init__.py`:

    ```python
    def find_user() -> None: ...
    ```

    ## Use instead

    Remove `app/services/users.py`.

    ## Limits

    A folder with the same name but without `__init__.py` hides nothing: Python imports the module. A module that can be
    started (`if __name__ == "__main__"`) is not there to be imported.
    """

    code = "LC210"
    name = "module-and-package"
    severity = Severity.ERROR

    def check(self, project: Project) -> Iterator[Finding]:
        """Look in every folder for a module with the name of a package beside it."""
        for parent in project.folders:
            stems = {file.stem: file for file in parent.files if file.path.endswith(".py")}
            for child in parent.children:
                hidden = stems.get(child.name)
                face = next((each for each in child.files if each.path.endswith("/__init__.py")), None)
                if (
                    hidden is None
                    or face is None
                    or project.kinds.definitions(project.module_at[hidden.path]).is_program
                ):
                    continue
                yield self.file_finding(
                    hidden.path,
                    f"{hidden.path} is never imported: the package {child.path} of the same name hides it",
                    subject=hidden.path,
                    application=project.layout.application_of.get(hidden.path),
                    notes=(f"help: move what is still needed into {child.path}, and delete the module",),
                    others=[Related("the package that hides it", Location(face.path))],
                )
