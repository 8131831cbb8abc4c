"""The graph of possible imports, as far as the scan can tell."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from layercheck.python.imports.scan_flags import DYNAMIC

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from layercheck.project.resolution import Resolver
    from layercheck.python.imports.scan import Scan


class BoundPackage(NamedTuple):
    """A package of several layers to which an import gives a name."""

    name: str
    """The name in the text, before any `as`."""
    module: str
    """The package as the import writes it: `shop.db`, `..db`."""


class Graph(NamedTuple):
    """Edges from files to stems, always a superset of the real ones, and the files that only a parser can judge."""

    imports: dict[str, tuple[str, ...]]
    """Path of the importing file → stems that it may import, in the order of the text."""
    to_parse: frozenset[str]
    """Files that import in ways which a scan cannot follow: dynamically, or beyond the top."""
    bound_packages: dict[str, tuple[BoundPackage, ...]]
    """Path of a file → packages of several layers that it imports: their attributes may be modules, too."""
    late: dict[str, frozenset[str]]
    """Path of a file → stems that it may import in indented lines only: in functions, below `if`."""


def build_graph(scans: Mapping[str, Scan], resolver: Resolver, mixed: frozenset[str]) -> Graph:
    """Resolve everything that was scanned.

    `mixed` are the folders with modules of several layers below: only through such a package can the use of an
    attribute (`import shop`, then `shop.db.session`) reach another layer than the import itself.
    """
    imports: dict[str, tuple[str, ...]] = {}
    to_parse = {path for path, scan in scans.items() if scan.flags & DYNAMIC}
    bound_packages: dict[str, tuple[BoundPackage, ...]] = {}
    late: dict[str, frozenset[str]] = {}
    for path, scan in scans.items():
        targets: dict[str, None] = {}
        at_margin: set[str] = set()
        indented = frozenset(scan.indented)
        bound: dict[BoundPackage, None] = {}
        known = resolver.known_from(path)
        for spec in scan.imports:
            found = known.get(spec)
            if found is None:
                found = resolver.targets(path, spec)
            if spec.startswith("..") and resolver.leaves_package(path, spec.partition(":")[0]):
                to_parse.add(path)
            if not found:
                continue  # another library's, as most
            for stem in found:
                targets[stem] = None
            if indented and spec not in indented:
                at_margin.update(found)
            if mixed and (not mixed.isdisjoint(found) or ":" not in spec):
                bound.update(dict.fromkeys(_bound_by(spec, found, mixed)))
        imports[path] = tuple(targets)
        if bound:
            bound_packages[path] = tuple(bound)
        if indented:
            late[path] = frozenset(targets) - at_margin
    return Graph(imports, frozenset(to_parse), bound_packages, late)


def _bound_by(spec: str, found: tuple[str, ...], mixed: Collection[str]) -> Iterator[BoundPackage]:
    """Find the packages of several layers to which an import gives names."""
    module, colon, names = spec.partition(":")
    if not colon:
        # Without a name of its own it is the outermost package that gets one.
        if "." in spec or found[0] in mixed:
            outermost = spec.partition(".")[0]
            yield BoundPackage(outermost, outermost)
        return
    if not names:
        if found[0] in mixed:
            yield BoundPackage(module.rpartition(".")[2], module)
        return
    packages = {stem.rpartition("/")[2] for stem in found if stem in mixed}
    for name in names.split(","):
        if name in packages:
            yield BoundPackage(name, f"{module}{name}" if module.endswith(".") else f"{module}.{name}")
