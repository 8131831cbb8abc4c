"""From the files of a project to what is known of its modules: names, roles, layers and imports."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from layercheck.engine.prepare import load, prepare
from layercheck.facts.file_facts import digest_of
from layercheck.project.assembled import Given
from layercheck.project.assembly import assemble_parts
from layercheck.project.project_files import ProjectFiles
from layercheck.project.saved_assembly import SavedAssembly, restore_project, save_assembly

if TYPE_CHECKING:
    from layercheck.engine.options import CheckOptions
    from layercheck.engine.prepare import PreparedRun
    from layercheck.engine.project_target import ProjectTarget
    from layercheck.facts.fact_store import SourceStore
    from layercheck.files.discovery import Discovery
    from layercheck.project.assembled import Assembled, Makers
    from layercheck.project.project import Project


class OpenedProject(NamedTuple):
    """A project that nobody has judged."""

    project: Project
    store: SourceStore
    discovery: Discovery


def open_project(target: ProjectTarget, options: CheckOptions) -> OpenedProject:
    """Build a project without judging it, also where no layers are recognised. Raises NothingCheckedError without files."""
    start = prepare(target, options, with_baseline=False)
    store, _ = load(target, start)
    return OpenedProject(build_project(target, options, start, store), store, start.discovery)


def build_project(target: ProjectTarget, options: CheckOptions, start: PreparedRun, store: SourceStore) -> Project:
    """Build a project of the files whose facts are in `store`, if possible of what an earlier run made of them."""
    cache, given = start.source.cache, _gather(target, options, start, store)
    key = digest_of(ascii((start.key, target.root.name)).encode())
    saved = cache.assembly(SavedAssembly)
    restored = restore_project(saved, given) if saved is not None and saved.key == key else None
    if restored is not None:
        cache.keep_assembly(restored.save)
        return restored.project
    assembled = assemble_parts(given)
    cache.keep_assembly(partial(save_assembly, assembled, key))
    return assembled.project


def build_parts(
    target: ProjectTarget, options: CheckOptions, start: PreparedRun, store: SourceStore, makers: Makers
) -> Assembled:
    """Build a project, and keep what it is made of."""
    return assemble_parts(_gather(target, options, start, store), makers)


def _gather(target: ProjectTarget, options: CheckOptions, start: PreparedRun, store: SourceStore) -> Given:
    files = ProjectFiles(start.discovery, store.read, start.source.tracked)
    return Given(target.loaded, start.discovery, store, files, target.configuration_path, options.exact)
