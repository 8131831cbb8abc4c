"""What the names of modules say by themselves, whatever the folders around them are for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck import RoleNames

if TYPE_CHECKING:
    from layercheck import Module, Project


class OwnNames:
    """Tells what a module is, by its own name and that of its folder.

    The role of a module is what the outermost name says; that `databases/api.py` holds endpoints nobody doubts.
    """

    def __init__(self, project: Project) -> None:
        self._names = RoleNames(project.loaded.configuration.roles)

    def say(self, module: Module, role: str) -> bool:
        """Tell whether a module has a role, or a name that tells of it."""
        if module.named == role:
            return True
        folder, _, own = module.name.rpartition(".")
        of_own = self._names.of_folder(own) if module.is_package else self._names.of_stem(own)
        return role in {of_own, self._names.of_folder(folder.rpartition(".")[2])}
