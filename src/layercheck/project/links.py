"""The possible imports between the modules of a project, file by file."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from layercheck.model.module import Module
from layercheck.project.graph import Graph, build_graph
from layercheck.project.relative_paths import without_paths
from layercheck.project.resolution import Resolver
from layercheck.project.suspect import Suspect
from layercheck.python.imports.scan_flags import EXPORTS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from layercheck.facts.fact_store import SourceStore
    from layercheck.project.exact_imports import ExactImports
    from layercheck.project.graph import BoundPackage
    from layercheck.project.module_names import Naming, SourceTree
    from layercheck.python.imports.scan import Scan


class Exports:
    """The `__all__` of the packages that were asked for."""

    def __init__(self, tree: SourceTree, store: SourceStore) -> None:
        self._tree = tree
        self._store = store
        self.known: dict[str, Sequence[str]] = {}
        """What was read, by the stem of the package."""

    def of(self, stem: str) -> Sequence[str]:
        """Read the `__all__` of a package."""
        self.known[stem] = self.read(stem)
        return self.known[stem]

    def read(self, stem: str) -> Sequence[str]:
        """Read it again."""
        path = self._tree.stems.get(stem)
        if path is None or not self._store.facts[path].scan.flags & EXPORTS:
            return ()
        return self._store.imports(path).exports or ()


class ModuleIndex(NamedTuple):
    """The modules of a project by what leads to them."""

    by_path: dict[str, Module]
    by_stem: dict[str, Module]
    """With the folders that are modules without a file."""
    resolver: Resolver
    exports: Exports


class Links(NamedTuple):
    """What some files may import."""

    graph: Graph
    reached: dict[str, list[str]]
    """What files may reach through attributes of packages: path of a file → stems."""

    def replace(self, paths: Collection[str], links: Links) -> Links:
        """Return a copy with the links of some files replaced."""
        old, new = self.graph, links.graph
        graph = Graph(
            {**old.imports, **new.imports},
            old.to_parse.difference(paths) | new.to_parse,
            without_paths(old.bound_packages, paths) | new.bound_packages,
            without_paths(old.late, paths) | new.late,
        )
        return Links(graph, without_paths(self.reached, paths) | links.reached)

    def reached_paths(self, index: ModuleIndex) -> dict[str, set[str]]:
        """Find which modules files may reach through attributes, by path."""
        by_stem = index.by_stem
        return {path: {by_stem[stem].path for stem in stems if stem in by_stem} for path, stems in self.reached.items()}


def index_modules(modules: Iterable[Module], tree: SourceTree, naming: Naming, store: SourceStore) -> ModuleIndex:
    """Make an index of the modules that are files, and of the folders that can be imported like modules."""
    exports = Exports(tree, store)
    by_path, by_stem = find_importable(modules, tree, naming)
    return ModuleIndex(by_path, by_stem, Resolver(tree, naming, exports.of), exports)


def find_importable(
    modules: Iterable[Module], tree: SourceTree, naming: Naming
) -> tuple[dict[str, Module], dict[str, Module]]:
    """List the modules by path, and what can be imported by stem."""
    by_path = {module.path: module for module in modules}
    by_stem = {stem: by_path[path] for stem, path in tree.stems.items() if path in by_path}
    by_stem.update(_namespaces(tree, by_stem, naming))
    return by_path, by_stem


def find_links(scans: Mapping[str, Scan], index: ModuleIndex, store: SourceStore, mixed: frozenset[str]) -> Links:
    """Find what files may import; `mixed` are the folders with modules of several layers below."""
    graph = build_graph(scans, index.resolver, mixed)
    return Links(graph, _reached_through_attributes(graph, index.resolver, store))


def find_mixed_folders(modules: Iterable[Module], *, is_fine: bool) -> frozenset[str]:
    """Find the folders below which there are modules of several layers; `is_fine` where contracts tell any two apart."""
    labels: dict[str, set[str | None]] = defaultdict(set)
    for module in modules:
        label = module.path if is_fine else module.layer or module.role
        folder = module.path.rpartition("/")[0]
        while label not in labels[folder]:
            labels[folder].add(label)
            folder = folder.rpartition("/")[0]
    return frozenset(folder for folder, found in labels.items() if len(found) > 1)


def find_suspects(links: Links, index: ModuleIndex, exact: ExactImports, to_parse: Collection[str]) -> list[Suspect]:
    """List the possible imports between modules; of the files `to_parse`, the real ones."""
    targets_by_path = {module.path: module for module in index.by_stem.values()} if to_parse else {}
    by_stem = index.by_stem
    suspects = []
    for path, stems in links.graph.imports.items():
        importer = index.by_path[path]
        if path in to_parse:
            imported = [targets_by_path[target] for target in exact.imports_of(path)]
        else:
            possible = dict.fromkeys((*stems, *links.reached.get(path, ())))
            imported = [by_stem[stem] for stem in possible if stem in by_stem]
        suspects += [Suspect(importer, module) for module in imported if module.path != path]
    return suspects


def find_late_imports(links: Links, index: ModuleIndex) -> dict[str, frozenset[str]]:
    """Find what files import, if at all, in indented lines or as attributes only."""
    graph, late = links.graph, {}
    for path in {*graph.late, *links.reached}:
        as_attributes = set(links.reached.get(path, ())).difference(graph.imports[path])
        stems = as_attributes.union(graph.late.get(path, ()))
        late[path] = frozenset(index.by_stem[stem].path for stem in stems if stem in index.by_stem)
    return late


def _namespaces(tree: SourceTree, by_stem: Mapping[str, Module], naming: Naming) -> dict[str, Module]:
    """Make modules of the folders without `__init__`, as far as all that lies in them has the same layer."""
    children: dict[str, list[Module]] = defaultdict(list)
    for stem, module in by_stem.items():
        folder = stem.rpartition("/")[0]
        if folder not in tree.packages:
            children[folder].append(module)
    namespaces = {}
    for folder, modules in children.items():
        root = naming.root_of[modules[0].path]
        if folder == root or folder in by_stem:
            continue
        first, layers = modules[0], {module.layer for module in modules}
        namespaces[folder] = Module(
            name=folder[len(root) + 1 if root else 0 :].replace("/", "."),
            path=folder,
            is_package=True,
            role=first.role if len({module.role for module in modules}) == 1 else None,
            layer=first.layer if len(layers) == 1 else None,
            application=first.application,
        )
    return namespaces


def _reached_through_attributes(graph: Graph, resolver: Resolver, store: SourceStore) -> dict[str, list[str]]:
    """Find what files may reach through attributes of packages: path of a file → stems.

    Their texts are searched, not parsed: a superset, like the graph.
    """
    reached = {}
    for path, packages in graph.bound_packages.items():
        found = {resolver.deepest(path, chain): None for chain in list_chains(path, packages, store)}
        if found:
            reached[path] = [stem for stem in found if stem is not None]
    return reached


def list_chains(path: str, packages: Iterable[BoundPackage], store: SourceStore) -> list[str]:
    """List what the text of a file takes from packages that it has imported: `app.services.users.find` of `app`."""
    chains = store.chains(path, {package.name for package in packages})
    return [f"{package.module}.{chain}" for package in packages for chain in chains[package.name]]
