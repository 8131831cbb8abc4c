"""Recognising how a backend is laid out: where its applications are, and the role of each file.

Only paths are looked at. The rules come from counting real repositories:

- Which folder is the *root* of an application: `roots.py`.
- *Feature before name*: a folder that holds models and endpoints, or endpoints and services, is a slice through the
  layers, whatever it is called; the roles then come from the files inside: `folders.py`.
- The *role* of a file is what the outermost name says, with a few inner names that win: `roles.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from layercheck.project.folders import Folder, folder_tree
from layercheck.project.roles import (
    LAYERS,
    MAIN,
    MIGRATIONS,
    SCRIPTS,
    WIRING,
    inner_role,
    is_script_file,
    is_subject_inside,
)
from layercheck.project.roots import find_roots, is_application, style_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layercheck.project.roles import RoleNames

_SERVER_FILES = frozenset({"asgi", "wsgi", "manage"})
"""Entry points wherever they lie outside a layer; `main` and `app` are only so at the top of an application."""
_GRAPHQL_FOLDERS = frozenset({"graphql", "gql"})
"""Here `schema.py` is a part of the API."""
_CLIENT_FOLDERS = frozenset({"integrations", "clients", "client", "connectors", "providers", "external", "gateways"})
_EVENT_FOLDERS = frozenset({"signals", "events", "messaging", "consumers", "workers", "tasks", "jobs"})
_NOT_OUR_API = {
    **dict.fromkeys(_CLIENT_FOLDERS, frozenset({"api", "apis"})),
    **dict.fromkeys(_EVENT_FOLDERS, frozenset({"handlers", "handler"})),
}
"""Files that are no endpoints in such folders: somebody else's API, called from ours, and handlers of events."""
_OUTWEIGHED_IN_FEATURES = frozenset({"utils", WIRING})
"""What a file of a feature may be without leaving the layer that the whole feature lies in."""


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
    """Sorted by path; none lies in another; empty where nothing was recognised."""
    roles: dict[str, str] = {}
    """Path → role, for the files that have one: layers, `main`, `wiring`, `tests`, `migrations`, `scripts`."""
    containers: dict[str, str] = {}
    """Path → path of its root, for all files below a root."""


class _Place(NamedTuple):
    """What the folders between the root and a file say."""

    depth: int = 0
    role: str | None = None
    around: str | None = None
    """The role of the layer that the innermost feature lies in."""
    aside: str | None = None
    is_graphql: bool = False
    not_api: frozenset[str] = frozenset()

    @property
    def layer(self) -> str | None:
        """The role of a file that says nothing itself."""
        return self.role or self.around


def recognise_layout(files: Sequence[str], names: RoleNames) -> Layout:
    """The layout of the project with these Python files (POSIX paths relative to the project root)."""
    folders = folder_tree(files, names)
    roles: dict[str, str] = {}
    containers: dict[str, str] = {}
    roots: list[Root] = []
    beside: set[str] = set()
    for folder in find_roots(folders):
        found: dict[str, str | None] = {}
        _assign(folder, _Place(), names, found)
        counts = _counted(found)
        unmapped = len(found) - sum(counts.values())
        if is_application(folder, counts, unmapped, folders[0]):
            roots.append(Root(folder.path, style_of(folder), counts, unmapped))
            roles.update((path, role) for path, role in found.items() if role)
            containers.update(dict.fromkeys(found, folder.path))
            beside.update(ancestor.path for ancestor in folder.ancestors())
    for folder in folders:
        _assign_outside(folder, names, roles, containers, beside)
    return Layout(tuple(sorted(roots, key=lambda root: root.path)), roles, containers)


def _counted(found: dict[str, str | None]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for role in found.values():
        if role:
            counts[role] = counts.get(role, 0) + 1
    return dict(sorted(counts.items()))


def _assign(folder: Folder, place: _Place, names: RoleNames, found: dict[str, str | None]) -> None:
    """Write the role of each file below `folder` into `found`."""
    for path, stem in folder.files:
        found[path] = place.aside or _role_of_file(stem, folder, place, names)
    for child in folder.children:
        _assign(child, place if place.aside else _enter(child, place, names), names, found)


def _enter(folder: Folder, place: _Place, names: RoleNames) -> _Place:
    name = folder.name.lower()
    if folder.is_feature:
        role, around = None, place.layer
    else:
        role, around = inner_role(place.role, folder.role, name), place.around
    return _Place(
        depth=place.depth + 1,
        role=role,
        around=around,
        aside=None if _is_subject(folder, place) else folder.own_aside,
        is_graphql=place.is_graphql or name in _GRAPHQL_FOLDERS,
        not_api=frozenset() if folder.is_feature else place.not_api | _NOT_OUR_API.get(name, frozenset()),
    )


def _is_subject(folder: Folder, place: _Place) -> bool:
    """Whether a folder called like one that lies aside is about that: `services/migrations` moves users' data."""
    if folder.own_aside == MIGRATIONS:
        return place.layer in {"api", "services"} and not folder.is_history
    return place.depth > 0 and is_subject_inside(folder.name)


def _role_of_file(stem: str, folder: Folder, place: _Place, names: RoleNames) -> str | None:
    if stem == "__init__":
        return place.layer if place.depth else WIRING
    own = names.of_stem(stem)
    if own is None:
        return SCRIPTS if place.layer is None and stem.endswith(".conf") else place.layer
    if own == MAIN:
        return _role_of_entry(stem, folder, place)
    if own not in LAYERS and own != WIRING:
        return own
    if stem == "managers" and "models" in folder.parts and place.role is None:
        own = "models"  # Django's query managers, which models import.
    elif stem == "schema" and place.is_graphql:
        own = "api"
    elif stem in place.not_api:
        return place.layer
    if place.role is None and own in _OUTWEIGHED_IN_FEATURES:
        return inner_role(place.around, own, stem)
    return inner_role(place.role, own, stem)


def _role_of_entry(stem: str, folder: Folder, place: _Place) -> str | None:
    if place.depth == 0 or (folder.name == "core" and place.depth == 1):
        return MAIN
    if stem in _SERVER_FILES and place.layer in (None, WIRING):
        return MAIN
    return place.layer


def _assign_outside(
    folder: Folder,
    names: RoleNames,
    roles: dict[str, str],
    containers: dict[str, str],
    beside: set[str],
) -> None:
    """Roles of the files that belong to no application: tests, migrations, scripts, and entry points.

    `beside`: the folders above an application; `manage.py` lies in one, `config/wsgi.py` in a folder below one.
    """
    is_beside = folder.path in beside
    is_near = is_beside or (folder.parent is not None and folder.parent.path in beside)
    for path, stem in folder.files:
        if path in containers:
            continue
        own = folder.aside or names.of_stem(stem)
        if own == MAIN:
            if is_beside or (is_near and stem in _SERVER_FILES):
                roles[path] = MAIN
        elif own is None:
            if is_script_file(stem):
                roles[path] = SCRIPTS
        elif own not in LAYERS and own != WIRING:
            roles[path] = own
