"""Apps of Django: packages with models of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from layercheck import Module, Project


class Apps:
    """The apps of a project, by the names of their packages: `shop.orders`."""

    def __init__(self, project: Project) -> None:
        named = [(*module.name.rpartition("."), module.is_package) for module in project.modules]
        self.packages = {
            package
            for package, _, name, is_package in named
            # What `orders/models/` holds, a `models.py` included, is of `orders`; `apps/` may hold all of them.
            if _last(package) != "models" and (name == "models" or (name == "apps" and not is_package))
        }
        self.are_django = any(name == "apps" and not is_package for _, _, name, is_package in named)
        """Whether anything besides models suggests Django: an `apps.py`."""

    def of(self, module: Module) -> str | None:
        """Find the innermost app that contains a module."""
        name = module.name
        while name and name not in self.packages:
            name = name.rpartition(".")[0]
        return name or None

    def of_models(self, module: Module) -> str | None:
        """Find the app whose models contain a module (`models.py` or in `models/`); None for any other module."""
        app = self.of(module)
        inside = f"{module.name}."
        return app if app is not None and inside.startswith(f"{app}.models.") else None


def _last(name: str) -> str:
    return name.rpartition(".")[2]


def is_called(app: str, written: str) -> bool:
    """Return whether a configured name is that of an app: its label (`orders`) or its package (`shop.orders`)."""
    return app == written or app.endswith(f".{written}")
