"""The folders of a project, and what the names in each of them say."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from layercheck.project.roles import (
    ASIDE,
    LAYERS,
    MAIN,
    MIGRATIONS,
    SCRIPTS,
    WIRING,
    aside_role,
    is_always_wiring,
    is_subject_inside,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from layercheck.project.roles import RoleNames

_CONTAINERS = frozenset({"core", "modules", "features", "apps", "domains", "domain", "contexts", "components"})
"""Folders that hold parts of one application, and are neither a layer nor an application themselves."""

_FEATURE_PARTS = frozenset({"api", "services", "models", "db", "schemas"})
_DJANGO_FILES = frozenset({"apps", "admin"})

_START_FILES = frozenset({"run", "server", "serve", "start", "application", "autoapp"})
"""Files that start a backend, under names too loose to make them entry points for the rules."""

HEXAGON = frozenset(
    {
        *("application", "app_layer", "use_cases", "usecases", "infrastructure", "infra", "adapter", "adapters"),
        *("port", "ports", "entrypoints", "inbound", "outbound", "presentation", "interfaces"),
    },
)
"""Folders beside a `domain` that tell a hexagonal architecture."""

_NAMES_AGAINST = 0.25
"""Share of a role-named folder's entries that must speak for a feature before its own name counts for nothing."""
_THROUGH = 0.8
"""Weight of files seen through a container or a feature: a wrapper never outweighs the application it wraps."""
_GLIMPSED = 0.5
"""Weight of role-named files in a folder that nothing else is known about."""


class File(NamedTuple):
    """One file."""

    path: str
    """POSIX path relative to the project root."""
    stem: str
    """Its name without `.py`."""
    says: str | None
    """The role that its name tells."""
    defines: str | None = None
    """The role that its contents tell."""


class Folder:
    """One folder with everything below it."""

    __slots__ = (
        "applications",
        "aside",
        "children",
        "contributors",
        "depth",
        "evidence",
        "features",
        "files",
        "has_entry",
        "is_feature",
        "name",
        "own_aside",
        "parent",
        "parts",
        "path",
        "role",
        "stem_roles",
        "total",
    )

    def __init__(self, path: str, parent: Folder | None) -> None:
        self.path = path
        """POSIX path relative to the project root; `""` for the project root itself."""
        self.name = path.rpartition("/")[2]
        self.parent = parent
        self.depth: int = parent.depth + 1 if parent else 0
        self.children: list[Folder] = []
        self.files: list[File] = []
        """The files directly in it."""
        self.own_aside: str | None = None
        """`tests`, `migrations` or `scripts` where its name says so."""
        self.aside: str | None = None
        """The same, where its name or that of a folder above it says so."""
        self.role: str | None = None
        """What its name says; None for a feature or a folder of applications, whatever they are called."""
        self.is_feature = False
        self.has_entry = False
        """Whether `main.py`, `wsgi.py` or the like lies in it; `__main__.py` does not tell a backend from a tool."""
        self.features = 0
        """How many of its children are features."""
        self.stem_roles: dict[str, int] = {}
        """Files directly in it, by the layer that their names tell."""
        self.applications = 0
        """How many features with an entry point of their own lie at most two folders below it."""
        self.parts: dict[str, int] = {}
        """Files and folders directly in it, by the layer that their names tell."""
        self.total = 0
        """Files below it, without tests, migrations and scripts."""
        self.evidence: dict[str, float] = {}
        """Weight of the files below it that would get each layer, were it the root of an application."""
        self.contributors = 0
        """How many of its entries that evidence comes from."""

    @property
    def holds_application_parts(self) -> bool:
        """Whether it holds parts of an application that is rooted further up; `v1` says nothing but of what."""
        name = self.name.lower()
        return name in _CONTAINERS or (name[:1] == "v" and name[1:].isdigit())

    @property
    def is_package(self) -> bool:
        """Whether it has an `__init__.py`."""
        return any(file.stem == "__init__" for file in self.files)

    @property
    def is_history(self) -> bool:
        """Whether it holds the numbered steps of a database's history, or nothing yet."""
        return all(stem[:1].isdigit() or stem == "__init__" for _, stem, *_ in self.files) and not self.children

    def ancestors(self) -> Iterator[Folder]:
        """Go up through the folders above it, nearest first."""
        folder = self.parent
        while folder is not None:
            yield folder
            folder = folder.parent

    @property
    def may_start(self) -> bool:
        """Whether a file directly in it starts a backend, also under a name too loose for an entry point."""
        return self.has_entry or any(file.stem in _START_FILES for file in self.files)

    @property
    def first_file(self) -> str:
        """The path of the file at which to report what is wrong with the folder."""
        folder = self
        while not folder.files:
            folder = folder.children[0]
        return folder.files[0].path

    def files_below(self) -> Iterator[str]:
        """List the paths of the files at any depth below it."""
        yield from (file.path for file in self.files)
        for child in self.children:
            yield from child.files_below()


def folder_tree(files: Sequence[str], names: RoleNames, defined: Mapping[str, str] | None = None) -> list[Folder]:
    """List all folders that hold `files` at any depth, parents before children; the first is the project root.

    `files`: POSIX paths relative to the project root, in any order; `defined`: the roles that contents tell, by path.
    """
    folders: dict[str, Folder] = {"": Folder("", None)}
    for path in sorted(files):
        head, _, name = path.rpartition("/")
        folder = folders.get(head)
        if folder is None:
            folder = _add_folder(head, folders)
        stem = name.rpartition(".")[0]
        folder.files.append(File(path, stem, names.of_stem(stem), (defined or {}).get(path)))
    ordered = sorted(folders.values(), key=lambda folder: folder.depth)
    for folder in ordered:
        folder.own_aside = _aside(folder)
        folder.aside = (folder.parent.aside if folder.parent else None) or folder.own_aside
    for folder in reversed(ordered):
        _read_names(folder, names)
    return ordered


def _aside(folder: Folder) -> str | None:
    if folder.name == "management" and any(child.name == "commands" for child in folder.children):
        return SCRIPTS
    if any(file.stem == "env" for file in folder.files) and any(child.name == "versions" for child in folder.children):
        return MIGRATIONS
    if is_subject_inside(folder.name) and any(child.name == "migrations" for child in folder.children):
        return None  # A Django app for showing documentation, with tables of its own.
    return aside_role(folder.name)


def _add_folder(path: str, folders: dict[str, Folder]) -> Folder:
    parent_path = path.rpartition("/")[0]
    parent = folders.get(parent_path)
    if parent is None:
        parent = _add_folder(parent_path, folders)
    folder = folders[path] = Folder(path, parent)
    parent.children.append(folder)
    return folder


def _read_names(folder: Folder, names: RoleNames) -> None:
    """Fill in what the names say; the children must have been read."""
    # What the files of a folder without a role define may make a feature of it; a role-named one is read by names.
    is_named = folder.parent is not None and names.of_folder(folder.name) is not None
    for _, stem, said, defined in folder.files:
        role = defined if defined in LAYERS and said not in ASIDE and not is_named else said
        if role in LAYERS:
            folder.stem_roles[role] = folder.stem_roles.get(role, 0) + 1
        elif said == MAIN and stem != "__main__":
            folder.has_entry = True
    inside = [child for child in folder.children if child.aside is None]
    folder.total = len(folder.files) + sum(child.total for child in inside)
    apart = [child for child in inside if child.is_feature and child.has_entry]
    folder.features = sum(child.is_feature for child in inside) - len(apart)
    folder.applications = len(apart) + sum(
        part.is_feature and part.has_entry for child in inside for part in child.children if part.aside is None
    )
    folder.parts = dict(folder.stem_roles)
    for child in inside:
        role = names.of_folder(child.name)
        if role in LAYERS:
            folder.parts[role] = folder.parts.get(role, 0) + 1
    named = names.of_folder(folder.name) if folder.parent else None
    if named is None and is_domain(folder):
        named = "models"
    folder.is_feature = folder.parent is not None and _is_feature(folder, named, len(folder.files) + len(inside))
    # In `services/users/main.py`, `services` holds applications; it is no layer.
    folder.role = None if folder.is_feature or folder.applications else named
    _gather_evidence(folder, inside)


def is_domain(folder: Folder) -> bool:
    """Whether the folder is the core of a hexagon: `domain` beside `application`, `infrastructure` or the like."""
    return (
        folder.parent is not None
        and folder.name.lower() == "domain"
        and any(child.name.lower() in HEXAGON for child in folder.parent.children)
    )


def _is_feature(folder: Folder, named: str | None, entries: int) -> bool:
    """Whether the folder, called like the role `named`, holds a slice through several layers and not one of them."""
    parts = {role: count for role, count in folder.parts.items() if role in _FEATURE_PARTS}
    is_served = "api" in parts or "services" in parts
    if named == WIRING and is_always_wiring(folder.name):
        return False
    if named is None:
        return (is_served and len(parts) > 1) or ("models" in parts and _is_django_app(folder))
    if named == "db" and any(child.role == "services" for child in folder.children):
        return True  # `repository/interactors/` is about repositories of code.
    is_whole = named == "api" and {"services", "db"} <= parts.keys()
    if not (is_served and "models" in parts) and not {"api", "services"} <= parts.keys() and not is_whole:
        return False
    if _is_django_app(folder):
        return True
    against = sum(count for role, count in parts.items() if role != named)
    return against >= _NAMES_AGAINST * entries


def _is_django_app(folder: Folder) -> bool:
    """Whether a folder looks like an app of Django; others have migrations, too."""
    return any(file.stem in _DJANGO_FILES for file in folder.files) or any(
        child.aside == MIGRATIONS for child in folder.children
    )


def _gather_evidence(folder: Folder, inside: Sequence[Folder]) -> None:
    evidence: dict[str, float] = dict(folder.stem_roles)
    contributors = len(folder.stem_roles)
    for child in inside:
        if child.role in LAYERS:
            seen, weight = {child.role: float(child.total)}, 1.0
        elif child.role is not None:
            continue
        elif child.holds_application_parts or child.features > 1 or (child.is_feature and folder.features > 1):
            seen, weight = child.evidence, _THROUGH
        else:
            seen, weight = {role: float(count) for role, count in child.stem_roles.items()}, _GLIMPSED
        contributors += bool(seen)
        for role, amount in seen.items():
            evidence[role] = evidence.get(role, 0) + amount * weight
    folder.evidence = evidence
    folder.contributors = contributors
