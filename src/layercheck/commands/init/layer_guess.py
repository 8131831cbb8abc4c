"""A first guess at layers that no name tells: the folders of the application, ordered by who imports whom."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from layercheck.model.dotted_names import is_in_package
from layercheck.project.roles import ASIDE
from layercheck.project.tangles import find_components

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from layercheck.project.project import Project

_MOST = 0.8
"""Part of the modules that a package must hold for its own folders to be looked at instead of those beside it."""
_MOST_FOLDERS = 40
"""More of them are features side by side, not layers; where there is nothing else, the largest are taken."""
_LARGEST_TANGLE = 2
"""Folders that may import each other in the guessed order; of greater circles the weakest imports are cut."""

_Edges = Counter[tuple[str, str]]
"""How many modules of one folder import modules of another, by (importing, imported) folder."""


class Guess(NamedTuple):
    """Layers that most imports agree with."""

    lines: tuple[str, ...]
    """As the key `layers` has them, highest first."""
    against: int
    """How many imports (module by module) lead up in this order."""


def guess_layers(project: Project) -> Guess | None:
    """Guess the layers of a project; None where there is nothing to go by."""
    names = {module.path: module.name for module in project.modules if module.role not in ASIDE}
    folders = _find_folders(names.values(), project.loaded.configuration.roles)
    edges: _Edges = Counter()
    for importer, imported in project.suspects:
        if importer.path in names:
            pair = folders.of(importer.name), folders.of(imported.name)
            if pair[0] and pair[1] and pair[0] != pair[1]:
                edges[pair[0], pair[1]] += 1
    kept = _cut_circles(edges)
    levels = _stack(kept)
    if len(levels) < 2:
        return None
    height = {name: at for at, level in enumerate(levels) for group in level for name in group}
    against = sum(count for (importer, imported), count in edges.items() if height[importer] > height[imported])
    return Guess(tuple(_write(level, folders) for level in levels), against)


class _Folders:
    """The folders (or, in a flat project, the modules) that may be layers."""

    def __init__(self, prefix: str, expressions: Mapping[str, str]) -> None:
        self._depth = prefix.count(".") + 2 if prefix else 1
        self.expressions = expressions
        """By name, as the configuration has to write them."""

    def of(self, module: str) -> str | None:
        name = ".".join(module.split(".")[: self._depth])
        return name if name in self.expressions else None


def _find_folders(modules: Iterable[str], roles: Mapping[str, object]) -> _Folders:
    """Find the deepest package with a fair number of folders that holds nearly all modules, and take its folders."""
    names = sorted(modules)
    chosen = _Folders("", {})
    prefix = ""
    while True:
        depth = prefix.count(".") + 1 if prefix else 0
        children = Counter(".".join(parts[: depth + 1]) for name in names if len(parts := name.split(".")) > depth)
        packages = {name for name, size in children.items() if size > 1}
        taken = [name for name in (packages if len(packages) > 1 else children) if _is_importable(name)]
        if 1 < len(taken) <= _MOST_FOLDERS or (len(taken) > 1 and not chosen.expressions):
            largest_first = sorted(taken, key=lambda name: (-children[name], name))
            # A name that is a role's would mean the role.
            chosen = _Folders(
                prefix, {name: f"{name}.**" if name in roles else name for name in largest_first[:_MOST_FOLDERS]}
            )
        largest, size = max(children.items(), key=lambda item: (item[1], item[0]), default=("", 0))
        if size < max(_MOST * len(names), 2):
            return chosen
        names = [name for name in names if is_in_package(name, largest)]
        prefix = largest


def _is_importable(name: str) -> bool:
    return all(part.isidentifier() for part in name.split("."))


def _cut_circles(edges: _Edges) -> dict[str, set[str]]:
    """Leave out the weakest imports until no circle joins more than two folders."""
    kept: dict[str, set[str]] = defaultdict(set)
    for importer, imported in edges:
        kept[importer].add(imported)
        kept.setdefault(imported, set())
    while tangles := [group for group in find_components(kept) if len(group) > _LARGEST_TANGLE]:
        for group in tangles:
            inside = [pair for pair in edges if pair[0] in group and pair[1] in kept[pair[0]] & group]
            importer, imported = min(inside, key=lambda pair: (edges[pair] - edges[pair[1], pair[0]], pair))
            kept[importer].discard(imported)
    return kept


def _stack(imports: Mapping[str, set[str]]) -> list[list[frozenset[str]]]:
    """Put the groups of folders on levels, highest first: each group just above the highest of what it imports."""
    levels: dict[int, list[frozenset[str]]] = defaultdict(list)
    height: dict[str, int] = {}
    for group in find_components(imports):
        below = [height[name] for member in group for name in imports[member] if name not in group]
        at = max(below, default=-1) + 1
        height.update(dict.fromkeys(group, at))
        levels[at].append(group)
    return [levels[at] for at in sorted(levels, reverse=True)]


def _write(level: Sequence[frozenset[str]], folders: _Folders) -> str:
    names = sorted(folders.expressions[name] for group in level for name in group)
    return (" : " if any(len(group) > 1 for group in level) else " | ").join(names)
