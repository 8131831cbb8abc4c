"""Recognising how a backend is laid out: where its applications are, and the role of each file.

Only paths are looked at. The rules come from counting real repositories:

- A *root* is the folder whose role-named children hold the most files.
- *Feature before name*: a folder that holds models and endpoints, or endpoints and services, is a slice through the
  layers, whatever it is called; the roles then come from the files inside.
- The *role* of a file is what the outermost name says, with a few inner names that win (`roles.inner_role`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from layercheck.project.folders import Folder, folder_tree
from layercheck.project.roles import LAYERS, MAIN, MIGRATIONS, WIRING, aside_role, inner_role

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from layercheck.project.roles import RoleNames

_DEEPEST_ROOT = 4
"""Folders above an application's root, at most."""
_ENTRY_BONUS = 1.5
_THREE_ROLES_BONUS = 2.0
_ROLE_NAMED_MALUS = 0.3
_FAIR_SHARE = 0.1
"""Part of the best root's score that a further root must have."""
_FEATURE_FIRST = 3
"""Features below one parent that make a layout feature-first."""

_SERVER_FILES = frozenset({"asgi", "wsgi", "manage"})
"""Entry points wherever they lie outside a layer; `main` and `app` are only so at the top of an application."""
_GRAPHQL_FOLDERS = frozenset({"graphql", "gql"})
"""Here `schema.py` is the root of the API."""
_CLIENT_FOLDERS = frozenset({"integrations", "clients", "client", "connectors", "providers", "external", "gateways"})
"""Here `api.py` is somebody else's API, called from ours."""
_API_OVER_MIGRATIONS = frozenset({"api", "services"})
"""Layers in which `migrations/` is a subject (moving users' data over), not a history of the database."""


class Root(msgspec.Struct, frozen=True):
    """One application: a folder with layers below it."""

    path: str
    """POSIX path relative to the project root; `""` for the project root itself."""
    style: str
    """`layered` (a folder for each layer), `feature-first` (a folder for each feature) or `flat` (a file for each)."""
    roles: dict[str, int]
    """How many files have each role, tests and the like included."""
    unmapped: int
    """How many files below it have no role."""


class Layout(msgspec.Struct, frozen=True):
    """What was recognised in a project."""

    roots: tuple[Root, ...] = ()
    """Sorted by path; empty where nothing was recognised."""
    roles: dict[str, str] = {}
    """Path → role, for the files that have one: layers, `main`, `wiring`, `tests`, `migrations`, `scripts`."""
    containers: dict[str, str] = {}
    """Path → path of its root, for all files below a root."""


class _Place(NamedTuple):
    """What the folders between the root and a file say."""

    role: str | None = None
    outer: str | None = None
    """The role around a feature, for those of its files that tell none themselves."""
    aside: str | None = None
    is_graphql: bool = False
    is_client: bool = False
    depth: int = 0


def recognise_layout(files: Sequence[str], names: RoleNames) -> Layout:
    """The layout of the project with these Python files (POSIX paths relative to the project root)."""
    folders = folder_tree(files, names)
    roles: dict[str, str] = {}
    containers: dict[str, str] = {}
    roots: list[Root] = []
    heads = _find_roots(folders)
    for folder in heads:
        inside: list[str] = []
        _assign(folder, _Place(), names, roles, inside)
        root = _describe(folder, inside, roles)
        if _is_backend(root):
            roots.append(root)
            containers.update(dict.fromkeys(inside, folder.path))
        else:
            for path in inside:
                roles.pop(path, None)
    recognised = {root.path for root in roots}
    _assign_outside([folder for folder in heads if folder.path in recognised], folders, names, roles, containers)
    return Layout(tuple(sorted(roots, key=lambda root: root.path)), roles, containers)


def _find_roots(folders: Sequence[Folder]) -> list[Folder]:
    """Folders that look like applications, the best first; none inside another."""
    scored = [(score, folder) for folder in folders if (score := _score(folder))]
    scored.sort(key=lambda pair: (-pair[0], -pair[1].depth, pair[1].path))
    roots: list[Folder] = []
    for score, folder in scored:
        if score < scored[0][0] * _FAIR_SHARE:
            break
        root = _top(folder)
        if not any(_overlap(root, other) for other in roots):
            roots.append(root)
    return roots


def _score(folder: Folder) -> float:
    if folder.depth > _DEEPEST_ROOT or folder.aside or folder.contributors < 2 or len(folder.evidence) < 2:
        return 0
    score = sum(folder.evidence.values())
    if folder.has_entry:
        score *= _ENTRY_BONUS
    if len(folder.evidence) > 2:
        score *= _THREE_ROLES_BONUS
    if folder.role in LAYERS:
        score *= _ROLE_NAMED_MALUS
    return score


def _top(folder: Folder) -> Folder:
    """The application that `folder` is the heart of: `app` for `app/core` or `app/modules`."""
    while folder.is_container and folder.parent is not None:
        folder = folder.parent
    return folder


def _overlap(one: Folder, other: Folder) -> bool:
    return one is other or one in other.ancestors() or other in one.ancestors()


def _is_backend(root: Root) -> bool:
    return len(LAYERS & root.roles.keys()) > 1


def _describe(folder: Folder, inside: Sequence[str], roles: dict[str, str]) -> Root:
    counts: dict[str, int] = {}
    for path in inside:
        role = roles.get(path)
        if role is not None:
            counts[role] = counts.get(role, 0) + 1
    return Root(folder.path, _style(folder), dict(sorted(counts.items())), len(inside) - sum(counts.values()))


def _style(folder: Folder) -> str:
    if folder.features >= _FEATURE_FIRST or any(
        child.features >= _FEATURE_FIRST for child in folder.children if child.role is None and not child.aside
    ):
        return "feature-first"
    if any(child.role in LAYERS for child in _parts(folder)):
        return "layered"
    return "flat"


def _parts(folder: Folder) -> Iterable[Folder]:
    for child in folder.children:
        if not child.aside:
            yield child
            if child.is_container or child.is_feature:
                yield from child.children


def _assign(folder: Folder, place: _Place, names: RoleNames, roles: dict[str, str], inside: list[str]) -> None:
    """Write the roles of all files below `folder`, and list the files in `inside`."""
    for path, stem in folder.files:
        inside.append(path)
        role = _role_of_file(stem, folder, place, names)
        if role is not None:
            roles[path] = role
    for child in folder.children:
        _assign(child, _enter(child, place, names), names, roles, inside)


def _enter(folder: Folder, place: _Place, names: RoleNames) -> _Place:
    if place.aside:
        return place
    name = folder.name.lower()
    aside = aside_role(name, is_inside=True)
    current = place.role or place.outer
    if aside == MIGRATIONS and current in _API_OVER_MIGRATIONS:
        aside = None
    is_history = any(stem == "env" for _, stem in folder.files) and any(
        child.name == "versions" for child in folder.children
    )
    return _Place(
        role=None if folder.is_feature else inner_role(place.role, names.of_folder(folder.name), name),
        outer=current if folder.is_feature else place.outer,
        aside=MIGRATIONS if is_history else aside,
        is_graphql=place.is_graphql or name in _GRAPHQL_FOLDERS,
        is_client=(place.is_client or name in _CLIENT_FOLDERS) and not folder.is_feature,
        depth=place.depth + 1,
    )


def _role_of_file(stem: str, folder: Folder, place: _Place, names: RoleNames) -> str | None:
    if place.aside:
        return place.aside
    if stem == "__init__":
        return WIRING if place.depth == 0 else place.role or place.outer
    own = names.of_stem(stem)
    current = place.role or place.outer
    if own is None:
        return current
    if own not in LAYERS and own not in (MAIN, WIRING):
        return own
    if own == MAIN:
        return _role_of_entry(stem, folder, place)
    if stem == "managers" and "models" in folder.stem_roles and place.role is None:
        own = "models"
    elif stem == "schema" and place.is_graphql:
        own = "api"
    elif stem == "api" and place.is_client:
        return current
    return inner_role(place.role, own, stem)


def _role_of_entry(stem: str, folder: Folder, place: _Place) -> str | None:
    if place.depth == 0 or (folder.name == "core" and place.depth == 1):
        return MAIN
    if stem in _SERVER_FILES and place.role in (None, WIRING) and place.outer is None:
        return MAIN
    return place.role or place.outer


def _assign_outside(
    roots: Sequence[Folder],
    folders: Sequence[Folder],
    names: RoleNames,
    roles: dict[str, str],
    containers: dict[str, str],
) -> None:
    """Roles of the files that belong to no application: entry points above one, tests, migrations, scripts."""
    above = {ancestor.path for root in roots for ancestor in root.ancestors()}
    for folder in folders:
        for path, stem in folder.files:
            if path in containers:
                continue
            own = folder.aside or names.of_stem(stem)
            if own == MAIN:
                if not roots or (folder.path not in above and stem not in _SERVER_FILES):
                    continue
            elif own in LAYERS or own in (WIRING, None):
                continue
            roles[path] = own
