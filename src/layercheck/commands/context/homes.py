"""Where an application keeps the modules of one kind, as a path with holes: `app/services/NAME_service.py`."""

from __future__ import annotations

import posixpath
from collections import Counter
from typing import TYPE_CHECKING

from layercheck.project.roles import MAIN

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from layercheck.model.module import Module
    from layercheck.project.roles import RoleNames

_MOST_FILES = 3


class HomeFinder:
    """Finds the homes of the layers and roles of one application."""

    def __init__(self, application: str, names: RoleNames) -> None:
        self._application = application
        self._names = names

    def find(self, modules: Sequence[Module]) -> str:
        """Find where most of some modules stand: a folder (`app/api/`), or files of one name (`app/*/service.py`).

        Empty where there are none. Modules whose names tell what they are for count before those of which only the content
        does.
        """
        modules = [module for module in modules if module.named == module.role] or modules
        in_folders = [folder for module in modules if (folder := self._folder_of(module))]
        files = [module.path for module in modules if not module.is_package and not self._folder_of(module)]
        if len(in_folders) >= max(1, len(files)):
            return f"{self._most_common(in_folders)}/"
        return self._name_files(files)

    def find_pattern(self, modules: Sequence[Module]) -> str:
        """Find how a new file beside some modules is called: `app/api/NAME.py`; empty where there are none."""
        home = self.find(modules)
        if not home.endswith("/"):
            return home
        stems = [_stem(module) for module in modules if not module.is_package]
        endings = Counter(stem.rpartition("_")[2] for stem in stems if "_" in stem.strip("_"))
        ending, count = endings.most_common(1)[0] if endings else ("", 0)
        is_kept = count >= 2 and count * 2 > len(stems)
        return f"{home}NAME_{ending}.py" if is_kept else f"{home}NAME.py"

    def find_alike(self, folders: Sequence[str]) -> str:
        """Find the folder that some folders are, or how most of them are called: `app/*/domain/`."""
        alike = _list_alike(folders)
        return f"{_join_alike(alike) if len(set(alike)) > 1 else alike[0]}/"

    def find_common_folder(self, modules: Sequence[Module]) -> str:
        """Find the folder that holds all of some modules, or the one module that there is."""
        paths = [module.path for module in modules]
        return paths[0] if len(paths) == 1 else f"{_common_folder(paths) or '.'}/"

    def _folder_of(self, module: Module) -> str:
        """Find the folder that a module is in, if a folder is what tells of its role."""
        if module.role == MAIN:
            return ""
        folder = posixpath.dirname(module.path)
        below = folder[len(self._application) :].strip("/")
        describes = any(self._names.of_folder(name) in {module.role, module.named} for name in below.split("/") if name)
        return folder if below and (describes or self._names.of_stem(_stem(module)) != module.named) else ""

    def _most_common(self, folders: Sequence[str]) -> str:
        """Find the folder that holds half of the modules; where none does, what folders of one name have in common."""
        folder, count = _first(folders)
        if count * 2 >= len(folders):
            return folder
        alike = _list_alike(folders)
        if len(set(alike)) > 1 and len(alike) * 2 >= len(folders):
            return _join_alike(alike)
        around = Counter(above for each in folders for above in self._list_inside(each))
        large = [each for each, number in around.items() if number * 2 >= len(folders)]
        return max(large, key=lambda each: (each.count("/"), each), default=folder)

    def _list_inside(self, folder: str) -> Iterator[str]:
        """List a folder and those above it, up to the application."""
        while len(folder) > len(self._application):
            yield folder
            folder = posixpath.dirname(folder)

    def _name_files(self, files: Sequence[str]) -> str:
        counts = Counter(posixpath.basename(path) for path in files).most_common(2)
        (name, count), (_, second) = (*counts, ("", 0), ("", 0))[:2]
        if count > max(1, second) and count * 3 >= len(files):
            alike = [path for path in files if posixpath.basename(path) == name]
            return posixpath.join(_common_folder(alike), "*", name)
        return ", ".join(sorted(files, key=lambda path: (path.count("/"), path))[:_MOST_FILES])


def _list_alike(folders: Sequence[str]) -> list[str]:
    """List the folders whose name is the most common one."""
    name, _ = _first([posixpath.basename(each) for each in folders])
    return [each for each in folders if posixpath.basename(each) == name]


def _join_alike(folders: Sequence[str]) -> str:
    return posixpath.join(_common_folder(folders), "*", posixpath.basename(folders[0]))


def _common_folder(paths: Collection[str]) -> str:
    """Find the folder that holds all of some files or folders; empty for the root of the project."""
    return posixpath.commonpath([posixpath.dirname(path) for path in paths])


def _first(words: Sequence[str]) -> tuple[str, int]:
    """Find the most common word; of several, the first by the alphabet."""
    counts = Counter(words)
    word = min(counts, key=lambda each: (-counts[each], each))
    return word, counts[word]


def _stem(module: Module) -> str:
    return posixpath.basename(module.path).rpartition(".")[0]
