"""What an application mostly does: the rules about views learn from it what to report."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from layercheck.module_rule import Located
    from layercheck.project.project import Project

_ENOUGH = 3
"""How many show a convention."""
_STRAYS = 0.25
"""The part that may do without, for these to be exceptions."""


def in_each_application(found: Iterable[Located]) -> Mapping[str | None, list[Located]]:
    """Part findings by the application that they were made in."""
    parted: dict[str | None, list[Located]] = defaultdict(list)
    for located in found:
        parted[located.module.container].append(located)
    return parted


def is_kept(following: int, straying: int) -> bool:
    """Tell whether so many follow a convention that those who do not are exceptions."""
    return following >= _ENOUGH and straying <= (following + straying) * _STRAYS
