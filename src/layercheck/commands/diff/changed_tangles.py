"""How the tangles changed: sets of modules each of which imports every other one, directly or through others.

The possible imports show where tangles may be; only there are files parsed, and only what differs is looked at. The
tangles that are told are those of exact imports that run while a module is imported, as for the rule LC150.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck.commands.diff.change import TangleChange
from layercheck.project.tangles import find_tangles, shortest_cycle
from layercheck.rule.rule import CYCLE_KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from typing import Literal

    from layercheck.commands.diff.sides import Comparison
    from layercheck.engine.check import Examination

    _Graph = dict[str, set[str]]
    """Paths, as they are called in the head, and what they import."""
    _Tangle = frozenset[str]


def compare_tangles(sides: Comparison) -> tuple[TangleChange, ...]:
    """Find the tangles that came, grew, shrank or dissolved."""
    before, after = _Side(sides.base, sides.today.path_of), _Side(sides.head, lambda path: path)
    old_areas, new_areas = find_tangles(before.suspected), find_tangles(after.suspected)
    unchanged = {
        area
        for area in {*old_areas} & {*new_areas}
        if not area & sides.changed and _inside(before.suspected, area) == _inside(after.suspected, area)
    }
    old = before.exact_tangles(area for area in old_areas if area not in unchanged)
    new = after.exact_tangles(area for area in new_areas if area not in unchanged)
    changes = [
        *_grown_or_shrunk(old, new, after),
        *_dissolved(old, new, before),
    ]
    return tuple(sorted(changes, key=lambda change: change.modules))


class _Side:
    """One side of the comparison, its modules known by their paths in the head."""

    def __init__(self, examination: Examination, rename: Callable[[str], str]) -> None:
        self._project = examination.project
        self._places = {
            (rename(each.importer.path), rename(each.imported.path)): each for each in self._project.suspects
        }
        self.names = {rename(module.path): module.name for suspect in self._project.suspects for module in suspect}
        self.suspected: _Graph = {}
        for importer, imported in self._places:
            self.suspected.setdefault(importer, set()).add(imported)
        self.exact: _Graph = {}

    def exact_tangles(self, areas: Iterable[_Tangle]) -> list[_Tangle]:
        """Find the tangles of exact imports within those of possible ones."""
        for area in areas:
            for importer, imported in sorted(_inside(self.suspected, area)):
                if self._project.imports_between(*self._places[importer, imported], CYCLE_KINDS):
                    self.exact.setdefault(importer, set()).add(imported)
        return find_tangles(self.exact)

    def name_all(self, paths: Collection[str]) -> tuple[str, ...]:
        return tuple(sorted(self.names[path] for path in paths))


def _inside(graph: Mapping[str, set[str]], area: _Tangle) -> set[tuple[str, str]]:
    return {(importer, imported) for importer in area for imported in graph.get(importer, ()) if imported in area}


def _grown_or_shrunk(old: Sequence[_Tangle], new: Sequence[_Tangle], side: _Side) -> list[TangleChange]:
    heirs = _pair(old, new)
    changes = []
    for tangle in new:
        was = heirs.get(tangle, frozenset())
        # What fell off a tangle as a smaller one of its own is nothing new.
        if not was and any(tangle <= other for other in old):
            continue
        added, removed = tangle - was, was - tangle
        if added:
            kind: Literal["new", "grown", "shrunk"] = "grown" if was else "new"
        elif removed:
            kind = "shrunk"
        else:
            continue
        cycle = shortest_cycle(side.exact, min(added), tangle) if added else []
        changes.append(
            TangleChange(
                kind,
                side.name_all(tangle),
                side.name_all(added) if was else (),
                side.name_all(removed & side.names.keys()),
                tuple(side.names[path] for path in cycle),
            )
        )
    return changes


def _dissolved(old: Sequence[_Tangle], new: Sequence[_Tangle], side: _Side) -> list[TangleChange]:
    return [
        TangleChange("dissolved", side.name_all(tangle)) for tangle in old if not any(tangle & other for other in new)
    ]


def _pair(old: Sequence[_Tangle], new: Sequence[_Tangle]) -> dict[_Tangle, _Tangle]:
    """Find for each new tangle the old one that lives on in it, one to one, the largest overlap first."""
    overlaps = sorted(
        ((len(tangle & other), sorted(tangle), sorted(other)) for tangle in new for other in old if tangle & other),
        key=lambda overlap: (-overlap[0], *overlap[1:]),
    )
    heirs: dict[_Tangle, _Tangle] = {}
    for _, tangle, other in overlaps:
        if frozenset(tangle) not in heirs and frozenset(other) not in heirs.values():
            heirs[frozenset(tangle)] = frozenset(other)
    return heirs
