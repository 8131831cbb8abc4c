"""Patterns for a package without parts of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

ANY_MODULE = "/.+/"
"""A pattern for all modules: with it in a list of targets, only libraries are judged."""


def carve(package: str, left_out: Iterable[str], exactly: Collection[str] = ()) -> str:
    """Write patterns for a package without some modules and those below them; `exactly` leaves out single modules.

    Names are relative to the package; an empty one is the package itself.
    """
    deep = "|".join(map(re.escape, outermost(left_out)))
    shallow = "|".join(re.escape(name) for name in sorted(exactly) if name)
    ahead = rf"(?!\.(?:{deep})(?:\.|$))" if deep else ""
    ahead += rf"(?!\.(?:{shallow})$)" if shallow else ""
    is_itself_left_out = "" in exactly
    if not ahead and not is_itself_left_out:
        return package
    return rf"/{re.escape(package)}{ahead}(?:\..+){'' if is_itself_left_out else '?'}/"


def outermost(names: Iterable[str]) -> list[str]:
    """Leave out names that are below others."""
    found: list[str] = []
    for name in sorted(set(names), key=lambda each: each.split(".")):
        if not found or not name.startswith(f"{found[-1]}."):
            found.append(name)
    return found


def list_inside(package: str, paths: Iterable[str]) -> list[str]:
    """List the outermost names inside a package, relative to it."""
    return outermost(each.removeprefix(f"{package}.") for each in paths if each.startswith(f"{package}."))
