from __future__ import annotations

from typing import TYPE_CHECKING, Any

from layercheck import ProjectRule, Severity, folder_of
from layercheck.rules.structure.manifests import LOCKS, OTHER_MANIFESTS, home_folders, is_project, requirement_files
from layercheck.rules.structure.missing_files import report_missing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from layercheck import Finding, Project, ProjectFiles

_TOOLS = ("poetry", "pdm", "uv", "hatch", "flit", "pixi")
"""The tables below `tool` that may declare dependencies."""


class MissingManifest(ProjectRule):
    """A project that does not declare its dependencies.

    ## What it does

    Looks for a dependency manifest at the root of the project and in the folders directly in it, in those between
    the root and the application, and above, up to the top of the git repository: `requirements*.txt`,
    `requirements/*.txt`, `Pipfile`, `environment.yml`, a lock file, `setup.py`, `setup.cfg` with
    `install_requires`, or a `pyproject.toml` with `[project]`, `[dependency-groups]` or the table of poetry, PDM,
    uv, hatch, flit or pixi.

    ## Why is this bad?

    Only its author can install the project, and no tool can check its libraries for known vulnerabilities.

    ## Example

    `pyproject.toml`:

    ```toml
    [tool.ruff]  # error: LC234
    line-length = 100
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
    dependencies = ["fastapi>=0.115"]

    [tool.ruff]
    line-length = 100
    ```

    ## Limits

    Nothing is reported if there is no sign of a project: no git repository, no packaging, no `.gitignore`. Whether
    a manifest is complete is not checked. If only a part of the project is checked, nothing is reported.
    """

    code = "LC234"
    name = "missing-manifest"
    severity = Severity.WARNING
    needs_all_files = True

    def check(self, project: Project) -> Iterator[Finding]:
        """Look in all folders in which the file may be."""
        files = project.files
        folders = home_folders(project) | {folder_of(path) for path in files.paths if path.count("/") == 1}
        if is_project(files) and not _has_manifest(files, folders):
            notes = ("help: list the dependencies in pyproject.toml (`[project] dependencies`) or requirements.txt",)
            message = "the project does not declare its dependencies"
            yield report_missing(self, files, "requirements.txt", message, notes)


def _has_manifest(files: ProjectFiles, folders: set[str]) -> bool:
    if requirement_files(files, folders) or files.find(*LOCKS, *OTHER_MANIFESTS, "setup.py", folders=folders):
        return True
    if any("install_requires" in files.read(path) for path in files.find("setup.cfg", folders=folders)):
        return True
    pyprojects = files.find("pyproject.toml", folders=folders)
    return any(_names_dependencies(files.read_toml(path)) for path in pyprojects)


def _names_dependencies(pyproject: Mapping[str, Any]) -> bool:
    tools = pyproject.get("tool")
    return (
        "project" in pyproject
        or "dependency-groups" in pyproject
        or (isinstance(tools, dict) and any(tool in tools for tool in _TOOLS))
    )
