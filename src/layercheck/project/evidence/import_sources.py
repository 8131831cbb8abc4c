"""What the imports of a file say of what it defines: libraries, and where the names in it come from."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from layercheck.project.evidence.signs import LIBRARIES
from layercheck.project.second_roots import first_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from layercheck.python.outline import Outline

_DEPENDENCIES = frozenset({"Depends", "Security"})
_APPLICATION = "FastAPI"


def find_telling_imports(
    path: str, outline: Outline, imports: Iterable[str]
) -> tuple[frozenset[str], Mapping[str, str | None]]:
    """Find all that the imports of a file say of what it defines: libraries, and where certain names come from."""
    sources = sources_of_names(path, imports)
    bases = {base.partition(".")[0] for each in outline.classes for base in each.bases}
    return find_libraries({path: imports})[path], {
        name: sources.get(name) for name in bases | _DEPENDENCIES | {_APPLICATION}
    }


def imports_dependencies(sources: Mapping[str, str]) -> bool:
    """Return whether names that declare dependencies of FastAPI are imported, and the application is not."""
    return not _DEPENDENCIES.isdisjoint(sources) and _APPLICATION not in sources


def find_libraries(imports: Mapping[str, Iterable[str]]) -> dict[str, frozenset[str]]:
    """Find the imported libraries that are evidence, for each file; most import none."""
    tops = {text: first_name(text) for text in set(chain.from_iterable(imports.values()))}
    telling = {text: top for text, top in tops.items() if top in LIBRARIES}
    none: frozenset[str] = frozenset()
    return {
        path: frozenset(map(telling.__getitem__, found)) if (found := telling.keys() & texts) else none
        for path, texts in imports.items()
    }


def sources_of_names(path: str, imports: Iterable[str]) -> dict[str, str]:
    """Return where the names that a file imports come from: name → a path without suffix, relative to any folder."""
    sources: dict[str, str] = {}
    for text in imports:
        module, _, names = text.partition(":")
        dots = len(module) - len(module.lstrip("."))
        place = module[dots:].replace(".", "/")
        if dots:
            above = path.split("/")[:-dots]
            place = "/".join([*above, *([place] if place else [])])
        for name in names.split(","):
            if name:
                sources[name] = place
        if not names:
            sources[module.partition(".")[0]] = place
    return sources


def is_from(path: str, source: str) -> bool:
    """Return whether a file may be what `source` means: the module itself, or one inside the package."""
    stem = path.removesuffix(".py").removesuffix("/__init__")
    return stem == source or stem.endswith(f"/{source}") or f"/{source}/" in f"/{stem}/"
