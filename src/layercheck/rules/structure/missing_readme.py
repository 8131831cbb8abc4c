from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck import ProjectRule, Severity
from layercheck.rules.structure.manifests import home_folders, is_project
from layercheck.rules.structure.missing_files import report_missing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layercheck import Finding, Project


class MissingReadme(ProjectRule):
    """A project without a README.

    ## What it does

    Looks for a `README` with any extension at the root of the project, in the folders between the root and the
    application, and above, up to the top of the git repository.

    ## Why is this bad?

    Whoever opens the project cannot tell what it is for, how to start it and where its documentation is.

    ## Example

    `pyproject.toml`:

    ```toml
    [project]  # error: LC231
    name = "shop"
    version = "1.0"
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

    `README.md`:

    ```markdown
    # Shop

    Start it with `fastapi dev app/main.py`.
    ```

    ## Limits

    Nothing is reported if there is no sign of a project: no git repository, no packaging, no manifest, no
    `.gitignore`. A README only in `docs/` does not count. If only a part of the project is checked, nothing is
    reported.
    """

    code = "LC231"
    name = "missing-readme"
    severity = Severity.INFO
    needs_all_files = True

    def check(self, project: Project) -> Iterator[Finding]:
        """Look at the root of the project."""
        files = project.files
        if is_project(files) and not files.find("readme", "readme.*", folders=home_folders(project)):
            notes = ("help: add a README.md that says what the project is for and how to start it",)
            yield report_missing(self, files, "README.md", "the project has no README", notes)
