from __future__ import annotations

import re
from typing import TYPE_CHECKING

from layercheck import Finding, Location, Position, ProjectRule, Severity, Span, compile_later, folder_of
from layercheck.rules.structure.manifests import (
    LOCKS,
    PACKAGING,
    REQUIREMENTS_FOLDER,
    application_folders,
    requirement_files,
)
from layercheck.rules.structure.requirements import is_compiled, loose_in_list, loose_in_pipfile, loose_in_pyproject
from layercheck.rules.structure.severities import lighter_severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layercheck import Project, ProjectFiles
    from layercheck.rules.structure.requirements import Loose

# What runs on the machines of developers alone may be what it likes.
_BESIDE = compile_later(
    r"(?:^|[-_.])(?:dev(?:el(?:op(?:ment)?)?)?|tests?(?:ing)?|lint(?:ing)?|docs?|local|ci|contribs?|optional|extras?|examples?"
    r"|build|debug|bench(?:marks?)?|typing|mypy|tools?)(?:[-_.]|$)",
    re.IGNORECASE,
)
_CONSTRAINTS = ("constraints*.txt",)


class UnpinnedRequirements(ProjectRule):
    """A list of requirements without exact versions and without a lock file.

    ## What it does

    Reports `requirements.txt`, files in `requirements/`, `Pipfile` and the dependencies in `pyproject.toml`, once
    each, if one of their entries has no exact version and there is no lock file next to or above them:
    `poetry.lock`, `uv.lock`, `pdm.lock`, `Pipfile.lock`, `pylock.toml`, `requirements.lock`, constraints, or a list
    compiled by pip-tools or uv. Dependencies in `pyproject.toml`, which are meant to be ranges, are an info; the
    others are a warning.

    ## Why is this bad?

    What is installed today is not what is installed tomorrow. The same commit works on one machine and fails on the
    next, and nobody can tell which versions run in production.

    ## Example

    `requirements.txt`:

    ```text
    sqlalchemy==2.0.36
    fastapi>=0.115  # error: LC235
    uvicorn
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

    Exact versions, or a lock file next to the list of requirements (`uv lock`, `poetry lock`, `pip-compile`).

    `requirements.txt`:

    ```text
    sqlalchemy==2.0.36
    fastapi==0.115.6
    uvicorn==0.34.0
    ```

    ## Limits

    Lists for development, tests and documentation are not checked. Neither are those of libraries, which must not
    pin: a list that the packaging reads, and a `pyproject.toml` with classifiers, as published packages have them.
    """

    code = "LC235"
    name = "unpinned-requirements"
    severity = Severity.WARNING
    needs_all_files = True

    def check(self, project: Project) -> Iterator[Finding]:
        """Check the lists beside the applications of the project."""
        files, folders = project.files, application_folders(project)
        lists = [path for path in requirement_files(files, folders) if _is_for_production(files, path)]
        for path in lists:
            if not _is_locked(files, path):
                text = files.read(path)
                yield from self._report(path, [] if is_compiled(text) else loose_in_list(text), self.severity)
        for path in files.find("pipfile", folders=folders):
            if not _is_locked(files, path):
                loose = loose_in_pipfile(files.read(path), files.read_toml(path))
                yield from self._report(path, loose, self.severity)
        for path in files.find("pyproject.toml", folders=folders):
            # Beside a list for pip the versions are chosen there.
            if not _is_locked(files, path) and not any(folder_of(path) == _home_of(each) for each in lists):
                # Ranges are what it is for; that nothing chooses among them is all there is to say.
                yield from self._report(path, _loose_in_application(files, path), lighter_severity(self, project))

    def _report(self, path: str, loose: list[Loose], severity: Severity) -> Iterator[Finding]:
        if not loose:
            return
        start = Position(loose[0].line, 0)
        count = f"{len(loose)} requirements have" if len(loose) > 1 else "1 requirement has"
        yield Finding(
            code=self.code,
            name=self.name,
            severity=severity,
            message=f"{count} no exact version, and there is no lock file: {loose[0].name}"
            + (", …" if len(loose) > 1 else ""),
            location=Location(path, Span(start, Position(start.line, len(loose[0].name)))),
            subject=path,
            notes=(
                "help: pin exact versions (`name==1.2.3`), or commit a lock file: `uv lock`, `poetry lock`, `pip-compile`",
            ),
        )


def _home_of(path: str) -> str:
    """Return the folder that a list is for."""
    folder = folder_of(path)
    above, _, name = folder.rpartition("/")
    return above if name == REQUIREMENTS_FOLDER else folder


def _is_for_production(files: ProjectFiles, path: str) -> bool:
    if path.endswith(".in") or _BESIDE.search(path.rpartition("/")[2]):
        return False
    # A list that the packaging reads holds what a library can live with.
    name = path.rpartition("/")[2]
    return not any(name in files.read(each) for each in files.find(*PACKAGING, folders=[_home_of(path)]))


def _is_locked(files: ProjectFiles, path: str) -> bool:
    above = files.above(_home_of(path))
    return bool(files.find(*LOCKS, *_CONSTRAINTS, folders=[*above, folder_of(path)]))


def _loose_in_application(files: ProjectFiles, path: str) -> list[Loose]:
    pyproject = files.read_toml(path)
    about = pyproject.get("project")
    if isinstance(about, dict) and about.get("classifiers"):
        return []
    return loose_in_pyproject(files.read(path), pyproject)
