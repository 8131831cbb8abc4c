"""The graph of possible imports: who may import whom, as far as the scan can tell."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from layercheck.python.imports.scan import DYNAMIC

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from layercheck.project.resolution import Resolver
    from layercheck.python.imports.scan import Scan


class Graph(NamedTuple):
    """Edges from files to stems, always a superset of the real ones, and the files that only a parser can judge."""

    imports: dict[str, tuple[str, ...]]
    """Path of the importing file → stems that it may import, in the order of the text."""
    to_parse: frozenset[str]
    """Files that import in ways which a scan cannot follow: dynamically, through attributes, beyond the top."""
    packages_in_use: dict[str, tuple[str, ...]]
    """Path of a file → packages of several layers that it imports by their own names: it is to be parsed if it uses
    their attributes."""


def build_graph(scans: Mapping[str, Scan], resolver: Resolver, mixed: frozenset[str]) -> Graph:
    """Resolve everything that was scanned.

    `mixed` are the folders with modules of several layers below: only through such a package can the use of an
    attribute (`import shop`, then `shop.db.session`) reach another layer than the import itself.
    """
    imports: dict[str, tuple[str, ...]] = {}
    to_parse = {path for path, scan in scans.items() if scan.flags & DYNAMIC}
    packages_in_use: dict[str, tuple[str, ...]] = {}
    for path, scan in scans.items():
        targets: dict[str, None] = {}
        known = resolver.known_from(path)
        for spec in scan.imports:
            found = known.get(spec)
            if found is None:
                found = resolver.targets(path, spec)
            for stem in found:
                targets[stem] = None
            if ":" not in spec:
                # Without a name of its own it is the outermost package that gets one.
                if found and mixed and ("." in spec or found[0] in mixed):
                    packages_in_use[path] = (*packages_in_use.get(path, ()), spec.partition(".")[0])
            elif (not mixed.isdisjoint(found) and _binds_mixed(spec, found, mixed)) or (
                spec.startswith("..") and resolver.leaves_package(path, spec.partition(":")[0])
            ):
                to_parse.add(path)
        imports[path] = tuple(targets)
    return Graph(imports, frozenset(to_parse), packages_in_use)


def _binds_mixed(spec: str, found: tuple[str, ...], mixed: Collection[str]) -> bool:
    """Tell whether an import gives a name to a package of several layers."""
    names = spec.partition(":")[2]
    if not names:
        return found[0] in mixed
    taken = names.split(",")
    return any(stem in mixed and stem.rpartition("/")[2] in taken for stem in found)
