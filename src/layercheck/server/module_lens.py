"""What is above a module: what it is for, who imports it, and what is accepted in it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from layercheck.commands.explain.explain_module import list_importers
from layercheck.plurals import count
from layercheck.server.role_text import NO_ROLE, is_layer_of_role, write_role, write_role_by_itself

if TYPE_CHECKING:
    from layercheck.model.module import Module
    from layercheck.project.project import Project


def describe_module(project: Project, path: str, accepted: int) -> str | None:
    """Describe a module on one line; None where the file is no module. `accepted` findings are put aside in it."""
    module = project.module_at.get(path)
    if module is None:
        return None
    labels = Counter(_label(each.other) for each in list_importers(project, module))
    importers = ", ".join(
        f"{label} {number}" for label, number in sorted(labels.items(), key=lambda pair: (-pair[1], pair))
    )
    aside = count(accepted, "accepted finding") if accepted else ""
    parts = (_describe_role(module), f"imported by {importers}" if importers else "not imported", aside)
    return " · ".join(part for part in parts if part)


def _describe_role(module: Module) -> str:
    if module.layer is None or is_layer_of_role(module):
        return write_role(module)
    return f"layer {module.layer}, {write_role_by_itself(module)}"


def _label(module: Module) -> str:
    return module.layer or module.role or NO_ROLE
