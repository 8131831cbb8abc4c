"""Which project a call is about: its root, its configuration, and the part of it to report on."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from layercheck.config.loaded_configuration import complete_document, find_configuration, read_configuration
from layercheck.engine.grounds import MARKERS
from layercheck.engine.unmarked_root import find_root_above
from layercheck.errors import ConfigurationError, UsageError
from layercheck.files.configurations_below import list_configurations
from layercheck.files.ignore_rules import IgnoreRules
from layercheck.plugins.load import load_plugins
from layercheck.plugins.registry import Plugins

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from layercheck.config.document import Document
    from layercheck.config.loaded_configuration import LoadedConfiguration


class ProjectTarget(NamedTuple):
    """One project, and what of it to report."""

    root: Path
    """Absolute."""
    loaded: LoadedConfiguration
    plugins: Plugins
    paths: tuple[str, ...] = ()
    """Files and folders to report on, relative to the root; empty: everything."""

    @property
    def configuration_path(self) -> str:
        """The configuration file relative to the root, `../` included; empty where there is none."""
        path = self.loaded.path
        return "" if path is None else Path(os.path.relpath(path, self.root)).as_posix()


def find_target(
    paths: Sequence[Path],
    *,
    configuration: Path | None = None,
    overrides: Mapping[str, Any] | None = None,
    with_plugins: bool = True,
    only_needed_plugins: bool = False,
) -> ProjectTarget:
    """Find the one project that `paths` belong to, like `find_targets`. Raises UsageError also where there are several."""
    targets = find_targets(
        paths,
        configuration=configuration,
        overrides=overrides,
        with_plugins=with_plugins,
        only_needed_plugins=only_needed_plugins,
    )
    if len(targets) > 1:
        names = " and ".join(str(target.loaded.path or "no configuration") for target in targets)
        raise UsageError(f"the paths belong to different projects ({names}); give those of one")
    return targets[0]


def find_targets(  # noqa: PLR0913  (by keyword)
    paths: Sequence[Path],
    *,
    configuration: Path | None = None,
    overrides: Mapping[str, Any] | None = None,
    allow_none: bool = False,
    may_be_missing: bool = False,
    with_plugins: bool = True,
    texts: Mapping[Path, bytes] = MappingProxyType({}),
    only_needed_plugins: bool = False,
    puts_off_rules: bool = False,
) -> tuple[ProjectTarget, ...]:
    """Find the projects that `paths` belong to (none: the current folder), and load their configurations.

    The root is the folder of the nearest configuration upward; without one, the nearest folder that looks like the top
    of a project; else the current folder for files in it, and a folder that is named itself. A folder that the
    configuration above it excludes is a project of its own.

    `allow_none` is for hooks, which name whatever was touched: files beside the configured projects of a repository
    belong to none, and the outcome may be empty. `may_be_missing` is for files that need not be on disk. Without
    `with_plugins` there are no plugins but our own; with `only_needed_plugins`, a configuration that can be understood
    without the others runs nothing of them. `texts` are contents of configurations that stand for those on disk.
    `puts_off_rules` is for who calls `require_rules` of the configuration before rules run.

    Raises UsageError, ConfigurationError and PluginError.
    """
    by_project: dict[tuple[Path | None, Path | None], list[Path]] = {}
    loader = _Loader(texts, with_plugins=with_plugins, only_needed=only_needed_plugins, puts_off_rules=puts_off_rules)
    finder = _Finder(loader)
    for given in paths or [Path()]:
        path = _make_absolute(given)
        if not may_be_missing and not os.path.lexists(path):
            raise UsageError(f"{given}: there is no such file or folder")
        found = configuration if configuration is not None else finder.find(path)
        # Folders are named one by one: without a configuration, each is part of the project around it.
        top = _find_top(path) if found is None and path.is_dir() else None
        by_project.setdefault((found, top), []).append(path)
    targets = []
    for (found, _), members in by_project.items():
        target = _make(members, *loader.load(found, overrides or {}))
        if not (allow_none and found is None and any(list_configurations(target.root))):
            targets.append(target)
    return tuple(sorted(targets, key=lambda target: target.root))


def find_target_of_text(
    path: Path,
    *,
    configuration: Path | None = None,
    overrides: Mapping[str, Any] | None = None,
    with_plugins: bool = True,
    texts: Mapping[Path, bytes] = MappingProxyType({}),
) -> ProjectTarget | None:
    """Find the project of a file that need not be there; None where it belongs to none.

    An editor asks about whatever is open: a file that has no project above it is not one of the folder it lies in, which
    may be the user's home. Raises like `find_targets`.
    """
    target, *_ = find_targets(
        [path],
        configuration=configuration,
        overrides=overrides,
        may_be_missing=True,
        with_plugins=with_plugins,
        texts=texts,
    )
    path, here, home = _make_absolute(path), _make_absolute(Path()), target.loaded.root
    if (home is not None and path.is_relative_to(home)) or _is_top(target.root):
        return target
    if not path.is_relative_to(here) or not _may_be_project(here):
        return None
    return target._replace(root=here, paths=(path.relative_to(here).as_posix(),))


def _make_absolute(path: Path) -> Path:
    try:
        return Path(os.path.abspath(path))  # noqa: PTH100  (resolve() follows links)
    except FileNotFoundError:
        raise UsageError("the current folder no longer exists; go to one that does") from None


def find_plugins(configuration: Path | None = None, *, with_plugins: bool = True) -> Plugins:
    """Find the plugins for who has no project: those of the given configuration, or of the nearest one upward.

    The configuration is not checked otherwise. Raises ConfigurationError where it cannot be read, and PluginError.
    """
    if not with_plugins:
        return load_plugins(with_foreign=False)
    return load_plugins(find_document(configuration))


def find_document(configuration: Path | None = None) -> Document | None:
    """Read the given configuration, or the nearest one upward. Raises ConfigurationError where it cannot be read."""
    path = configuration if configuration is not None else find_configuration(_make_absolute(Path()))
    return None if path is None else read_configuration(path)


def _make(paths: Sequence[Path], loaded: LoadedConfiguration, plugins: Plugins) -> ProjectTarget:
    home = loaded.root
    root = home if home is not None and _holds_all(home, paths) else _top_of_project(paths)
    inside = tuple(sorted({path.relative_to(root).as_posix() for path in paths if path != root}))
    return ProjectTarget(root, loaded, plugins, () if root in paths else inside)


class _Loader:
    """Loads configurations with the plugins that they name, which run once however often they are asked for."""

    def __init__(
        self, texts: Mapping[Path, bytes], *, with_plugins: bool, only_needed: bool, puts_off_rules: bool
    ) -> None:
        self.texts = texts
        """Contents of configurations that stand for those on disk."""
        self._with_plugins = with_plugins
        self._only_needed = only_needed
        self._puts_off_rules = puts_off_rules
        self._known: dict[Path | None, Plugins] = {}

    def load(
        self, configuration: Path | None, overrides: Mapping[str, Any] | None = None
    ) -> tuple[LoadedConfiguration, Plugins]:
        document = None if configuration is None else read_configuration(configuration, self.texts.get(configuration))
        if self._with_plugins and self._only_needed:
            ours = Plugins()
            with contextlib.suppress(ConfigurationError):  # what we do not know may be of a plugin
                return complete_document(document, overrides=overrides, vocabulary=ours.vocabulary), ours
        plugins = self.plugins_of(document)
        loaded = complete_document(
            document, overrides=overrides, vocabulary=plugins.vocabulary, puts_off_rules=self._puts_off_rules
        )
        return loaded, plugins

    def plugins_of(self, document: Document | None) -> Plugins:
        path = None if document is None else document.path
        if path not in self._known:
            self._known[path] = load_plugins(document, with_foreign=self._with_plugins)
        return self._known[path]


class _Finder:
    """Finds the configurations of many paths that lie in few folders."""

    def __init__(self, loader: _Loader) -> None:
        self._loader = loader
        self._known: dict[Path, Path | None] = {}

    def find(self, path: Path) -> Path | None:
        """Find the configuration of a file or folder."""
        if path.is_dir():
            return self._find_for_folder(path)
        folder = path.parent
        if folder not in self._known:
            self._known[folder] = self._find_upward(folder)
        return self._known[folder]

    def _find_for_folder(self, path: Path) -> Path | None:
        found = find_configuration(path, self._loader.texts)
        if found is None or found.parent == path:
            return found
        return None if self._excludes(found, path) else found

    def _find_upward(self, folder: Path) -> Path | None:
        try:
            return find_configuration(folder, self._loader.texts)
        except ConfigurationError as error:
            # In what a configuration above leaves out there may lie anything, templates of projects for one.
            broken = error.problems[0].path
            above = None if broken is None else self._find_upward(broken.parent.parent)
            if above is None or broken is None or not self._excludes(above, broken.parent):
                raise
            return above

    def _excludes(self, configuration: Path, folder: Path) -> bool:
        """Tell whether a configuration leaves out a folder below its own."""
        loaded, _ = self._loader.load(configuration)
        inside = folder.relative_to(configuration.parent)
        ignores = IgnoreRules.for_project(configuration.parent, loaded.configuration.exclude)
        folders = (*inside.parents[:-1], inside)
        return any(ignores.excludes(f"{each.as_posix()}/") for each in folders)


def _top_of_project(paths: Sequence[Path]) -> Path:
    common = Path(os.path.commonpath(paths))
    start = common if common.is_dir() else common.parent
    here = Path.cwd()
    # A hook or an editor names single files, and its current folder is the project.
    are_files_here = all(path.is_relative_to(here) and not path.is_dir() for path in paths)
    if are_files_here and _is_top(here):
        return here
    if top := _find_top(start):
        return top
    lowest = here if are_files_here and _may_be_project(here) else start
    above = find_root_above(lowest)
    return above if above is not None and _may_be_project(above) else lowest


def _find_top(folder: Path) -> Path | None:
    """Find the nearest folder upward that looks like the top of a project."""
    return next((each for each in (folder, *folder.parents) if _is_top(each)), None)


def _may_be_project(folder: Path) -> bool:
    """Tell whether a folder that nothing marks could be a project: not a whole disk, nor all that somebody has."""
    return folder not in {Path(folder.anchor), Path(os.path.expanduser("~"))}  # noqa: PTH111  (Path.home() may raise)


def _is_top(folder: Path) -> bool:
    return any((folder / marker).exists() for marker in MARKERS)


def _holds_all(folder: Path, paths: Iterable[Path]) -> bool:
    return all(path.is_relative_to(folder) for path in paths)
