"""Which projects the open documents and the folders of the workspace belong to."""

from __future__ import annotations

from contextlib import chdir
from typing import TYPE_CHECKING, NamedTuple

from layercheck.config.document import FILE_NAMES
from layercheck.config.loaded_configuration import find_configuration
from layercheck.engine.project_target import find_target_of_text
from layercheck.errors import ConfigurationError, PluginError, Problem
from layercheck.files.configurations_below import list_configurations

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from layercheck.engine.project_target import ProjectTarget
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

    def owns(self, project: OpenProject, path: Path) -> bool:
        """Tell whether a file below the root of a project is its own, not that of a project inside of it."""
        root = project.target.root
        return not any(
            len(other.target.root.parts) > len(root.parts) and path.is_relative_to(other.target.root)
            for other in self.projects
            if other.target.root.is_relative_to(root)
        )


class ProjectFinder:
    """Finds projects, and keeps of each the last configuration that was valid, which is in force until the next one is."""

    def __init__(self, *, with_plugins: bool) -> None:
        self._with_plugins = with_plugins
        self._valid: dict[Path, ProjectTarget] = {}
        """By the folder that was asked about."""
        self._configured: dict[Path, tuple[Path, ...]] = {}
        """The configurations below folders."""

    def look_again(self) -> None:
        """Look for configurations again, as files may have come or gone."""
        self._configured.clear()

    def find(self, documents: Iterable[Document], folders: Sequence[Path], *, whole: bool) -> OpenProjects:
        """Find the projects of documents, and all of the workspace with these `folders` if they are wanted.

        The texts of open configurations stand for those on disk.
        """
        documents = list(documents)
        texts = {document.path: document.data for document in documents if document.path.name in FILE_NAMES}
        by_folder: dict[Path, ProjectTarget | None] = {}
        projects: dict[tuple[Path, Path | None], OpenProject] = {}
        found = OpenProjects([], [], {})
        places = [(document.path, document) for document in documents]
        for path, document in [*places, *((path, None) for path in (self._list_places(folders) if whole else ()))]:
            if path.parent not in by_folder:
                by_folder[path.parent] = self._find(path, folders, texts, found.problems)
            target = by_folder[path.parent]
            if target is not None:
                project = projects.setdefault((target.root, target.loaded.path), OpenProject(target, {}))
                if document is not None:
                    project.documents[path.relative_to(target.root).as_posix()] = document
            elif document is not None:
                found.strays.append(document)
        found.projects.extend(projects.values())
        return found

    def _list_places(self, folders: Sequence[Path]) -> Iterator[Path]:
        """List a file of each project in the workspace; it need not be there."""
        for folder in folders:
            yield folder / "__init__.py"
            yield from self._list_configurations(folder)

    def _list_configurations(self, folder: Path) -> tuple[Path, ...]:
        if folder not in self._configured:
            self._configured[folder] = tuple(list_configurations(folder))
        return self._configured[folder]

    def _find(
        self, path: Path, folders: Sequence[Path], texts: Mapping[Path, bytes], problems: dict[str, Problem]
    ) -> ProjectTarget | None:
        folder = path.parent
        try:
            target = self._find_valid(path, folders, texts)
        except (ConfigurationError, PluginError) as error:
            found = error.problems if isinstance(error, ConfigurationError) else self._place(error, path, texts)
            problems.update({str(problem): problem for problem in found})
            broken = {problem.path for problem in found}
            alike = (target for target in self._valid.values() if target.loaded.path in broken)
            return self._valid.get(folder) or next(alike, None)
        if target is None:
            self._valid.pop(folder, None)
        else:
            self._valid[folder] = target
        return target

    def _place(self, error: PluginError, path: Path, texts: Mapping[Path, bytes]) -> tuple[Problem, ...]:
        """Find the configuration that asks for a plugin which cannot be used."""
        return (Problem(str(error), path=find_configuration(path.parent, texts)),)

    def _find_valid(self, path: Path, folders: Sequence[Path], texts: Mapping[Path, bytes]) -> ProjectTarget | None:
        """Find the project of a file, as a command would that is called in its folder of the workspace.

        What somebody looks at outside of the workspace is theirs to check only where it says that it is checked. What
        lies beside the configured projects of a repository is part of none.
        """
        inside = (each for each in folders if path.is_relative_to(each))
        here = max(inside, key=lambda each: len(each.parts), default=None)
        if here is None:
            configuration = find_configuration(path.parent, texts)
            here = None if configuration is None else configuration.parent
        if here is None or not here.is_dir():
            return None
        with chdir(here):
            target = find_target_of_text(path, with_plugins=self._with_plugins, texts=texts)
        if target is None or (target.loaded.path is None and self._list_configurations(target.root)):
            return None
        return target._replace(paths=())
