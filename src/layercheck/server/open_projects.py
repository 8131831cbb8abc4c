"""Which projects the open documents belong to."""

from __future__ import annotations

from contextlib import chdir
from typing import TYPE_CHECKING, NamedTuple

from layercheck.config.loaded_configuration import find_configuration
from layercheck.engine.project_target import find_target_of_text
from layercheck.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from layercheck.engine.project_target import ProjectTarget
    from layercheck.errors import Problem
    from layercheck.server.document import Document


class OpenProject(NamedTuple):
    """One project and its open documents."""

    target: ProjectTarget
    """All of it."""
    documents: dict[str, Document]
    """By path relative to the root."""


class OpenProjects(NamedTuple):
    """Where the open documents belong; those that are in none of the projects belong nowhere, or nobody can tell."""

    projects: list[OpenProject]
    strays: list[Document]
    """Those that belong to no project."""
    problems: dict[str, Problem]
    """What is wrong with configurations, each mistake once."""


def find_open_projects(documents: Iterable[Document], folders: Sequence[Path], *, with_plugins: bool) -> OpenProjects:
    """Find the projects of documents; `folders` are those of the workspace. Raises PluginError."""
    by_folder: dict[Path, ProjectTarget | ConfigurationError | None] = {}
    projects: dict[tuple[Path, Path | None], OpenProject] = {}
    found = OpenProjects([], [], {})
    for document in documents:
        folder = document.path.parent
        if folder not in by_folder:
            by_folder[folder] = _find(document.path, folders, with_plugins=with_plugins)
        target = by_folder[folder]
        if target is None:
            found.strays.append(document)
        elif isinstance(target, ConfigurationError):
            found.problems.update({str(problem): problem for problem in target.problems})
        else:
            key = (target.root, target.loaded.path)
            project = projects.setdefault(key, OpenProject(target._replace(paths=()), {}))
            project.documents[document.path.relative_to(target.root).as_posix()] = document
    found.projects.extend(projects.values())
    return found


def _find(path: Path, folders: Sequence[Path], *, with_plugins: bool) -> ProjectTarget | ConfigurationError | None:
    """Find the project of a document, as a command would that is called in its folder of the workspace.

    What somebody looks at outside of the workspace is theirs to check only where it says that it is checked.
    """
    here = max((each for each in folders if path.is_relative_to(each)), key=lambda each: len(each.parts), default=None)
    try:
        if here is None:
            configuration = find_configuration(path.parent)
            here = None if configuration is None else configuration.parent
        if here is None or not here.is_dir():
            return None
        with chdir(here):
            return find_target_of_text(path, with_plugins=with_plugins)
    except ConfigurationError as error:
        return error
