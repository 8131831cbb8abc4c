"""From files and configuration to a project: names, roles, layers, graph, in this order."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from layercheck.model.module import Certainty, Module
from layercheck.project.configured_roles import judge_by_configuration
from layercheck.project.defined_names import Definitions
from layercheck.project.evidence.combination import Judgement
from layercheck.project.evidence.contents import read_contents
from layercheck.project.evidence.roles import judge_roles
from layercheck.project.evidence.signs import REQUEST, SERVICE
from layercheck.project.evidence.verdict import judge
from layercheck.project.exact_imports import ExactImports
from layercheck.project.folders import folder_tree
from layercheck.project.graph import build_graph
from layercheck.project.kinds import Kinds
from layercheck.project.layers import Layers, ModulePatterns, is_module
from layercheck.project.layout import layout_of
from layercheck.project.module_names import SourceTree, join, name_modules
from layercheck.project.project import Project, Suspect
from layercheck.project.project_files import ProjectFiles
from layercheck.project.resolution import Resolver
from layercheck.project.roles import MIGRATIONS, TESTS, WIRING, RoleNames, aside_role
from layercheck.python.imports.scan import EXPORTS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from layercheck.config.loaded_configuration import LoadedConfiguration
    from layercheck.facts.fact_store import SourceStore
    from layercheck.files.discovery import Discovery
    from layercheck.project.evidence.combination import NamedRole
    from layercheck.project.evidence.contents import Contents
    from layercheck.project.graph import Graph
    from layercheck.project.layout import Layout
    from layercheck.project.module_names import Naming

# Whatever layer such a module lies in, it is not part of it.
_WEAK_KINDS = frozenset({REQUEST, SERVICE})
_CONFIGURED = Judgement(None, Certainty.CERTAIN, "the configuration says so")
_UNKNOWN = Judgement(None, Certainty.GUESS, "nothing tells")
_BESIDE_LAYERS = frozenset({TESTS, MIGRATIONS})


def assemble(
    loaded: LoadedConfiguration,
    discovery: Discovery,
    store: SourceStore,
    *,
    configuration_path: str = "",
    exact: bool = False,
    files: ProjectFiles | None = None,
) -> Project:
    """Make a project of the files whose facts are in `store`; `exact` parses all of them.

    `files` are those that are no Python; without them nobody knows what git keeps.
    """
    configuration = loaded.configuration
    imports = {path: facts.scan.imports for path, facts in store.facts.items()}
    tree = SourceTree(imports)
    naming = name_modules(tree, imports, folder_name=store.root.name, declared_roots=configuration.source_roots)
    layers = Layers(configuration)
    role_names, role_modules = _split_roles(configuration.roles)
    names = RoleNames(role_names)
    paths = [path for path, name in naming.names.items() if _is_wanted(name, configuration.packages)]
    contents = read_contents(store.outlines(paths), imports)
    folders = folder_tree(paths, names, _roles_by_contents(contents))
    layout = layout_of(folders)
    judged = judge_roles(layout, contents, naming, imports)
    given, _ = _split_roles(loaded.user_roles)
    judged.update(judge_by_configuration(paths, RoleNames(given), names, judged))
    modules = _make_modules(paths, naming, layout, layers, ModulePatterns(role_modules), judged)
    by_path = {module.path: module for module in modules}
    by_stem = {stem: by_path[path] for stem, path in tree.stems.items() if path in by_path}
    by_stem.update(_namespaces(tree, by_stem, naming))
    resolver = Resolver(tree, naming, lambda stem: _exports(stem, tree, store))
    scans = {path: store.facts[path].scan for path in paths}
    graph = build_graph(scans, resolver, _mixed_folders(modules, is_fine=bool(loaded.contracts)))
    reached = _reached_through_attributes(graph, resolver, store)
    to_parse = frozenset(by_path) if exact else graph.to_parse
    reached_paths = {path: {by_stem[stem].path for stem in stems if stem in by_stem} for path, stems in reached.items()}
    confirmed = ExactImports(store, resolver, by_path, by_stem, discovery.unreadable, to_parse, reached_paths)
    confirmed.parse_all(sorted(to_parse))
    return Project(
        loaded=loaded,
        layers=layers,
        layout=layout,
        folders=folders,
        modules=modules,
        scans=scans,
        suspects=_suspects(
            {path: dict.fromkeys((*stems, *reached.get(path, ()))) for path, stems in graph.imports.items()},
            by_path,
            by_stem,
            {path: confirmed.imports_of(path) for path in sorted(to_parse)},
        ),
        late=_late_imports(graph, reached, by_stem),
        exact=confirmed,
        service_folders=_find_service_folders(modules, layers, names),
        kinds=Kinds(Definitions(store, resolver, by_path, by_stem)),
        configuration_path=configuration_path,
        files=files or ProjectFiles(discovery, store.read),
        idle_excludes=discovery.idle_excludes,
        not_checked_out=discovery.not_checked_out,
        recognised={path: (each.role, each.certainty) for path, each in judged.items()} if role_modules else {},
    )


def _split_roles(roles: Mapping[str, Sequence[str]]) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Tell the names of folders and files in the role table from the modules."""
    names = {role: [entry for entry in entries if not is_module(entry)] for role, entries in roles.items()}
    modules = {role: [entry for entry in entries if is_module(entry)] for role, entries in roles.items()}
    return names, modules


def _roles_by_contents(contents: Mapping[str, Contents]) -> dict[str, str]:
    """Collect the roles that contents tell, for those who ask whether a folder is a feature or an application."""
    found = ((path, judge(each)) for path, each in contents.items())
    return {path: verdict.role for path, verdict in found if verdict is not None and verdict.kind not in _WEAK_KINDS}


def _is_wanted(name: str, packages: Sequence[str]) -> bool:
    return not packages or name.partition(".")[0] in packages


def _make_modules(
    paths: Iterable[str],
    naming: Naming,
    layout: Layout,
    layers: Layers,
    roles: ModulePatterns,
    judged: Mapping[str, Judgement],
) -> list[Module]:
    """Give every file its name, role, layer and application."""
    # Layers that are declared as modules span the whole project.
    application = "" if layers.modules else None
    modules = []
    for path in paths:
        name = naming.names[path]
        configured = roles.label_of(name)
        judgement = _CONFIGURED if configured else judged.get(path, _UNKNOWN)
        is_guess = judgement.certainty is Certainty.GUESS
        role = configured or (None if is_guess else judgement.role)
        layer = layers.modules.label_of(name)
        if role in _BESIDE_LAYERS:
            # A configuration that calls `shop.testing` a layer means what it says.
            layer = layer if layer and any(map(aside_role, layer.split("."))) else None
        elif layer is None and role in layers.names:
            layer = role
        modules.append(
            Module(
                name=name,
                path=path,
                is_package=path.rpartition("/")[2].startswith("__init__."),
                role=role,
                layer=layer,
                application=application if application is not None else layout.application_of.get(path),
                certainty=Certainty.CERTAIN if layers.modules.label_of(name) else judgement.certainty,
                evidence=judgement.evidence,
                named=configured or _named_role(layout, path),
                guess=judgement.role if is_guess else None,
                within=_layer_around(role, layout.named.get(path), layers),
            )
        )
    return modules


def _named_role(layout: Layout, path: str) -> str | None:
    """Tell the role that the names say of a file of an application."""
    named = layout.named.get(path)
    return named.role if named is not None and path in layout.application_of else None


def _layer_around(role: str | None, named: NamedRole | None, layers: Layers) -> str | None:
    """Tell which layer a wiring module lies in."""
    return named.within if role == WIRING and named is not None and named.within in layers.names else None


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


def _find_service_folders(modules: Iterable[Module], layers: Layers, names: RoleNames) -> dict[str, frozenset[str]]:
    """Find for each closed layer the folders that it serves: those which hold its folders, or its single files.

    `app/services/users.py` serves `app`, `app/orders/service.py` serves `app/orders`.
    """
    service_folders: dict[str, set[str]] = defaultdict(set)
    for module in modules:
        if module.layer in layers.closed and module.role == module.layer and module.evidence != _CONFIGURED.evidence:
            folder = module.application or ""
            inside = module.path.removeprefix(f"{folder}/").split("/")[:-1]
            depth = next((at for at, name in enumerate(inside) if names.of_folder(name) == module.layer), len(inside))
            service_folders[module.layer].add(join(folder, "/".join(inside[:depth])))
        elif module.layer in layers.closed:
            # Declared as a module: it serves whoever the order puts above it.
            service_folders[module.layer].add(module.application or "")
    return {layer: frozenset(folders) for layer, folders in service_folders.items()}


def _mixed_folders(modules: Iterable[Module], *, is_fine: bool) -> frozenset[str]:
    """Find the folders below which there are modules of several layers; `is_fine` where contracts tell any two apart."""
    labels: dict[str, set[str | None]] = defaultdict(set)
    for module in modules:
        label = module.path if is_fine else module.layer or module.role
        folder = module.path.rpartition("/")[0]
        while label not in labels[folder]:
            labels[folder].add(label)
            folder = folder.rpartition("/")[0]
    return frozenset(folder for folder, found in labels.items() if len(found) > 1)


def _reached_through_attributes(graph: Graph, resolver: Resolver, store: SourceStore) -> dict[str, list[str]]:
    """Find what files may reach through attributes of packages: path of a file → stems.

    Their texts are searched, not parsed: a superset, like the graph.
    """
    reached = {}
    for path, packages in graph.bound_packages.items():
        chains = store.chains(path, {package.name for package in packages})
        found = {
            resolver.deepest(path, f"{package.module}.{chain}"): None
            for package in packages
            for chain in chains[package.name]
        }
        if found:
            reached[path] = [stem for stem in found if stem is not None]
    return reached


def _exports(stem: str, tree: SourceTree, store: SourceStore) -> Sequence[str]:
    """Read the `__all__` of a package."""
    path = tree.stems.get(stem)
    if path is None or not store.facts[path].scan.flags & EXPORTS:
        return ()
    return store.imports(path).exports or ()


def _late_imports(
    graph: Graph, reached: Mapping[str, Collection[str]], by_stem: Mapping[str, Module]
) -> dict[str, frozenset[str]]:
    """Find what files import, if at all, in indented lines or as attributes only."""
    late = {}
    for path in {*graph.late, *reached}:
        as_attributes = set(reached.get(path, ())).difference(graph.imports[path])
        stems = as_attributes.union(graph.late.get(path, ()))
        late[path] = frozenset(by_stem[stem].path for stem in stems if stem in by_stem)
    return late


def _suspects(
    imports: Mapping[str, Iterable[str]],
    by_path: Mapping[str, Module],
    by_stem: Mapping[str, Module],
    parsed: Mapping[str, Collection[str]],
) -> list[Suspect]:
    """List the possible imports between modules; of files that had to be parsed, the real ones."""
    targets_by_path = {module.path: module for module in by_stem.values()}
    suspects = []
    for path, stems in imports.items():
        importer = by_path[path]
        exact = parsed.get(path)
        if exact is None:
            imported = (by_stem[stem] for stem in stems if stem in by_stem)
        else:
            imported = (targets_by_path[target] for target in exact)
        suspects += [Suspect(importer, module) for module in imported if module.path != path]
    return suspects
