"""What is above a module: what it is for, who imports it, and what is accepted in it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from layercheck.commands.explain.explain_module import list_importers
from layercheck.plurals import count

if TYPE_CHECKING:
    from layercheck.model.module import Module
    from layercheck.project.project import Project

_NO_ROLE = "no role"


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


def write_role(module: Module, *, quote: str = "") -> str:
    """Write the role of a module and how sure it is; of one that the configuration places, only its layer is sure."""
    if module.shown_role is None:
        return _NO_ROLE
    sure = "" if _is_declared(module) else f" ({module.certainty})"
    return f"{quote}{module.shown_role}{quote}{sure}"


def is_layer_of_role(module: Module) -> bool:
    """Tell whether the layer of a module follows from its role: it may also go by folder, or be declared."""
    return module.layer is not None and not module.placed and not _is_declared(module)


def _is_declared(module: Module) -> bool:
    return module.layer not in {None, module.role} and not module.placed


def _describe_role(module: Module) -> str:
    role = write_role(module)
    if module.layer is None or is_layer_of_role(module):
        return role
    return f"layer {module.layer}, {role if role == _NO_ROLE else f'role {role}'}"


def _label(module: Module) -> str:
    return module.layer or module.role or _NO_ROLE
