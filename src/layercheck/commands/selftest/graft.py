"""The example of a rule, put into a project: its files go into the folders of the user, and its imports follow."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from layercheck.commands.selftest.trial import Injected
from layercheck.files.discovery import SUFFIXES
from layercheck.project.relative_paths import join

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from layercheck.model.module import Module
    from layercheck.project.project import Project
    from layercheck.project.roles import RoleNames
    from layercheck.testing.written_trees import Tree

_TESTS = "tests"


class Place(NamedTuple):
    """Where the example of a rule goes."""

    folder: str
    """The folder that the application of the example becomes."""
    root: str
    """The folder from which its modules are imported."""
    folders: Mapping[str, str]
    """Folders of the user, by the role of what they hold: those of the example with the same role become one with them."""
    prefix: str
    """What the names of the files begin with, so that they take the place of none."""
    is_alone: bool
    """Whether the other modules of the project are left out: then the example is what the project usually does."""


def find_places(project: Project, names: RoleNames, modules: Sequence[Module], code: str) -> list[Place]:
    """Find the places for an example: in each application among the modules there, then in the place of them."""
    among, alone = [], []
    for application in dict.fromkeys(module.application for module in modules if module.layer is not None):
        own = [module for module in modules if module.application == application]
        root = _root_of(own[0])
        folders = _find_folders(own, names, is_told=bool(project.layers.modules))
        packages = project.loaded.configuration.packages
        start = application or (join(root, packages[0]) if packages else _common_folder(own))
        if application is not None:
            # Most rules look at applications only.
            among.append(Place(start, root, folders, f"selftest_{code.lower()}_", is_alone=False))
        alone.append(Place(start, root, folders, "", is_alone=True))
        if not application and start != root:
            alone.append(Place(root, root, folders, "", is_alone=True))
    return [*among, *alone, _AS_WRITTEN]


def _find_folders(modules: Sequence[Module], names: RoleNames, *, is_told: bool) -> dict[str, str]:
    """Find a folder for each role; `is_told` says that the configuration names layers by their modules."""
    folders: dict[str, str] = {}
    for module in modules:
        folder = module.path.rpartition("/")[0]
        layer = module.layer or module.role
        if layer is not None and (is_told or any(names.of_folder(part) == layer for part in folder.split("/"))):
            folders.setdefault(layer, folder)
            # `shop.services` is what the examples call `services`.
            folders.setdefault(names.of_folder(layer.rpartition(".")[2]) or layer, folder)
    return folders


def _common_folder(modules: Sequence[Module]) -> str:
    """Find the folder around all modules of layers."""
    folders = [module.path.split("/")[:-1] for module in modules if module.layer is not None]
    common = [parts[0] for parts in zip(*folders, strict=False) if len({*parts}) == 1]
    return "/".join(common)


_AS_WRITTEN = Place("", "", {}, "", is_alone=True)


def graft(tree: Tree, place: Place, names: RoleNames) -> Injected:
    """Put the files of an example there; the other files of the project give way to those of the example."""
    inner = [path.partition("/") for path in tree.files if "/" in path and not path.startswith(_TESTS)]
    application = inner[0][0] if inner else ""
    folders = {rest.partition("/")[0] for first, _, rest in inner if first == application and "/" in rest}
    homes = _match_folders(folders, place, names)
    is_moved = place is not _AS_WRITTEN
    moved = {
        path: _move(path, application, place, homes) if is_moved else path
        for path in tree.files
        if path.endswith(SUFFIXES)
    }
    renamed = {_dotted(old, ""): _dotted(new, place.root) for old, new in moved.items()}
    for old, new in [*renamed.items()]:
        # `from app.services import users` names the package alone.
        if "." in old and "." in new:
            renamed.setdefault(old.rpartition(".")[0], new.rpartition(".")[0])
    texts = {new: _rename(tree.files[old], application, renamed).encode() for old, new in moved.items()}
    others = {
        path: _rename(text, application, renamed).encode() for path, text in tree.files.items() if path not in moved
    }
    return Injected(texts, others or None, tree.is_tracked, place.is_alone)


def _match_folders(folders: Collection[str], place: Place, names: RoleNames) -> dict[str, str]:
    """Find the user's folder for each folder of an example; two with the same role are what an example is about."""
    found = {folder: names.of_folder(folder) or "" for folder in folders}
    counts = Counter(found.values())
    return {
        folder: place.folders[role] for folder, role in found.items() if role in place.folders and counts[role] == 1
    }


def _move(path: str, application: str, place: Place, homes: Mapping[str, str]) -> str:
    first, slash, rest = path.partition("/")
    if not slash or first != application:
        return path
    folder, _, inside = rest.partition("/")
    moved = f"{homes[folder]}/{inside}" if inside and folder in homes else join(place.folder, rest)
    around, _, name = moved.rpartition("/")
    return moved if name.startswith("__init__.") else join(around, place.prefix + name)


def _rename(text: str, application: str, renamed: Mapping[str, str]) -> str:
    """Replace the names of the modules of an example by their new ones, wherever they occur."""
    if not application:
        return text

    def replace(match: re.Match[str]) -> str:
        name, rest = match[0], ""
        while name and name not in renamed:
            name, _, last = name.rpartition(".")
            rest = f".{last}{rest}"
        return renamed[name] + rest if name else match[0]

    return re.sub(rf"(?<![\w./]){re.escape(application)}(?:\.\w+)+", replace, text)


def _root_of(module: Module) -> str:
    """Find the folder from which a module is imported."""
    stem = module.path.rpartition(".")[0].removesuffix("/__init__")
    inner = module.name.replace(".", "/")
    return stem[: -len(inner)].rstrip("/") if stem.endswith(inner) else ""


def _dotted(path: str, root: str) -> str:
    inside = path.removeprefix(f"{root}/") if root else path
    return inside.rpartition(".")[0].removesuffix("/__init__").replace("/", ".")
