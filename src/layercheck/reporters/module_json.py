"""One module in JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from layercheck.model.module import Module


def identify_module(module: Module) -> dict[str, Any]:
    """Name a module at one end of an import, with the role and the layer by which it is judged."""
    return {"module": module.name, "path": module.path, "role": module.role, "layer": module.layer}


def describe_module(module: Module) -> dict[str, Any]:
    """Describe a module: path relative to the project root, role (a guess included), certainty and evidence."""
    return {
        "path": module.path,
        "module": module.name,
        "application": module.application,
        "role": module.shown_role,
        "certainty": module.certainty,
        "evidence": module.evidence,
    }
