"""Modules that are imported under a second name: `src.app.api` where all others say `app.api`.

Python finds a file under several names where several folders are on its path. The votes choose one of them; an import
by another name would look like that of a library.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from layercheck.facts.fact_store import SourceStore
    from layercheck.model.imports import FileImports
    from layercheck.project.module_names import SourceTree


@lru_cache(maxsize=1 << 16)
def first_name(spec: str) -> str:
    """Read the first name of an import; empty for a relative one."""
    return spec.partition(":")[0].partition(".")[0]


def list_called(path: str, store: SourceStore) -> frozenset[str]:
    """List what calls in a file import from outside of its package, as the scan writes it."""
    if not store.facts[path].scan.may_call_imports:
        return frozenset()
    from layercheck.model.imports import Depth  # noqa: PLC0415  (few files get here)

    return names_called(store.imports(path, Depth.CALLS))


def names_called(imports: FileImports | None) -> frozenset[str]:
    """List the same of a file that is known already: `import_string("a.b.C")` is `a.b:C`."""
    sites = () if imports is None else imports.sites
    called = (site.module.rpartition(".") for site in sites if site.form == "call" and not site.module.startswith("."))
    return frozenset(f"{module}:{name}" if module else name for module, _, name in called)


def is_nowhere(tree: SourceTree, roots: Iterable[str], name: str) -> bool:
    """Return whether a module of this name is in no source root but in another folder."""
    return (
        name in tree.parents_by_name
        and name not in sys.stdlib_module_names
        and not any(tree.holds(root, name) for root in roots)
    )


def find_second_roots(
    tree: SourceTree, roots: Sequence[str], imports: Mapping[str, Sequence[str]]
) -> dict[str, tuple[str, ...]]:
    """Find the folders that have all modules which are imported by an unknown first name.

    A library that is called like a folder of the project (`app/redis/`) has modules that the folder lacks.
    """
    imported = set(chain.from_iterable(imports.values()))
    unknown = {name for name in set(map(first_name, imported)) if is_nowhere(tree, roots, name)}
    specs: defaultdict[str, list[str]] = defaultdict(list)
    for spec in imported if unknown else ():
        if (name := first_name(spec)) in unknown:
            specs[name].append(spec)
    found = {
        name: tuple(
            folder
            for folder in sorted(tree.parents_by_name[name])
            if all(tree.gives(folder, spec) and tree.is_meant(folder, spec) for spec in wanted)
        )
        for name, wanted in specs.items()
    }
    return {name: folders for name, folders in found.items() if folders}
