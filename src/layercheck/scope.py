"""Which project a call is about: its root, its configuration, and the part of it to report on."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from layercheck.config.loading import FILE_NAMES, find_configuration, load_configuration
from layercheck.config.reading import PYPROJECT, is_ours
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
# Folders in which other people's projects lie.
_NEVER_OURS = frozenset({"node_modules", "site-packages", "__pycache__"})


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
    """Find the one project that `paths` belong to, like `find_scopes`. Raises UsageError also where there are several."""
    scopes = find_scopes(paths, configuration=configuration, overrides=overrides)
    if len(scopes) > 1:
        names = " and ".join(str(scope.loaded.path or "no configuration") for scope in scopes)
        raise UsageError(f"the paths belong to different projects ({names}); give those of one")
    return scopes[0]


def find_scopes(
    paths: Sequence[Path],
    *,
    configuration: Path | None = None,
    overrides: Mapping[str, Any] | None = None,
    pass_over: bool = False,
    may_be_gone: bool = False,
) -> tuple[Scope, ...]:
    """Find the projects that `paths` belong to (none: the current folder), and load their configurations.

    The root is the folder of the nearest configuration upward; without one, the nearest folder that looks like the top
    of a project; else the path itself. A folder that the configuration above it excludes is a project of its own.

    `pass_over` is for hooks, which name whatever was touched: files beside the configured projects of a repository
    belong to none, and the outcome may be empty. `may_be_gone` is for files that need not be on disk.

    Raises UsageError and ConfigurationError.
    """
    by_configuration: dict[Path | None, list[Path]] = {}
    finder = _Finder()
    for given in paths or [Path()]:
        path = _make_absolute(given)
        if not may_be_gone and not os.path.lexists(path):
            raise UsageError(f"{given}: there is no such file or folder")
        found = configuration if configuration is not None else finder.find(path)
        by_configuration.setdefault(found, []).append(path)
    scopes = []
    for found, members in by_configuration.items():
        scope = _make(members, found, overrides or {})
        if not (pass_over and found is None and _holds_projects(scope.root)):
            scopes.append(scope)
    return tuple(sorted(scopes, key=lambda scope: scope.root))


def _make_absolute(path: Path) -> Path:
    try:
        return Path(os.path.abspath(path))  # noqa: PTH100  (resolve() follows links)
    except FileNotFoundError:
        raise UsageError("the current folder no longer exists; go to one that does") from None


def _make(paths: Sequence[Path], configuration: Path | None, overrides: Mapping[str, Any]) -> Scope:
    loaded = load_configuration(configuration, overrides=overrides, rules=rule_infos())
    home = loaded.root
    root = home if home is not None and _holds_all(home, paths) else _top_of_project(paths)
    parts = tuple(sorted({path.relative_to(root).as_posix() for path in paths if path != root}))
    return Scope(root, loaded, () if root in paths else parts)


class _Finder:
    """Finds the configurations of many paths that lie in few folders."""

    def __init__(self) -> None:
        self._known: dict[Path, Path | None] = {}

    def find(self, path: Path) -> Path | None:
        """Find the configuration of a file or folder."""
        if path.is_dir():
            return _configuration_of_folder(path)
        folder = path.parent
        if folder not in self._known:
            self._known[folder] = find_configuration(folder)
        return self._known[folder]


def _configuration_of_folder(path: Path) -> Path | None:
    found = find_configuration(path)
    if found is None or found.parent == path:
        return found
    exclude = load_configuration(found).configuration.exclude
    inside = path.relative_to(found.parent)
    ignores = IgnoreRules.for_project(found.parent, exclude)
    folders = (*inside.parents[:-1], inside)
    return None if any(ignores.excludes(f"{folder.as_posix()}/") for folder in folders) else found


def _holds_projects(root: Path) -> bool:
    """Tell whether somewhere below a folder without a configuration there is a project that has one."""
    for folder, folders, names in os.walk(root):
        if "pyvenv.cfg" in names:
            folders.clear()
        folders[:] = [name for name in folders if not name.startswith(".") and name not in _NEVER_OURS]
        for name in FILE_NAMES:
            if name in names and (name != PYPROJECT or is_ours(Path(folder, name))):
                return True
    return False


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
