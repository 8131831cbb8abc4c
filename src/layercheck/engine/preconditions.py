"""What there must be to give a verdict on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck.errors import NothingCheckedError
from layercheck.model.target_paths import is_within

if TYPE_CHECKING:
    from layercheck.engine.project_target import ProjectTarget
    from layercheck.files.discovery import Discovery
    from layercheck.project.project import Project


def require_paths(target: ProjectTarget, discovery: Discovery) -> None:
    """Raise NothingCheckedError where nothing that was named is a file of the project."""
    paths = frozenset(target.paths)
    known = (*discovery.files, *discovery.unreadable, target.configuration_path)
    if not any(is_within(path, paths) for path in known):
        first, *others = target.paths
        rest = f" and {len(others)} more" if others else ""
        raise NothingCheckedError(
            f"nothing that was named is read ({first}{rest}): it is no Python file, or `exclude` or a .gitignore leaves "
            "it out; --force-exclude passes over that"
        )


def require_layers(project: Project, discovery: Discovery) -> None:
    """Raise NothingCheckedError where there are no files, or no layers to hold them to."""
    if not discovery.files and not discovery.unreadable:
        raise NothingCheckedError("there is no Python file here; give the path of your backend: layercheck check PATH")
    layers = {module.layer for module in project.modules if module.layer is not None}
    layers |= {module.named for module in project.modules if module.named in project.layers.names}
    if len(layers) < 2 and "layers" not in project.loaded.user_keys:
        seen = f" (only {', '.join(sorted(layers))})" if layers else ""
        raise NothingCheckedError(
            f"no layers were recognised in {len(project.modules)} modules{seen}, so nothing could be checked.\n"
            "Say in pyproject.toml which modules are which, for example:\n\n"
            "    [tool.layercheck.roles]\n"
            '    api = ["app.web"]\n'
            '    services = ["app.usecases"]\n'
            '    models = ["app.tables"]\n\n'
            "or give layers of your own, highest first:\n\n"
            "    [tool.layercheck]\n"
            '    layers = ["app.web", "app.usecases", "app.tables"]'
        )
