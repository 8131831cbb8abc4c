"""The files of each module of tach, and patterns for them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from layercheck.config.foreign.carving import carve, list_inside
from layercheck.config.foreign.tach_project import ROOT
from layercheck.model.dotted_names import names_above, with_packages

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping


class Territory:
    """Modules, each with the files below it that belong to no deeper module."""

    def __init__(self, paths: Iterable[str], named: Mapping[str, str], excluded: Collection[str]) -> None:
        self._paths = {path for path in paths if path != ROOT}
        self._owned: dict[str, set[str]] = defaultdict(set)
        self._excluded: dict[str, set[str]] = defaultdict(set)
        for path, name in named.items():
            (self._excluded if path in excluded else self._owned)[self._find_owner(name)].add(name)

    def _find_owner(self, name: str) -> str:
        return next((each for each in names_above(name) if each in self._paths), ROOT)

    def is_looked_at(self, path: str) -> bool:
        """Return whether tach checks any file of a module."""
        return bool(self._owned[path])

    def is_there(self, path: str) -> bool:
        """Return whether a module has any file."""
        return bool(self._owned[path] or self._excluded[path])

    def hides_anything(self) -> bool:
        """Return whether there are files that tach does not check."""
        return any(self._excluded.values())

    def list_importers(self, path: str) -> list[str]:
        """List patterns for the files of a module that tach checks."""
        return self._write(path, self._excluded)

    def list_imported(self, path: str) -> list[str]:
        """List patterns for the files of a module that others may import."""
        return self._write(path, {})

    def list_inner(self, path: str) -> list[str]:
        """List the modules inside a module, relative to it; only the outermost."""
        return list_inside(path, self._paths)

    def _write(self, path: str, hidden: Mapping[str, set[str]]) -> list[str]:
        own = self._owned[path] | self._excluded[path]
        tops = [path] if path != ROOT else sorted({name.partition(".")[0] for name in own - hidden.get(path, set())})
        return [self._write_part(top, path, hidden.get(path, ())) for top in tops]

    def _write_part(self, top: str, owner: str, hidden: Collection[str]) -> str:
        """Write the part of a package that belongs to a module, without the modules inside it and hidden files."""
        own = self._owned[owner] | self._excluded[owner]
        kept = [name.removeprefix(f"{top}.") for name in own - set(hidden) if name.startswith(f"{top}.")]
        needed = with_packages(kept)
        hidden_inside = [name.removeprefix(f"{top}.") for name in hidden if name.startswith(f"{top}.")]
        return carve(top, [*self.list_inner(top), *(_widen(name, needed) for name in hidden_inside)])


def _widen(name: str, needed: Collection[str]) -> str:
    """Return the outermost package around a module that contains nothing that is needed."""
    return next((each for each in reversed(names_above(name)) if each not in needed), name)
