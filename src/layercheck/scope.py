"""Which project a call is about: its root, its configuration, and the part of it to report on."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from layercheck.config.loading import find_configuration, load_configuration
from layercheck.errors import UsageError
from layercheck.plugins import rule_infos
from layercheck.sources.ignoring import IgnoreRules

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from layercheck.config.loading import LoadedConfiguration

# What stands at the top of a project that has no configuration.
_MARKERS = (
    ".git",
    "pyproject.toml",
    "setup.py",
    "setup.cfg",
    "requirements.txt",
    "Pipfile",
    "poetry.lock",
    "uv.lock",
    "manage.py",
)


class Scope(NamedTuple):
    """One project, and what of it to report."""

    root: Path
    """Absolute."""
    loaded: LoadedConfiguration
    parts: tuple[str, ...] = ()
    """Files and folders to report on, relative to the root; empty: everything."""

    @property
    def configuration_path(self) -> str:
        """The configuration file relative to the root, `../` included; empty where there is none."""
        path = self.loaded.path
        return "" if path is None else Path(os.path.relpath(path, self.root)).as_posix()


def find_scope(
    paths: Sequence[Path], *, configuration: Path | None = None, overrides: Mapping[str, Any] | None = None
) -> Scope:
    """Find the project that `paths` belong to (none: the current folder), and load its configuration.

    The root is the folder of the nearest configuration upward; without one, the nearest folder that looks like the top
    of a project; else the path itself. A folder that the configuration above it excludes is a project of its own.

    Raises UsageError and ConfigurationError.
    """
    try:
        absolute = [Path(os.path.abspath(path)) for path in paths or [Path()]]  # noqa: PTH100  (resolve() follows links)
    except FileNotFoundError:
        raise UsageError("the current folder no longer exists; go to one that does") from None
    for path, given in zip(absolute, paths, strict=False):
        if not os.path.lexists(path):
            raise UsageError(f"{given}: there is no such file or folder")
    found = [configuration] if configuration is not None else _configurations_of(absolute)
    if len(found) > 1:
        names = " and ".join(str(path) if path else "no configuration" for path in found)
        raise UsageError(f"the paths belong to different projects ({names}); check them one at a time")
    loaded = load_configuration(found[0], overrides=overrides or {}, rules=rule_infos())
    home = loaded.root
    root = home if home is not None and _holds_all(home, absolute) else _top_of_project(absolute)
    parts = tuple(sorted({path.relative_to(root).as_posix() for path in absolute if path != root}))
    return Scope(root, loaded, () if root in absolute else parts)


def _configurations_of(paths: Iterable[Path]) -> list[Path | None]:
    found = {_configuration_of(path) for path in paths}
    return sorted(found, key=str)


def _configuration_of(path: Path) -> Path | None:
    found = find_configuration(path if path.is_dir() else path.parent)
    if found is None or not path.is_dir() or found.parent == path:
        return found
    exclude = load_configuration(found).configuration.exclude
    inside = path.relative_to(found.parent)
    ignores = IgnoreRules.for_project(found.parent, exclude)
    folders = (*inside.parents[:-1], inside)
    return None if any(ignores.excludes(f"{folder.as_posix()}/") for folder in folders) else found


def _top_of_project(paths: Sequence[Path]) -> Path:
    common = Path(os.path.commonpath(paths))
    start = common if common.is_dir() else common.parent
    here = Path.cwd()
    if all(path.is_file() and path.is_relative_to(here) for path in paths) and _is_top(here):
        # A hook or an editor names single files and stands where the project is.
        return here
    for folder in (start, *start.parents):
        if _is_top(folder):
            return folder
    return start


def _is_top(folder: Path) -> bool:
    return any((folder / marker).exists() for marker in _MARKERS)


def _holds_all(folder: Path, paths: Iterable[Path]) -> bool:
    return all(path.is_relative_to(folder) for path in paths)
