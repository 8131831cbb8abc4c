"""Selectors: services of Django projects that only read."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from layercheck import Module

_NAMES = frozenset({"selectors", "selector"})


def is_selector(module: Module) -> bool:
    """Return whether a module is a selector, or in a package of selectors."""
    return is_selector_name(module.name)


def is_selector_name(name: str) -> bool:
    """Return whether a full name leads into selectors."""
    return not _NAMES.isdisjoint(name.split("."))
