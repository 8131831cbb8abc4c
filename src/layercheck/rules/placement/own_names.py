"""What the names of modules tell, apart from the folders around them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck import RoleNames

if TYPE_CHECKING:
    from layercheck import Module, Project


class OwnNames:
    """Looks up roles by the name of a module and that of its folder.

    The role of a module follows from the outermost name, but `databases/api.py` contains endpoints all the same.
    """

    def __init__(self, project: Project) -> None:
        self._names = RoleNames(project.loaded.configuration.roles)

    def say(self, module: Module, role: str) -> bool:
        """Return whether a module has a role, or a name that stands for it."""
        if module.named == role:
            return True
        folder, _, own = module.name.rpartition(".")
        of_own = self._names.of_folder(own) if module.is_package else self._names.of_stem(own)
        return role in {of_own, self._names.of_folder(folder.rpartition(".")[2])}
