"""Apps as Django knows them: packages with models of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from layercheck.model.module import Module
    from layercheck.project.project import Project

_MARKS = frozenset({"apps", "models"})
_DJANGO = frozenset({"apps", "manage"})


class Apps:
    """The apps of a project, by the names of their packages: `shop.orders`."""

    def __init__(self, project: Project) -> None:
        named = [(module, module.name.rpartition(".")) for module in project.modules]
        self._packages = {
            package for module, (package, _, name) in named if module.container is not None and name in _MARKS
        }
        self.are_django = any(name in _DJANGO for _, (_, _, name) in named)
        """Whether anything but the models speaks for Django."""

    def of(self, module: Module) -> str | None:
        """Find the app that a module is part of: the innermost around it."""
        name = module.name
        while name and name not in self._packages:
            name = name.rpartition(".")[0]
        return name or None


def is_called(app: str, written: str) -> bool:
    """Tell whether a configuration means an app: by its label (`orders`) or by its package (`shop.orders`)."""
    return app == written or app.endswith(f".{written}")
