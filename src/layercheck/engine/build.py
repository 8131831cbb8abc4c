"""The step from the facts of files to a project: names, roles, layers and imports."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from layercheck.engine.open_files import open_files
from layercheck.engine.read_facts import read_facts
from layercheck.engine.timings import timed
from layercheck.facts.file_facts import digest_of
from layercheck.project.assembled import Given
from layercheck.project.assembly import assemble_parts
from layercheck.project.project_files import ProjectFiles

if TYPE_CHECKING:
    from layercheck.engine.open_files import OpenFiles
    from layercheck.engine.options import CheckOptions
    from layercheck.engine.project_target import ProjectTarget
    from layercheck.facts.fact_store import SourceStore
    from layercheck.files.discovery import Discovery
    from layercheck.project.assembled import Assembled, Makers
    from layercheck.project.project import Project


class OpenedProject(NamedTuple):
    """A project on which no rule has run."""

    project: Project
    store: SourceStore
    discovery: Discovery


def open_project(target: ProjectTarget, options: CheckOptions) -> OpenedProject:
    """Build a project without judging it, also where no layers are recognised. Raises NothingCheckedError without files."""
    files = open_files(target, options, with_baseline=False)
    store = read_facts(files)
    return OpenedProject(build_project(files, store), store, files.discovery)


def build_project(files: OpenFiles, facts: SourceStore) -> Project:
    """Build a project of the files whose facts are known, if possible of what an earlier run made of them."""
    # A project that is kept in memory is not kept on disk.
    from layercheck.project.saved_assembly import SavedAssembly, restore_project, save_assembly  # noqa: PLC0415

    with timed(files.timings, "assemble"):
        cache, given = files.source.cache, _gather(files, facts)
        key = digest_of(ascii((files.key, files.target.root.name)).encode())
        saved = cache.assembly(SavedAssembly)
        restored = restore_project(saved, given) if saved is not None and saved.key == key else None
        if restored is not None:
            cache.keep_assembly(restored.save)
            return restored.project
        assembled = assemble_parts(given)
        cache.keep_assembly(partial(save_assembly, assembled, key))
        return assembled.project


def build_parts(files: OpenFiles, facts: SourceStore, makers: Makers, before: Assembled | None = None) -> Assembled:
    """Build a project, and keep what it is made of; `before` is what it was made of with other Python files."""
    project_files = None if before is None else before.project.files
    with timed(files.timings, "assemble"):
        return assemble_parts(_gather(files, facts, project_files), makers, before)


def _gather(files: OpenFiles, facts: SourceStore, project_files: ProjectFiles | None = None) -> Given:
    project_files = project_files or ProjectFiles(files.discovery, facts.read, files.source.tracked, facts.root)
    target = files.target
    return Given(target.loaded, files.discovery, facts, project_files, target.configuration_path, files.options.exact)
