"""The classes of a project by what they derive from, through classes of other files."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from layercheck.syntax.source_module import SourceModule


def top_classes(module: SourceModule) -> Iterator[tuple[ast.ClassDef, tuple[str, ...]]]:
    """List the classes at the top of a module with the full names of their bases."""
    for definition in module.nodes(ast.ClassDef):
        if module.owner(definition) is None:
            yield definition, tuple(filter(None, (_base(module, base) for base in definition.bases)))


def derived_from(roots: Collection[str], classes: Iterable[tuple[str, Collection[str]]]) -> set[str]:
    """Close some full names over pairs of a class and its bases: what derives from them, however far."""
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


def _base(module: SourceModule, base: ast.expr) -> str | None:
    return module.full_name(base.value if isinstance(base, ast.Subscript) else base)
