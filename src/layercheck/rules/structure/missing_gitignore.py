from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from layercheck import ENVIRONMENT_FOLDERS, ENVIRONMENT_MARKER, ProjectRule, Severity, folder_of
from layercheck.rules.structure.manifests import application_folders, home_folders, is_project
from layercheck.rules.structure.missing_files import report_missing
from layercheck.rules.structure.severities import lighter_severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layercheck import Finding, Project, ProjectFiles

_NAME = ".gitignore"
_ADVICE = "help: add a .gitignore with the lines `.venv/`, `__pycache__/` and `.env`"


class MissingGitignore(ProjectRule):
    """A project without a gitignore file that excludes virtual environments.

    ## What it does

    Looks for a `.gitignore` at the root of the project, in the folders between the root and the application, and
    above, up to the top of the git repository. It has to exclude the virtual environments that exist. If there are
    none, it has to exclude one of their usual names (`.venv`, `venv`, `env`, …), which is only an info.

    ## Why is this bad?

    One `git add .` adds thousands of files of other people, built for one machine, to the history forever.

    ## Example

    `pyproject.toml`:

    ```toml
    [project]
    name = "shop"
    version = "1.0"
    ```

    `.gitignore`:

    ```text
    __pycache__/  # error: LC232
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

    `.gitignore`:

    ```text
    __pycache__/
    .venv/
    ```

    ## Limits

    Only `.gitignore` files count, not personal settings (`.git/info/exclude`). An environment with its own
    `.gitignore`, as uv and newer versions of Python create it, is excluded by that. Nothing is reported if there is
    no sign of a project: no git repository, no packaging, no manifest. If only a part of the project is checked, a
    missing file is not reported.
    """

    code = "LC232"
    name = "missing-gitignore"
    severity = Severity.WARNING
    needs_all_files = True

    def check(self, project: Project) -> Iterator[Finding]:
        """Look for the file, then check that it excludes the environments."""
        files = project.files
        if not is_project(files):
            return
        found = files.find(_NAME, folders=home_folders(project))
        if not found:
            yield report_missing(self, files, _NAME, "the project has no .gitignore", (_ADVICE,))
        elif files.environments:
            for folder in files.environments:
                if not _is_ignored(files, folder):
                    yield self._report(folder, _nearest(found, folder), f"`{folder}`", self.severity)
        elif not any(
            _is_ignored(files, posixpath.join(home, name))
            for home in application_folders(project)
            for name in ENVIRONMENT_FOLDERS
        ):
            yield self._report(".venv", found[0], "(`.venv`, `venv`)", lighter_severity(self, project))

    def _report(self, environment: str, place: str, named: str, severity: Severity) -> Finding:
        return self.file_finding(
            place,
            f".gitignore does not exclude the virtual environment {named}",
            subject=_NAME,
            object=environment,
            severity=severity,
            notes=(f"help: add the line `{environment.rpartition('/')[2]}/`",),
        )


def _is_ignored(files: ProjectFiles, environment: str) -> bool:
    return files.ignores(f"{environment}/{ENVIRONMENT_MARKER}")


def _nearest(found: list[str], environment: str) -> str:
    """Choose the file to which a line for an environment should be added."""
    holding = [path for path in found if f"{environment}/".startswith(f"{folder_of(path)}/".lstrip("/"))]
    return max(holding, key=len, default=found[0])
