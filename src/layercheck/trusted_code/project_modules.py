"""Modules of a project as plugins: imported from its folders, and kept apart from those of other projects."""

from __future__ import annotations

import importlib
import sys
from contextlib import contextmanager
from importlib.machinery import PathFinder
from importlib.util import module_from_spec
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from types import ModuleType

_in_place: list[ProjectModules] = []
"""The project whose modules `sys.modules` holds, if any: two projects may each have a module of one name."""


@contextmanager
def lengthened_path(folders: Sequence[str] = ()) -> Iterator[None]:
    """Let modules be imported from further folders; afterwards `sys.path` is as it was, whatever was done to it.

    They come last, so that no name in them hides one of the standard library or of an installed package.
    """
    path, entries = sys.path, [*sys.path]
    sys.path = [*entries, *folders]
    try:
        yield
    finally:
        sys.path = path
        sys.path[:] = entries


class ProjectModules:
    """What has been imported from the folders of one project."""

    def __init__(self, roots: Sequence[Path]) -> None:
        """Look for modules in `roots`, absolute folders, in this order."""
        self._roots = [str(root) for root in roots]
        self._modules: dict[str, ModuleType] = {}

    def load(self, name: str) -> ModuleType:
        """Import a module, of the project if there is one of this name, else one that is installed."""
        importlib.invalidate_caches()
        with self.in_use():
            top = name.partition(".")[0]
            if top not in sys.modules:
                self._load_top(top)
            return importlib.import_module(name)

    def names(self) -> tuple[str, ...]:
        """List the names of all modules that were imported from the project."""
        return tuple(self._modules)

    def files(self) -> tuple[str, ...]:
        """List the files of all modules that were imported from the project."""
        return tuple(sorted({file for each in self._modules.values() if (file := getattr(each, "__file__", None))}))

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """Put the modules in place, and let further ones be imported; `sys.path` is as it was afterwards.

        The modules stay until another project's are put in place: what is annotated in them is resolved later.
        """
        self._put_in_place()
        before = len(sys.modules)
        # A check leaves nothing in the folders that it reads, whenever a module of theirs is imported.
        writes_nothing, sys.dont_write_bytecode = sys.dont_write_bytecode, True
        try:
            with lengthened_path(self._roots):
                yield
        finally:
            sys.dont_write_bytecode = writes_nothing
            self._take_up(before)

    def _put_in_place(self) -> None:
        if _in_place == [self]:
            return
        for other in _in_place:
            for name in other.names():
                sys.modules.pop(name, None)
        _in_place[:] = [self]
        sys.modules.update(self._modules)

    def _load_top(self, top: str) -> None:
        spec = PathFinder.find_spec(top, self._roots)
        if spec is None:
            return
        module = module_from_spec(spec)
        sys.modules[top] = module
        try:
            if spec.loader is not None:
                spec.loader.exec_module(module)
        except BaseException:
            del sys.modules[top]
            raise

    def _take_up(self, before: int) -> None:
        """Note which of the modules that are new, the last ones, are the project's; called for every file of a check."""
        names = tuple(islice(sys.modules, before, None))
        for name in names:
            top = name.partition(".")[0]
            if top in self._modules or (top in names and self._is_ours(sys.modules[top])):
                self._modules[name] = sys.modules[name]

    def _is_ours(self, top: ModuleType | None) -> bool:
        folders = [Path(folder).parent for folder in getattr(top, "__path__", ())]
        file = getattr(top, "__file__", None)
        service_folders = folders or ([Path(file).parent] if file else [])
        return any(str(home) in self._roots for home in service_folders)
