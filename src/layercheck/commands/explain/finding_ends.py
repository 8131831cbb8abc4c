"""The modules at the ends of a finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from layercheck.model.finding import Finding
    from layercheck.model.module import Module
    from layercheck.project.project import Project


def find_importer(project: Project, finding: Finding) -> Module | None:
    """Find the module in which a finding stands."""
    return project.module_at.get(finding.location.path)


def find_imported(project: Project, importer: Module, name: str | None) -> Module | None:
    """Find a module by its name: what the importer can import, else what is called so in its application."""
    if name is None:
        return None
    suspects = (each.imported for each in project.suspects if each.importer.path == importer.path)
    called_so = [module for module in (*suspects, *project.modules) if module.name == name]
    return min(called_so, key=lambda module: module.application != importer.application, default=None)
