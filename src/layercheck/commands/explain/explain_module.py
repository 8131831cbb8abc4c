"""What is known of one module: its role and why, what it may import, what it imports, and who imports it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from layercheck.errors import NothingCheckedError
from layercheck.model.imports import ImportKind
from layercheck.model.module import Module
from layercheck.model.source import Location

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layercheck.engine.options import CheckOptions
    from layercheck.engine.project_target import ProjectTarget
    from layercheck.project.project import Project
    from layercheck.project.suspect import Suspect


class Connection(msgspec.Struct, frozen=True):
    """One real import between the module and another one."""

    other: Module
    kind: ImportKind
    location: Location
    """The first place where the import stands."""


class ModuleExplanation(msgspec.Struct, frozen=True):
    """What is known of a module."""

    module: Module
    order: str
    """The layers in force, highest first."""
    allowed: tuple[str, ...]
    """The layers that it may import; empty for a module without a layer."""
    importers: tuple[Connection, ...]
    """Who imports it, by name."""
    imports: tuple[Connection, ...]
    """What it imports, by name."""


def explain_module(target: ProjectTarget, options: CheckOptions) -> ModuleExplanation:
    """Explain the module that the target names. Raises NothingCheckedError where the file is no module of the project."""
    # The language server has a project already, and asks for one list.
    from layercheck.engine.build import open_project  # noqa: PLC0415

    project = open_project(target, options).project
    path = target.paths[0]
    module = project.module_at.get(path)
    if module is None:
        raise NothingCheckedError(f"{path} cannot be read as a module; `layercheck check {path}` says why")
    return describe_module(project, module)


def describe_module(project: Project, module: Module) -> ModuleExplanation:
    """Describe a module of a project."""
    allowed = (
        project.layers.allowed_from(module.layer, project.present_layers(module.application)) if module.layer else ()
    )
    return ModuleExplanation(
        module=module,
        order=project.layers.order,
        allowed=tuple(allowed),
        importers=list_importers(project, module),
        imports=_connect(project, project.suspects_by(module.path), module),
    )


def list_importers(project: Project, module: Module) -> tuple[Connection, ...]:
    """List who imports a module, by name."""
    return _connect(project, project.suspects_of(module.path), module)


def _connect(project: Project, suspects: Sequence[Suspect], module: Module) -> tuple[Connection, ...]:
    project.read_ahead(suspects)
    found = {}
    for importer, imported in suspects:
        for place in project.imports_between(importer, imported, list(ImportKind))[:1]:
            other = imported if importer.path == module.path else importer
            found[other.path] = Connection(other, place.kind, place.location)
    return tuple(sorted(found.values(), key=lambda each: (each.other.name, each.other.path)))
