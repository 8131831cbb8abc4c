"""From files and configuration to a project: names, roles, layers, graph, in this order."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from layercheck.facts.file_kind import file_kind
from layercheck.model.module import Certainty, Module
from layercheck.project.assembled import PLAIN, Assembled, Places
from layercheck.project.configured_roles import judge_by_configuration
from layercheck.project.evidence.contents import ContentsReader
from layercheck.project.evidence.judgement import Judgement
from layercheck.project.evidence.roles import RoleJudge
from layercheck.project.evidence.signs import REQUEST, SERVICE
from layercheck.project.evidence.uses import Uses
from layercheck.project.evidence.verdict import judge
from layercheck.project.folders import folder_tree
from layercheck.project.kinds import Kinds
from layercheck.project.layers import Layers, ModulePatterns, is_module_pattern
from layercheck.project.layout import layout_of
from layercheck.project.links import find_late_imports, find_links, find_mixed_folders, find_suspects, index_modules
from layercheck.project.module_names import SourceTree, name_modules
from layercheck.project.relative_paths import join
from layercheck.project.restructuring import link_again, may_be_compared
from layercheck.project.roles import ASIDE, MAIN, MIGRATIONS, TESTS, WIRING, RoleNames, aside_role
from layercheck.project.second_roots import list_called
from layercheck.project.votes import count_again

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from layercheck.config.loaded_configuration import LoadedConfiguration
    from layercheck.facts.fact_store import SourceStore
    from layercheck.project.assembled import Given, Makers, Shape
    from layercheck.project.evidence.contents import Contents
    from layercheck.project.evidence.judgement import NamedRole
    from layercheck.project.exact_imports import ExactImports
    from layercheck.project.layer_folders import LayerByFolder
    from layercheck.project.layout import Layout
    from layercheck.project.links import Links, ModuleIndex
    from layercheck.project.project import Project

# Whatever layer such a module lies in, it is not part of it.
_WEAK_KINDS = frozenset({REQUEST, SERVICE})
_CONFIGURED = Judgement(None, Certainty.CERTAIN, "the configuration says so")
_UNKNOWN = Judgement(None, Certainty.GUESS, "nothing tells")
_BESIDE_LAYERS = frozenset({TESTS, MIGRATIONS})
_IN_NO_FOLDER = ASIDE | {MAIN, WIRING}


def assemble_parts(given: Given, makers: Makers = PLAIN, before: Assembled | None = None) -> Assembled:
    """Make a project, and return it with the parts it is made of.

    `before` was made when there were other files; the files that still exist must have the same texts.
    """
    loaded, store = given.loaded, given.store
    places = _place_files(loaded, store, None if before is None else before.places)
    judged = find_roles(places)
    modules = make_modules(places, judged, places.reader.contents)
    if before is not None:
        # What is the same object is compared at once.
        known = before.lookup.by_path
        modules = [then if (then := known.get(each.path)) == each else each for each in modules]
    lookup = index_modules(modules, places.tree, places.naming, store)
    mixed = find_mixed_folders(modules, is_fine=bool(loaded.contracts))
    continues = before is not None and may_be_compared(before, places, mixed)
    if before is not None and continues:
        links = link_again(before, lookup, places, store)
    else:
        links = find_links({module.path: store.facts[module.path].scan for module in modules}, lookup, store, mixed)
    project, confirmed = join_parts(given, places, lookup, links, find_recognised(places, judged), makers)
    return Assembled(project, places, judged, lookup, mixed, links, confirmed, continues)


def join_parts(
    given: Given,
    shape: Shape,
    lookup: ModuleIndex,
    links: Links,
    recognised: Mapping[str, tuple[str | None, Certainty]],
    makers: Makers = PLAIN,
) -> tuple[Project, ExactImports]:
    """Make a project of modules and of what they may import, and with it what confirms these imports."""
    discovery, store, modules = given.discovery, given.store, list(lookup.by_path.values())
    to_parse = frozenset(lookup.by_path) if given.exact else links.graph.to_parse
    found = {"store": store, "resolver": lookup.resolver, "by_path": lookup.by_path, "by_stem": lookup.by_stem}
    confirmed = makers.exact(
        **found,
        irregular=discovery.unreadable,
        to_parse=to_parse,
        reached=links.reached_paths(lookup),
        reads_all=given.exact,
    )
    confirmed.parse_all(sorted(to_parse))
    project = makers.project(
        loaded=given.loaded,
        layers=shape.layers,
        layout=shape.layout,
        folders=shape.folders,
        modules=modules,
        scans={path: store.facts[path].scan for path in lookup.by_path},
        suspects=find_suspects(links, lookup, confirmed, to_parse),
        late=find_late_imports(links, lookup),
        exact=confirmed,
        service_folders=find_service_folders(modules, shape.layers, shape.names),
        kinds=Kinds(makers.definitions(**found)),
        configuration_path=given.configuration_path,
        files=given.files,
        idle_excludes=discovery.idle_excludes,
        not_checked_out=discovery.not_checked_out,
        recognised=recognised,
    )
    return project, confirmed


def find_roles(places: Places) -> dict[str, Judgement]:
    """Return the roles of all files: what the configuration says explicitly wins over all evidence."""
    judged = places.judge.judged
    return {**judged, **dict(judge_by_configuration(judged, places.given, places.names, judged))}


def _place_files(loaded: LoadedConfiguration, store: SourceStore, before: Places | None) -> Places:
    """Find the names and the roles of all files; what of them is as `before` is taken over."""
    configuration = loaded.configuration
    imports = {path: facts.scan.imports for path, facts in store.facts.items()}
    called = {path: found for path in imports if (found := tuple(sorted(list_called(path, store))))}
    voting = _with_calls(imports, called)
    tree = SourceTree(imports)
    naming = name_modules(
        tree,
        voting,
        folder_name=store.root.name,
        declared_roots=configuration.source_roots,
        count=None
        if before is None
        else lambda: count_again(
            before.naming, (before.tree, _with_calls(before.imports, before.called)), (tree, voting)
        ),
    )
    role_names, role_modules = split_roles(configuration.roles)
    names = RoleNames(role_names)
    paths = [path for path, name in naming.names.items() if _is_wanted(name, configuration.packages)]
    outlines = store.outlines(paths)
    reader = None if before is None else before.reader.moved(outlines, imports)
    reader = reader or ContentsReader(outlines, imports)
    folders = folder_tree(paths, names, roles_by_contents(reader.contents))
    layout = layout_of(folders)
    uses = Uses(layout, reader.contents, naming, imports)
    role_judge = RoleJudge(uses, None if before is None else before.judge)
    given, _ = split_roles(loaded.user_roles)
    patterns = ModulePatterns(role_modules)
    layers = Layers(loaded.for_style(layout.style))
    return Places(
        tree, imports, called, naming, layers, names, RoleNames(given), patterns, reader, folders, layout, role_judge
    )


def _with_calls(imports: Mapping[str, Sequence[str]], called: Mapping[str, Sequence[str]]) -> dict[str, Sequence[str]]:
    """Add to what files may import what they import by calls."""
    return {**imports, **{path: (*imports[path], *found) for path, found in called.items()}}


def split_roles(roles: Mapping[str, Sequence[str]]) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Return the names of folders and files in the role table from the modules."""
    names = {role: [entry for entry in entries if not is_module_pattern(entry)] for role, entries in roles.items()}
    modules = {role: [entry for entry in entries if is_module_pattern(entry)] for role, entries in roles.items()}
    return names, modules


def roles_by_contents(contents: Mapping[str, Contents]) -> dict[str, str]:
    """Collect the roles that contents tell, to decide whether a folder is a feature or an application."""
    found = ((path, judge(each)) for path, each in contents.items())
    return {path: verdict.role for path, verdict in found if verdict is not None and verdict.kind not in _WEAK_KINDS}


def _is_wanted(name: str, packages: Sequence[str]) -> bool:
    return not packages or name.partition(".")[0] in packages


def find_recognised(places: Places, judged: Mapping[str, Judgement]) -> dict[str, tuple[str | None, Certainty]]:
    """Find the roles that files would have if the configuration named no modules."""
    return {path: (each.role, each.certainty) for path, each in judged.items()} if places.roles else {}


def make_modules(places: Places, judged: Mapping[str, Judgement], paths: Iterable[str]) -> list[Module]:
    """Give files their names, roles, layers and applications."""
    naming, layout, layers, roles = places.naming, places.layout, places.layers, places.roles
    modules = []
    for path in paths:
        name = naming.names[path]
        configured = roles.label_of(name)
        judgement = _CONFIGURED if configured else judged.get(path, _UNKNOWN)
        is_guess = judgement.certainty is Certainty.GUESS
        role = configured or (None if is_guess else judgement.role)
        application = layout.application_of.get(path)
        placed = find_folder_layer(path, role, application, layers)
        # Layers that are declared as modules, and folders outside of what was recognised, span the whole project.
        if layers.modules or (placed is not None and application is None):
            application = ""
        modules.append(
            Module(
                name=name,
                path=path,
                is_package=file_kind(path).is_package,
                role=role,
                layer=layer_of(name, role, layers) if placed is None else placed.layer,
                application=application,
                certainty=Certainty.CERTAIN if layers.modules.label_of(name) else judgement.certainty,
                evidence=judgement.evidence,
                named=configured or _named_role(layout, path),
                guess=judgement.role if is_guess else None,
                within=None if application is None else _layer_around(role, layout.named.get(path), layers),
                placed="" if placed is None else placed.evidence,
            )
        )
    return modules


def find_folder_layer(path: str, role: str | None, application: str | None, layers: Layers) -> LayerByFolder | None:
    """Find the layer of a file by its folders; wiring has none."""
    if not layers.folders or role in _IN_NO_FOLDER:
        return None
    return layers.folders.find(path.removeprefix(f"{application}/") if application else path)


def layer_of(name: str, role: str | None, layers: Layers) -> str | None:
    """Find which layer a module of a role belongs to."""
    layer = layers.modules.label_of(name)
    if role in _BESIDE_LAYERS:
        # A configuration that calls `shop.testing` a layer means what it says.
        return layer if layer and any(map(aside_role, layer.split("."))) else None
    return role if layer is None and role in layers.names else layer


def _named_role(layout: Layout, path: str) -> str | None:
    """Return the role that the names say of a file of an application."""
    named = layout.named.get(path)
    return named.role if named is not None and path in layout.application_of else None


def _layer_around(role: str | None, named: NamedRole | None, layers: Layers) -> str | None:
    """Find which layer a wiring module lies in."""
    return named.within if role == WIRING and named is not None and named.within in layers.names else None


def find_service_folders(modules: Iterable[Module], layers: Layers, names: RoleNames) -> dict[str, frozenset[str]]:
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
