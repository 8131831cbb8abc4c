"""The base classes of the classes of a project, through other files."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from layercheck import Kinds, SourceModule


def top_classes(module: SourceModule) -> Iterator[tuple[ast.ClassDef, tuple[str, ...]]]:
    """List the classes at the top of a module with the full names of their bases."""
    for definition in module.nodes(ast.ClassDef):
        if module.owner(definition) is None:
            yield definition, tuple(filter(None, (_base(module, base) for base in definition.bases)))


def derived_from(roots: Collection[str], classes: Iterable[tuple[str, Collection[str]]]) -> set[str]:
    """Find the classes that derive from some full names, at any distance, in pairs of a class and its bases."""
    known = set(roots)
    waiting = list(classes)
    while True:
        left = []
        for name, bases in waiting:
            if known.isdisjoint(bases):
                left.append((name, bases))
            else:
                known.add(name)
        if len(left) == len(waiting):
            return known
        waiting = left


def descends_from(roots: Collection[str], name: str, kinds: Kinds, path: str) -> bool:
    """Return whether a class, as seen from a file, descends from one of the given library classes."""
    waiting, seen = [(name, path)], set[tuple[str, str]]()
    while waiting:
        asked = waiting.pop()
        if kinds.full_name(asked[0], seen_from=asked[1]) in roots:
            return True
        defined = kinds.definition_of(asked[0], seen_from=asked[1])
        if defined is not None and asked not in seen:
            seen.add(asked)
            waiting += ((base, defined.module.path) for base in defined.definition.bases)
    return False


def _base(module: SourceModule, base: ast.expr) -> str | None:
    return module.full_name(base.value if isinstance(base, ast.Subscript) else base)
