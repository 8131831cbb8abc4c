"""Packages, and the modules in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from layercheck import Module


def is_package_of(package: Module, module: Module) -> bool:
    """Return whether one module is the `__init__.py` of a package that contains the other one, at any depth."""
    return package.is_package and module.name.startswith(f"{package.name}.")
