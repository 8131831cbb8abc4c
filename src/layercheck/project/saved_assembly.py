"""The parts of a project, kept for the next run, which updates those of the files whose imports have changed."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from layercheck.facts.file_kind import file_kind
from layercheck.model.module import Certainty, Module
from layercheck.project.assembly import find_recognised, join_parts, split_roles
from layercheck.project.evidence.import_sources import find_telling_imports
from layercheck.project.evidence.uses import answer_alike, list_imported
from layercheck.project.folders import folder_tree
from layercheck.project.graph import BoundPackage, Graph
from layercheck.project.layers import Layers
from layercheck.project.layout import layout_of
from layercheck.project.links import Links, find_links, index_modules
from layercheck.project.module_names import Naming, SourceTree
from layercheck.project.roles import RoleNames
from layercheck.project.second_roots import list_called, names_called
from layercheck.project.votes import Votes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from layercheck.config.loaded_configuration import LoadedConfiguration
    from layercheck.facts.fact_store import SourceStore
    from layercheck.facts.file_facts import FileFacts
    from layercheck.project.assembled import Assembled, Given
    from layercheck.project.folders import Folder
    from layercheck.project.layout import Layout
    from layercheck.project.project import Project


class _Traits(msgspec.Struct, frozen=True, array_like=True):
    """What many modules have in common."""

    role: str | None
    layer: str | None
    application: str | None
    certainty: Certainty
    evidence: str
    within: str | None
    named: str | None
    guess: str | None
    placed: str


class SavedAssembly(msgspec.Struct, array_like=True):
    """Names, roles and possible imports of all files; files are numbered in the order of the facts.

    It belongs to the facts of the same run: what is not written here follows from their scans and outlines.
    """

    key: bytes
    """Tells apart everything else that it depends on."""
    roots: list[str]
    root_of: list[int]
    names: list[str]
    top: str
    votes: dict[str, int]
    calls: dict[str, int]
    own: dict[str, int]
    second_roots: dict[str, tuple[str, ...]]
    traits: list[_Traits]
    traits_of: list[int]
    """By file; -1 for one that is no module of the project."""
    told: dict[int, str]
    """The roles that contents tell."""
    asked: list[tuple[frozenset[int], frozenset[int], bool]]
    """What of the imports of files had a say in roles: each a `UseQuestion`."""
    exports: dict[str, tuple[str, ...]]
    """By the stem of a package: the `__all__` of which others take everything."""
    mixed: list[str]
    recognised: dict[int, tuple[str | None, Certainty]]
    """What the roles would be without the modules that the configuration names; empty where it names none."""
    stems: list[str]
    imports: list[tuple[int, ...]]
    """By module, as numbers of stems."""
    late: dict[int, tuple[int, ...]]
    reached: dict[int, list[str]]
    bound_packages: dict[int, tuple[BoundPackage, ...]]
    to_parse: list[int]


class _SavedShape(NamedTuple):
    """What the names of folders and files say."""

    layers: Layers
    names: RoleNames
    folders: Sequence[Folder]
    layout: Layout


def save_assembly(assembled: Assembled, key: bytes) -> SavedAssembly:
    """Save the parts of a project."""
    places, links = assembled.places, assembled.links
    naming = places.naming
    number = {path: at for at, path in enumerate(naming.names)}
    traits: dict[tuple[object, ...], int] = {}
    traits_of = [-1] * len(number)
    for path, module in assembled.lookup.by_path.items():
        found = tuple(getattr(module, name) for name in _Traits.__struct_fields__)
        traits_of[number[path]] = traits.setdefault(found, len(traits))
    root_number = {root: at for at, root in enumerate(naming.roots)}
    told = {number[path]: said for folder in places.folders for path, _, _, said in folder.files if said is not None}
    return SavedAssembly(
        key=key,
        roots=list(naming.roots),
        root_of=[root_number[root] for root in naming.root_of.values()],
        names=list(naming.names.values()),
        top=naming.top,
        votes=dict(naming.votes),
        calls=dict(naming.calls),
        own=dict(naming.own),
        second_roots={name: tuple(folders) for name, folders in naming.second_roots.items()},
        traits=[_Traits(*each) for each in traits],  # type: ignore[arg-type]  # in the order of its fields
        traits_of=traits_of,
        told=told,
        asked=[
            (frozenset(map(number.__getitem__, users)), frozenset(map(number.__getitem__, used)), is_any)
            for users, used, is_any in places.judge.asked
        ],
        exports={stem: tuple(names) for stem, names in assembled.lookup.exports.known.items()},
        mixed=sorted(assembled.mixed),
        recognised={number[path]: each for path, each in find_recognised(places, assembled.judged).items()},
        **_pack_links(links, number),
    )


def _pack_links(links: Links, number: Mapping[str, int]) -> dict[str, Any]:
    graph, stems = links.graph, _Numbers()
    return {
        "imports": [tuple(map(stems.__getitem__, found)) for found in graph.imports.values()],
        "late": {number[path]: tuple(map(stems.__getitem__, found)) for path, found in graph.late.items()},
        "reached": {number[path]: found for path, found in links.reached.items()},
        "bound_packages": {number[path]: found for path, found in graph.bound_packages.items()},
        "to_parse": sorted(map(number.__getitem__, graph.to_parse)),
        "stems": list(stems),
    }


class _Numbers(dict[str, int]):
    """Numbers for texts, in the order in which they come."""

    def __missing__(self, text: str) -> int:
        self[text] = found = len(self)
        return found


class Restored(NamedTuple):
    """A project made from the saved parts of an earlier run."""

    project: Project
    save: Callable[[], SavedAssembly]
    """Gives what to keep of it for the next one."""


def restore_project(saved: SavedAssembly, given: Given) -> Restored | None:
    """Make a project from the saved parts of an earlier run; None if more may have changed than the imports of some files."""
    store = given.store
    paths = list(store.facts)
    if paths != list(store.known):
        return None
    earlier = {path: then for path, then in store.known.items() if then.digest != store.facts[path].digest}
    restorer = _Restorer(saved, paths, store, is_declared=bool(given.loaded.configuration.source_roots))
    links = restorer.find_links(earlier)
    if links is None:
        return None
    recognised = {paths[at]: each for at, each in saved.recognised.items()}
    project, _ = join_parts(given, _find_shape(saved, paths, given.loaded), restorer.lookup, links, recognised)
    return Restored(project, partial(restorer.save, links))


def _find_shape(saved: SavedAssembly, paths: Sequence[str], loaded: LoadedConfiguration) -> _SavedShape:
    names = RoleNames(split_roles(loaded.configuration.roles)[0])
    told = {paths[at]: role for at, role in saved.told.items()}
    wanted = [path for path, traits in zip(paths, saved.traits_of, strict=True) if traits >= 0]
    folders = folder_tree(wanted, names, told)
    layout = layout_of(folders)
    return _SavedShape(Layers(loaded.for_style(layout.style)), names, folders, layout)


class _Restorer:
    """Checks whether the saved parts are still valid after some files have changed, and resolves the imports of these."""

    def __init__(self, saved: SavedAssembly, paths: Sequence[str], store: SourceStore, *, is_declared: bool) -> None:
        self._saved = saved
        self._paths = paths
        self._store = store
        self._tree = SourceTree(paths)
        roots = [saved.roots[at] for at in saved.root_of]
        names = dict(zip(paths, saved.names, strict=True))
        self._naming = Naming(
            tuple(saved.roots),
            dict(zip(paths, roots, strict=True)),
            names,
            saved.top,
            saved.votes,
            saved.calls,
            saved.own,
            saved.second_roots,
        )
        self._votes = Votes(self._tree, self._naming, folder_name=store.root.name, declared=is_declared)
        self.lookup = index_modules(self._make_modules(), self._tree, self._naming, store)

    def _make_modules(self) -> Iterator[Module]:
        saved, names = self._saved, Module.__struct_fields__
        assert names[:3] == ("name", "path", "is_package")  # noqa: S101  (what is not among the traits)
        traits = [msgspec.structs.asdict(each) for each in saved.traits]
        for path, at in zip(self._paths, saved.traits_of, strict=True):
            if at >= 0:
                yield Module(self._naming.names[path], path, file_kind(path).is_package, **traits[at])

    def find_links(self, earlier: Mapping[str, FileFacts]) -> Links | None:
        """Find what all files may import; `earlier` is what was known of those that have changed."""
        if not all(self._is_like(path, then) for path, then in earlier.items()):
            return None
        exports = self.lookup.exports
        if any(tuple(exports.of(stem)) != known for stem, known in self._saved.exports.items()):
            return None
        links = self._unpack_links()
        again = {path: self._store.facts[path].scan for path in earlier if path in self.lookup.by_path}
        return links.replace(again, find_links(again, self.lookup, self._store, frozenset(self._saved.mixed)))

    def _is_like(self, path: str, then: FileFacts) -> bool:
        """Return whether all names and roles stay the same after a file has changed."""
        now = self._store.facts[path]
        before, after = then.scan.imports, now.scan.imports
        calls_differ = names_called(then.imports) != list_called(path, self._store)
        if calls_differ or not self._votes.replace(path, before, after):
            return False
        if path not in self.lookup.by_path:
            return True
        outline = self._store.outlines([path])[path]
        return (
            then.outline == now.outline
            and self._is_used_alike(path, before, after)
            and find_telling_imports(path, outline, before) == find_telling_imports(path, outline, after)
        )

    def _is_used_alike(self, path: str, before: Sequence[str], after: Sequence[str]) -> bool:
        """Return whether the imports of a file have the same influence on roles."""
        own, number, name = self._naming.names[path], self._number[path], self._saved.names.__getitem__
        then, now = (set(list_imported(path, own, texts)) for texts in (before, after))
        return then == now or all(
            answer_alike(then, now, set(map(name, used)), is_any=is_any)
            for users, used, is_any in self._saved.asked
            if number in users
        )

    @cached_property
    def _number(self) -> Mapping[str, int]:
        return {path: at for at, path in enumerate(self._paths)}

    def _unpack_links(self) -> Links:
        saved, paths = self._saved, self._paths
        stem = saved.stems.__getitem__
        graph = Graph(
            {path: tuple(map(stem, found)) for path, found in zip(self.lookup.by_path, saved.imports, strict=True)},
            frozenset(map(paths.__getitem__, saved.to_parse)),
            {paths[at]: found for at, found in saved.bound_packages.items()},
            {paths[at]: frozenset(map(stem, found)) for at, found in saved.late.items()},
        )
        return Links(graph, {paths[at]: found for at, found in saved.reached.items()})

    def save(self, links: Links) -> SavedAssembly:
        """Save the updated parts."""
        naming = self._votes.naming
        return msgspec.structs.replace(
            self._saved,
            votes=dict(naming.votes),
            calls=dict(naming.calls),
            own=dict(naming.own),
            **_pack_links(links, self._number),
        )
