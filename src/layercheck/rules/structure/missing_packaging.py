from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck import ProjectRule, Severity
from layercheck.rules.structure.manifests import PACKAGING, home_folders, is_project
from layercheck.rules.structure.missing_files import report_missing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layercheck import Finding, Project


class MissingPackaging(ProjectRule):
    """A project without packaging.

    ## What it does

    Looks for `pyproject.toml`, `setup.py` or `setup.cfg` at the root of the project, in the folders between the
    root and the application, and above, up to the top of the git repository.

    ## Why is this bad?

    The name of the project and the Python it needs are not declared, its tools have no place for their settings,
    and it cannot be installed: tests and scripts find its modules only from the right folder.

    ## Example

    `requirements.txt`:

    ```text
    fastapi==0.115.0  # error: LC233
    ```

    `app/services/users.py`:

    ```python
    def find_user() -> None: ...
    ```

    `app/models/user.py`:

    ```python
    class User: ...
    ```

    ## Use instead

    Remove `requirements.txt`.

    `pyproject.toml`:

    ```toml
    [project]
    name = "shop"
    version = "1.0"
    requires-python = ">=3.12"
    dependencies = ["fastapi==0.115.0"]
    ```

    ## Limits

    Nothing is reported if there is no sign of a project: no git repository, no manifest, no `.gitignore`. The
    content of the file is not checked; settings of tools are enough. If only a part of the project is checked,
    nothing is reported.
    """

    code = "LC233"
    name = "missing-packaging"
    severity = Severity.INFO
    needs_all_files = True

    def check(self, project: Project) -> Iterator[Finding]:
        """Look in all folders in which the file may be."""
        if is_project(project.files) and not project.files.find(*PACKAGING, folders=home_folders(project)):
            notes = ("help: add a pyproject.toml with `[project]`: name, version, requires-python, dependencies",)
            message = "the project has neither pyproject.toml nor setup.py"
            yield report_missing(self, project.files, "pyproject.toml", message, notes)
