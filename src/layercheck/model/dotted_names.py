"""Names of modules, and of the packages that they lie in."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def is_in_package(name: str, package: str) -> bool:
    """Return whether a module is a package or is in it."""
    return name == package or name.startswith(f"{package}.")


def names_above(name: str) -> list[str]:
    """List a module and the packages around it, the nearest first."""
    found = []
    while name:
        found.append(name)
        name = name.rpartition(".")[0]
    return found


def with_packages(names: Iterable[str]) -> set[str]:
    """Add to modules the packages around them."""
    return {above for name in names for above in names_above(name)}
