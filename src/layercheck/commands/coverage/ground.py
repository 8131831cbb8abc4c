"""What keeps a rule from judging: unreadable files, modules without a role, imports that cannot be read."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

from layercheck.model.source import Location

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from layercheck.engine.check import Examination
    from layercheck.model.module import Module

UNREADABLE = "files that cannot be read"
WITHOUT_ROLE = "modules without a role"
COMPUTED = "imports by computed names"


class Unjudged(msgspec.Struct, frozen=True):
    """Places that a rule cannot judge, all for the same reason."""

    reason: str
    """What the places are, as the end of `3 …`."""
    places: tuple[Location, ...]
    """Sorted; empty where the reason is about no place."""


class Ground:
    """What an examination could see of the modules of a project."""

    def __init__(self, examination: Examination) -> None:
        self.project = examination.project
        self._store = examination.store

    @cached_property
    def _unreadable(self) -> dict[str, Location]:
        return {path: Location(path) for path in sorted(self.project.unreadable) if path in self.project.module_at}

    @cached_property
    def _computed(self) -> dict[str, list[Location]]:
        found = {}
        for path, facts in self._store.facts.items():
            if facts.imports is not None and facts.imports.blind_spots:
                found[path] = [Location(path, spot.span) for spot in facts.imports.blind_spots]
        return found

    def limits_of_modules(self, paths: Collection[str]) -> list[Unjudged]:
        """List what hides the syntax of some modules."""
        return _keep([Unjudged(UNREADABLE, tuple(each for path, each in self._unreadable.items() if path in paths))])

    def limits_of_imports(self, paths: Collection[str], unmapped: Sequence[Module] = ()) -> list[Unjudged]:
        """List what hides the imports of some modules; `unmapped` are those that would be judged if they had a role."""
        computed = [place for path, places in self._computed.items() if path in paths for place in places]
        return _keep(
            [
                *self.limits_of_modules(paths),
                Unjudged(WITHOUT_ROLE, tuple(Location(module.path) for module in unmapped)),
                Unjudged(COMPUTED, tuple(sorted(computed))),
            ]
        )


def _keep(limits: Iterable[Unjudged]) -> list[Unjudged]:
    return [each for each in limits if each.places]
