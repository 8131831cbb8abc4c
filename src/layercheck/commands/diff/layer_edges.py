"""How the imports between layers changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck.commands.diff.change import LayerEdge, ModuleImport
from layercheck.model.imports import COUNTED_KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Literal

    from layercheck.commands.diff.sides import Comparison
    from layercheck.engine.check import Examination
    from layercheck.project.suspect import Suspect

    _Pair = tuple[str, str]
    """Paths of the importing and the imported module, as they are called in the head."""
    _Between = dict[tuple[str, str], dict[_Pair, Suspect]]


def compare_edges(sides: Comparison) -> tuple[LayerEdge, ...]:
    """Find the pairs of layers between which imports came or went.

    Only imports in files that changed, and such as only one side seems to have, are convicted: the others are the same.
    """
    before = _suspects_between(sides.base, sides.today.path_of)
    after = _suspects_between(sides.head, lambda path: path)
    found = []
    for layers in sorted({*before, *after}):
        old, new = before.get(layers, {}), after.get(layers, {})
        doubtful = {pair for pair in {*old, *new} if pair not in old or pair not in new or pair[0] in sides.changed}
        was = _confirm(sides.base, old, doubtful)
        now = _confirm(sides.head, new, doubtful)
        added, removed = now.keys() - was.keys(), was.keys() - now.keys()
        if added or removed:
            certain = [pair for pair in sorted(old) if pair in new and pair not in doubtful]
            # One that is there on both sides settles that the edge is neither new nor removed.
            stays = (was and now) or any(_confirm(sides.head, new, [pair]) for pair in certain)
            kind: Literal["new", "removed", "changed"] = "changed" if stays else "new" if now else "removed"
            found.append(
                LayerEdge(
                    *layers,
                    kind,
                    tuple(now[pair] for pair in sorted(added)),
                    tuple(was[pair] for pair in sorted(removed)),
                )
            )
    return tuple(found)


def _suspects_between(side: Examination, rename: Callable[[str], str]) -> _Between:
    found: _Between = {}
    for (importer, imported), suspects in side.project.crossings.items():
        if importer is not None and imported is not None:
            pairs = {(rename(each.importer.path), rename(each.imported.path)): each for each in suspects}
            found.setdefault((importer, imported), {}).update(pairs)
    return found


def _confirm(side: Examination, suspects: dict[_Pair, Suspect], pairs: Iterable[_Pair]) -> dict[_Pair, ModuleImport]:
    """Keep the pairs that really import, each with its first place."""
    found = {}
    for pair in pairs:
        if pair in suspects:
            importer, imported = suspects[pair]
            places = side.project.imports_between(importer, imported, COUNTED_KINDS)
            if places:
                found[pair] = ModuleImport(importer.name, imported.name, places[0].location)
    return found
