"""From the files of a project to what is known of its modules: names, roles, layers and imports."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from layercheck.engine.prepare import load, prepare
from layercheck.project.assembled import PLAIN
from layercheck.project.assembly import assemble_parts
from layercheck.project.project_files import ProjectFiles

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
    """Build a project of the files whose facts are in `store`."""
    return build_parts(target, options, start, store, PLAIN).project


def build_parts(
    target: ProjectTarget, options: CheckOptions, start: PreparedRun, store: SourceStore, makers: Makers
) -> Assembled:
    """Build a project, and keep what it is made of."""
    return assemble_parts(
        target.loaded,
        start.discovery,
        store,
        configuration_path=target.configuration_path,
        exact=options.exact,
        files=ProjectFiles(start.discovery, store.read, start.source.tracked),
        makers=makers,
    )
