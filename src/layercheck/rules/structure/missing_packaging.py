from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck.model.finding import Severity
from layercheck.rule.rule import ProjectRule
from layercheck.rules.structure.manifests import PACKAGING, home_folders, is_project
from layercheck.rules.structure.missing_files import report_missing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layercheck.model.finding import Finding
    from layercheck.project.project import Project


class MissingPackaging(ProjectRule):
    """A project without packaging.

    ## What it does

    Looks for `pyproject.toml`, `setup.py` or `setup.cfg` at the root of the project, in the folders between the root and
    the application, and above up to the top of the git repository.

    ## Why is this bad?

    Nothing says which Python the project needs and what it is called, its tools have no place for their settings, and
    it cannot be installed: tests and scripts find its modules only from the right folder.

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

    `pyproject.toml`:

    ```toml
    [project]
    name = "shop"
    version = "1.0"
    requires-python = ">=3.12"
    dependencies = ["fastapi==0.115.0"]
    ```

    `app/services/users.py`:

    ```python
    def find_user() -> None: ...
    ```

    `app/models/user.py`:

    ```python
    class User: ...
    ```

    ## Limits

    Silent where nothing shows that there is a project: no repository of git, no manifest, no `.gitignore`. What the
    file says is not judged: settings of tools are enough. Where only a part of the project is checked, it is not told.
    """

    code = "LC233"
    name = "missing-packaging"
    severity = Severity.INFO

    def check(self, project: Project) -> Iterator[Finding]:
        """Look where it may stand: in a repository of several projects each has its own."""
        if is_project(project.files) and not project.files.find(*PACKAGING, folders=home_folders(project)):
            notes = ("help: a pyproject.toml with `[project]`: name, version, requires-python, dependencies",)
            message = "the project has neither pyproject.toml nor setup.py"
            yield report_missing(self, project.files, "pyproject.toml", message, notes)
