"""The role of a module in words, for hovers and code lenses."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from layercheck.model.module import Module

NO_ROLE = "no role"


def write_role(module: Module, *, quote: str = "") -> str:
    """Write the role of a module and how sure it is; of one that the configuration places, only its layer is sure."""
    if module.shown_role is None:
        return NO_ROLE
    sure = "" if _is_declared(module) else f" ({module.certainty})"
    return f"{quote}{module.shown_role}{quote}{sure}"


def write_role_by_itself(module: Module, *, quote: str = "") -> str:
    """Write the role of a module so that it is not taken for its layer."""
    return NO_ROLE if module.shown_role is None else f"role {write_role(module, quote=quote)}"


def is_layer_of_role(module: Module) -> bool:
    """Return whether the layer of a module follows from its role: it may also go by folder, or be declared."""
    return module.layer is not None and module.layer == module.role and not module.placed


def _is_declared(module: Module) -> bool:
    return module.layer not in {None, module.role} and not module.placed
