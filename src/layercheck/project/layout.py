"""Recognises the layout of a backend: where its applications are, and the role of each file.

Only paths are looked at. The rules come from counting real repositories:

- Which folder is the *root* of an application: `roots.py`.
- *Feature before name*: a folder that holds models and endpoints, or endpoints and services, is a slice through the
  layers, whatever it is called; the roles then come from the files inside: `folders.py`.
- The *role* of a file is what the outermost name says, with a few inner names that win: `roles.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from layercheck.project.evidence.judgement import NamedRole
from layercheck.project.evidence.words import CLIENTS, LIBRARY_WORDS, WEAK_WORDS
from layercheck.project.roles import (
    LAYERS,
    MAIN,
    MIGRATIONS,
    SCRIPTS,
    TESTS,
    WIRING,
    inner_role,
    is_script_file,
    is_subject_inside,
)
from layercheck.project.roots import is_application, is_worth_trying, merge_parts, root_candidates
from layercheck.project.styles import LAYERED, WITH_PRESET, style_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layercheck.project.folders import File, Folder
    from layercheck.project.roots import Candidate

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
"""Files in such folders that are not endpoints: clients of other APIs, and event handlers."""
_OUTWEIGHED_IN_FEATURES = frozenset({"utils", WIRING})
"""What a file of a feature may be without leaving the layer that the whole feature lies in."""

_WITH_SUBJECT_MIGRATIONS = frozenset({"api", "services", "utils"})
"""Layers in which `migrations` is what the code is about (moving users' data), not a history of the database."""

_SUBJECT, _WITH_SUBJECTS = "entity", frozenset({"api", "services"})
"""What a business may be about, in layers that hold no tables."""

_ABOUT_FOLDERS = frozenset({"exceptions", "constants", "enums", "messages", "locales", "templates", "metrics", "forms"})
"""Here files are called after what they are about: `exceptions/database.py` is no database."""


class Application(msgspec.Struct, frozen=True):
    """One application: a folder with layers below it."""

    path: str
    """POSIX path relative to the project root; `""` for the project root itself."""
    style: str
    """As `styles.py` tells it: `layered`, `hexagonal`, `django`, …"""
    roles: dict[str, int]
    """How many files have each role, tests and the like included."""
    unmapped: int
    """How many files below it have no role."""


class Layout(msgspec.Struct, frozen=True):
    """What was recognised in a project."""

    applications: tuple[Application, ...] = ()
    """Sorted by path; none lies in another; empty where nothing was recognised."""
    roles: dict[str, str] = {}
    """Path → role, for the files that have one: layers, `main`, `wiring`, `tests`, `migrations`, `scripts`."""
    named: dict[str, NamedRole] = {}
    """Path → what the names say, for all files below an application."""
    application_of: dict[str, str] = {}
    """Path → path of its root, for all files below a root."""

    @property
    def style(self) -> str:
        """The style whose preset is in force: that of the applications, where it is the same for all."""
        styles = {application.style for application in self.applications}
        return styles.pop() if len(styles) == 1 and styles <= WITH_PRESET else LAYERED


class _Place(NamedTuple):
    """What the folders between the root and a file say."""

    depth: int = 0
    role: str | None = None
    word: str = ""
    """The name of the folder that says so."""
    around: str | None = None
    """The role of the layer that the innermost feature lies in."""
    aside: str | None = None
    is_graphql: bool = False
    is_client: bool = False
    """Whether a folder around talks to others (`adapters/`, `clients/`)."""
    not_api: frozenset[str] = frozenset()
    is_about: bool = False
    """Whether the names are about something else (`exceptions/database.py`)."""

    @property
    def layer(self) -> str | None:
        """The role of a file that says nothing itself."""
        return self.role or self.around


def layout_of(folders: Sequence[Folder]) -> Layout:
    """Recognise the layout of a project from all of its folders, parents before children."""
    roles: dict[str, str] = {}
    named: dict[str, NamedRole] = {}
    application_of: dict[str, str] = {}
    applications: list[Application] = []
    taken: list[Candidate] = []
    candidates = root_candidates(folders)
    for candidate in candidates:
        if not is_worth_trying(candidate, candidates[0], taken):
            continue
        folder = candidate.folder
        words: dict[str, NamedRole] = {}
        _assign(folder, _Place(), words)
        counts = _counted(words)
        unmapped = len(words) - sum(counts.values())
        if is_application(folder, counts, unmapped, folders[0]):
            taken.append(candidate)
    for folder in merge_parts([candidate.folder for candidate in taken]):
        words = {}
        _assign(folder, _Place(), words)
        counts = _counted(words)
        applications.append(Application(folder.path, style_of(folder), counts, len(words) - sum(counts.values())))
        roles.update((path, each.role) for path, each in words.items() if each.role)
        named.update(words)
        application_of.update(dict.fromkeys(words, folder.path))
    everywhere: dict[str, NamedRole] = {}
    _assign(folders[0], _Place(), everywhere)
    named = {path: each for path, each in everywhere.items() if each.role in LAYERS} | named
    tops = {folder.path: folder for folder in folders}
    beside = {ancestor.path for each in applications for ancestor in tops[each.path].ancestors()}
    for folder in folders:
        _assign_outside(folder, roles, application_of, beside)
    return Layout(tuple(sorted(applications, key=lambda each: each.path)), roles, named, application_of)


def _counted(found: dict[str, NamedRole]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for role, *_ in found.values():
        if role:
            counts[role] = counts.get(role, 0) + 1
    return dict(sorted(counts.items()))


def _assign(folder: Folder, place: _Place, found: dict[str, NamedRole]) -> None:
    """Write what the names say of each file below `folder` into `found`."""
    for file in folder.files:
        role = place.aside or _role_of_file(file, folder, place)
        is_agreed = role == place.layer == file.says and place.word.lower() not in LIBRARY_WORDS
        # Of two names that say the same, the stronger one is the reason.
        is_weaker = is_agreed and _is_weak_stem(file.stem) and place.word.lower() not in WEAK_WORDS
        is_folder = role is not None and role == place.layer and (file.says != role or is_weaker)
        word = place.word if is_folder else file.stem
        found[file.path] = NamedRole(role, word, is_folder, is_agreed, place.layer, place.word)
    for child in folder.children:
        _assign(child, place if place.aside else _enter(child, place), found)


def _enter(folder: Folder, place: _Place) -> _Place:
    name = folder.name.lower()
    word = place.word
    if folder.is_feature and place.role != WIRING:
        role, around = None, place.layer
    else:
        outer = None if place.word.lower() in WEAK_WORDS and folder.role is not None else place.role
        role, around = inner_role(outer, folder.role, name), place.around
        # Of two names that say the same, the stronger one is the reason.
        if role == "services" and folder.role == "services" and (place.is_client or name in CLIENTS):
            role = None
        is_own = role is not None and (role != place.role or (role == folder.role and outer is None))
        word = folder.name if is_own else word
    return _Place(
        depth=place.depth + 1,
        role=role,
        word=word,
        around=around,
        aside=None if _is_subject(folder, place) else folder.own_aside,
        is_client=place.is_client or name in CLIENTS,
        is_graphql=place.is_graphql or name in _GRAPHQL_FOLDERS,
        is_about=not folder.is_feature and (place.is_about or name in _ABOUT_FOLDERS),
        not_api=frozenset() if folder.is_feature else place.not_api | _NOT_OUR_API.get(name, frozenset()),
    )


def _is_subject(folder: Folder, place: _Place) -> bool:
    """Whether a folder called like one that lies aside is about that: `services/migrations` moves users' data."""
    if folder.own_aside == MIGRATIONS:
        return place.layer in _WITH_SUBJECT_MIGRATIONS and not folder.is_history
    return folder.depth > 1 and is_subject_inside(folder.name)


def _role_of_file(file: File, folder: Folder, place: _Place) -> str | None:
    stem, own = file.stem, file.says
    if stem == "__init__":
        return place.layer if place.depth else WIRING
    if own is None or (own == "services" and place.is_client) or (place.is_about and own != TESTS):
        is_script = is_script_file(stem) and (folder.parent is None or stem.endswith(".conf"))
        return place.layer or (SCRIPTS if is_script else None)
    if own == MAIN:
        return _role_of_entry(stem, folder, place)
    if own == MIGRATIONS and place.layer in _WITH_SUBJECT_MIGRATIONS:
        return place.layer
    if own not in LAYERS and own != WIRING:
        return own
    if stem == "managers" and "models" in folder.parts and place.role is None:
        own = "models"  # Django's query managers, which models import.
    elif stem == "schema" and place.is_graphql:
        own = "api"
    elif stem in place.not_api or _is_about(stem, own, folder, place):
        return place.layer
    if place.role is None and own in _OUTWEIGHED_IN_FEATURES:
        return inner_role(place.around, own, stem)
    is_weak = place.word.lower() in WEAK_WORDS and not _is_weak_stem(stem)
    return own if is_weak else inner_role(place.role, own, stem)


def _is_weak_stem(stem: str) -> bool:
    return stem.lower().rpartition("_")[2] in WEAK_WORDS


def _is_about(stem: str, own: str, folder: Folder, place: _Place) -> bool:
    """Whether a file is called after what it is about: `services/entity.py`, and what commands a repository of code."""
    return (stem == _SUBJECT and place.role in _WITH_SUBJECTS) or (
        folder.is_feature and stem == folder.name and own == "db"
    )


def _role_of_entry(stem: str, folder: Folder, place: _Place) -> str | None:
    if place.depth == 0 or (folder.name == "core" and place.depth == 1):
        return MAIN
    if stem in _SERVER_FILES and place.layer in (None, WIRING):
        return MAIN
    return place.layer


def _assign_outside(
    folder: Folder,
    roles: dict[str, str],
    application_of: dict[str, str],
    beside: set[str],
) -> None:
    """Give roles to the files that belong to no application: tests, migrations, scripts, and entry points.

    `beside`: the folders above an application; `manage.py` lies in one, `config/wsgi.py` in a folder below one.
    """
    is_beside = folder.path in beside
    is_near = is_beside or (folder.parent is not None and folder.parent.path in beside)
    for path, stem, says, _ in folder.files:
        if path in application_of:
            continue
        own = folder.aside or says
        if own == MAIN:
            if is_beside or (is_near and stem in _SERVER_FILES):
                roles[path] = MAIN
        elif own is None:
            if is_script_file(stem):
                roles[path] = SCRIPTS
        elif own not in LAYERS and own != WIRING:
            roles[path] = own
