"""From a project to the imports between its layers or packages."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from layercheck.commands.rules_about_imports import find_broken_imports
from layercheck.engine.build import open_project
from layercheck.errors import UsageError
from layercheck.model.failure import Failure
from layercheck.model.imports import COUNTED_KINDS
from layercheck.model.target_paths import is_within
from layercheck.project.roles import ASIDE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from layercheck.engine.options import CheckOptions
    from layercheck.engine.project_target import ProjectTarget
    from layercheck.model.module import Module
    from layercheck.project.project import Project
    from layercheck.project.suspect import Suspect

    _Group = Callable[[Module], str]

NO_ROLE = "no role"


class MapNode(msgspec.Struct, frozen=True):
    """A layer, a role or a package."""

    name: str
    modules: int


class MapEdge(msgspec.Struct, frozen=True):
    """The imports of one node by another one."""

    importer: str
    imported: str
    imports: int
    """Pairs of modules of which one imports the other."""
    broken: dict[str, int]
    """Of these pairs, how many break a rule, by its code, also those that a comment or the baseline accepts."""


class DependencyMap(msgspec.Struct, frozen=True):
    """What the modules of a project import from each other, by layer or by package."""

    by: str
    """`layer` or `package`."""
    order: str
    """The layers in force, highest first."""
    nodes: tuple[MapNode, ...]
    edges: tuple[MapEdge, ...]
    failures: tuple[Failure, ...]
    """The rules that raised, so that nobody knows which imports break them."""


class MapRequest(NamedTuple):
    """What to draw."""

    paths: tuple[str, ...] = ()
    """The part of the project, relative to its root; empty: all of it."""
    depth: int | None = None
    """How many parts of a module's name make a package; None: the layers."""
    with_aside: bool = False
    """Whether tests, migrations and scripts are drawn."""


def draw_map(target: ProjectTarget, options: CheckOptions, request: MapRequest) -> DependencyMap:
    """Count the real imports between the layers or packages. Raises UsageError where nothing is left to draw."""
    project = open_project(target, options._replace(allow_none=True)).project
    modules = [each for each in project.modules if _is_drawn(each, request)]
    if not modules:
        raise UsageError("no module is left to draw; name other paths, or add --with-tests")
    depth = request.depth
    if depth is None and len({module.layer for module in modules} - {None}) < 2:
        # Without layers, the packages are what there is to see.
        depth = _first_fork(modules)
    group = _name_layer if depth is None else _name_package(depth)
    drawn = {module.path: group(module) for module in modules}
    wanted = [each for each in project.suspects if _is_edge(each, drawn, same_application=depth is None)]
    broken, failures = find_broken_imports(project, target)
    edges: Counter[tuple[str, str]] = Counter()
    codes: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for importer, imported in _confirm(project, wanted):
        edge = (drawn[importer.path], drawn[imported.path])
        edges[edge] += 1
        codes[edge].update(broken.get((importer.path, imported.name), ()))
    nodes = Counter(drawn.values())
    names = {name: at for at, name in enumerate(_sort_nodes(project, nodes, by_layer=depth is None))}
    return DependencyMap(
        by="layer" if depth is None else "package",
        order=project.layers.order,
        nodes=tuple(MapNode(name, nodes[name]) for name in names),
        edges=tuple(
            MapEdge(*edge, count, dict(sorted(codes[edge].items())))
            for edge, count in sorted(edges.items(), key=lambda pair: (names[pair[0][0]], names[pair[0][1]]))
        ),
        failures=tuple(failures),
    )


def _is_drawn(module: Module, request: MapRequest) -> bool:
    is_inside = not request.paths or is_within(module.path, frozenset(request.paths))
    return is_inside and (request.with_aside or module.role not in ASIDE)


def _is_edge(suspect: Suspect, drawn: dict[str, str], *, same_application: bool) -> bool:
    importer, imported = suspect
    if importer.path not in drawn or imported.path not in drawn or drawn[importer.path] == drawn[imported.path]:
        return False
    return not same_application or importer.application == imported.application


def _confirm(project: Project, suspects: Sequence[Suspect]) -> Iterable[Suspect]:
    project.read_ahead(suspects)
    return (each for each in suspects if project.imports_between(*each, COUNTED_KINDS))


def _name_layer(module: Module) -> str:
    return module.layer or module.role or NO_ROLE


def _name_package(depth: int) -> _Group:
    return lambda module: ".".join(module.name.split(".")[:depth])


def _first_fork(modules: Sequence[Module]) -> int:
    """Find the smallest depth at which there is more than one package, the face of the outermost left aside."""
    names = [module.name.split(".") for module in modules]
    deepest = max(map(len, names))
    for depth in range(1, deepest):
        if len({tuple(name[:depth]) for name in names if len(name) >= depth}) > 1:
            return depth
    return deepest


def _sort_nodes(project: Project, nodes: Iterable[str], *, by_layer: bool) -> list[str]:
    if not by_layer:
        return sorted(nodes)
    layers = [name for name in nodes if name in project.layers.names]
    return [*project.layers.sort(layers), *sorted(set(nodes) - set(layers))]
