"""What there is to tell of a project: its applications with their layers, and where new code goes in each."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from layercheck.commands.context.homes import HomeFinder
from layercheck.project.relative_paths import join
from layercheck.project.roles import ASIDE, MAIN, RoleNames
from layercheck.rules.placement.configuration_modules import is_configuration, is_in_layer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from layercheck.model.module import Module
    from layercheck.project.project import Project

_KINDS = {
    "endpoint": "api",
    "service": "services",
    "model": "models",
    "query": "db",
    "schema": "schemas",
    "helper": "utils",
}
"""What people write, and the role of the modules in which it stands."""
_SETTINGS_FILES = frozenset({"settings.py", "config.py", "configuration.py", "conf.py"})
_OPTIONAL = frozenset({"query"})
"""What many applications have no place of its own for."""


class LayerLine(NamedTuple):
    """One layer of one application."""

    name: str
    home: str
    """`app/api/`, `app/*/service.py`."""
    allowed: tuple[str, ...]
    """The layers that it may import, highest first."""


class Place(NamedTuple):
    """Where something new goes."""

    kind: str
    path: str
    """`app/services/NAME.py`."""
    is_new: bool = False
    """Whether there is nothing of the kind yet."""


class Application(NamedTuple):
    """One application; its path is relative to the project root, empty for the root itself."""

    path: str
    layers: tuple[LayerLine, ...]
    places: tuple[Place, ...]
    size: int
    """How many of its modules have a layer."""


def survey_applications(project: Project) -> tuple[Application, ...]:
    """Survey every application that has layers, by path."""
    members: dict[str, list[Module]] = defaultdict(list)
    for module in project.modules:
        if module.application is not None:
            members[module.application].append(module)
    return tuple(
        _Surveyor(project, path, modules).survey()
        for path, modules in sorted(members.items())
        if any(module.layer is not None for module in modules)
    )


class _Surveyor:
    def __init__(self, project: Project, path: str, modules: Sequence[Module]) -> None:
        self._project = project
        self._path = path
        self._modules = modules
        self._homes = HomeFinder(path, RoleNames(project.loaded.configuration.roles))
        self._style = next((each.style for each in project.layout.applications if (each.path or "") == path), None)
        """None where the layers come from the configuration alone."""

    def survey(self) -> Application:
        size = sum(module.layer is not None for module in self._modules)
        return Application(self._path, tuple(self._list_layers()), tuple(self._list_places()), size)

    def _list_layers(self) -> Iterator[LayerLine]:
        layers = self._project.layers
        present = self._project.present_layers(self._path)
        for name in layers.sort(present):
            modules = [module for module in self._modules if module.layer == name]
            # A layer that is declared as a module has its place by that.
            is_role = name in self._project.loaded.configuration.roles
            home = self._homes.find(modules) if is_role else self._find_ring(modules)
            yield LayerLine(
                name, home or self._homes.find_common_folder(modules), tuple(layers.allowed_from(name, present))
            )

    def _find_ring(self, modules: Sequence[Module]) -> str:
        """Find the folders that a layer goes by; empty for a layer that goes by none."""
        folders = self._project.layers.folders
        start = len(self._path) + 1 if self._path else 0
        placed = [folder for each in modules if (folder := folders.find_folder(each.path[start:]))]
        return self._homes.find_alike([join(self._path, folder) for folder in placed]) if placed else ""

    def _list_places(self) -> Iterator[Place]:
        if not self._project.layout.applications:
            # Roles tell of backends; in another program, what looks like one is none.
            return
        for kind, role in _KINDS.items():
            pattern = self._homes.find_pattern([module for module in self._modules if module.role == role])
            if pattern:
                yield Place(kind, pattern)
            elif self._style is not None and role in self._project.layers.names and kind not in _OPTIONAL:
                yield Place(kind, self._invent(role), is_new=True)
        yield from self._find_settings()

    def _find_settings(self) -> Iterator[Place]:
        found = [
            module.path
            for module in self._modules
            if is_configuration(module)
            and not is_in_layer(module)
            and module.role not in {MAIN, *ASIDE}
            and not module.is_package
        ]
        if found:
            yield Place("setting", min(found, key=_settings_rank))
        elif self._style is not None:
            yield Place("setting", f"{self._path}/config.py".lstrip("/"), is_new=True)

    def _invent(self, role: str) -> str:
        """Choose a place for the first of its kind, as the others of this application stand."""
        ahead = f"{self._path}/" if self._path else ""
        shapes = {"flat": f"{role}.py", "feature-first": f"*/{role}.py", "django": f"*/{role}.py"}
        return ahead + shapes.get(self._style or "", f"{role}/NAME.py")


def _settings_rank(path: str) -> tuple[bool, int, str]:
    """Put first what is called settings and nothing else: `logging_config.py` and `alembic/env.py` hold others."""
    return (path.rpartition("/")[2] not in _SETTINGS_FILES, path.count("/"), path)
