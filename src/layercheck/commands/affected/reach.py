"""Who depends on whom, for tests: imports, and all else by which one module of a project may load another one."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import partial
from typing import TYPE_CHECKING

from layercheck.commands.affected.fixtures import FixtureUse
from layercheck.commands.affected.named_in_texts import find_finder, find_named_modules, read_file
from layercheck.commands.affected.passage import follow
from layercheck.model.dotted_names import is_in_package
from layercheck.project.relative_paths import folders_above, join
from layercheck.project.roles import TESTS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from layercheck.commands.affected.pytest_settings import PytestSettings
    from layercheck.engine.build import OpenedProject
    from layercheck.facts.file_facts import FileFacts
    from layercheck.model.module import Module

CONFTEST = "conftest.py"
# `import_module(f"app.plugins.{name}")` loads something below `app.plugins`.
_BEGINNING = re.compile(r"\((?:f[\"']([A-Za-z_][\w.]*\.)\{|[\"']([A-Za-z_][\w.]*\.)[\"'] ?[+%])")


class Reach:
    """The modules of a project, and for each the ones that may load it; a superset, nothing of it is confirmed."""

    def __init__(self, opened: OpenedProject, settings: PytestSettings) -> None:
        self._modules = opened.project.modules
        self._loaders: dict[str, set[str]] = defaultdict(set)
        """Path of a module → paths of those that may load it, other than as pytest loads a `conftest.py`."""
        self._paths = {module.path for module in self._modules}
        self.tests = frozenset(
            module.path for module in self._modules if settings.is_test(module, partial(read_file, opened.store))
        )
        self.conftests = frozenset(path for path in self._paths if path.rpartition("/")[2] == CONFTEST)
        self.blind: dict[str, str] = {}
        """Path of a module that loads others by names that cannot be read → what it does, with the line."""
        for importer, imported in opened.project.suspects:
            self._loaders[imported.path].add(importer.path)
        self._add_packages()
        self._use = FixtureUse(opened.store)
        self._runners = self._find_runners(())
        """Path of a `conftest.py` → paths of those that run with it."""
        for path, module in find_named_modules(self._modules, opened.store):
            self._loaders[module.path].add(path)
        for module in self._modules:
            if any(is_in_package(name, module.name) for name in settings.loaded):
                self._loaders[module.path].update(self.tests)
            self._add_blind_spots(module.path, opened.store.facts[module.path])
            finder = find_finder(module.path, opened.store)
            if finder:
                self.blind.setdefault(module.path, f"{module.path}:{finder}")

    def narrow(self, conftests: Collection[str]) -> None:
        """From now on, let some `conftest.py` files count only for those below who use something of them."""
        self._runners = self._find_runners(conftests)

    def find_tests(self, changed: Collection[str]) -> frozenset[str]:
        """Find the tests that may load one of some files, and those among them."""
        return self.tests.intersection(follow(changed, self.list_loaders))

    def list_loaders(self, path: str) -> Collection[str]:
        """List the files that may load a file themselves."""
        return self._loaders.get(path, set()) | self._runners.get(path, set())

    def is_loaded(self, path: str) -> bool:
        """Return whether another module of the project may load a file, as far as can be seen."""
        return not {path}.issuperset(self.list_loaders(path))

    def _add_packages(self) -> None:
        """To import a module is to run the `__init__` of all packages around it."""
        for path in self._paths:
            for face in self._faces_above(path):
                self._loaders[face].add(path)

    def _faces_above(self, path: str) -> Iterable[str]:
        for folder in folders_above(path):
            face = join(folder, "__init__.py")
            if face in self._paths and face != path:
                yield face

    def _find_runners(self, narrowed: Collection[str]) -> dict[str, set[str]]:
        """A test runs the `conftest.py` of its folder and of all folders above."""
        found: dict[str, set[str]] = defaultdict(set)
        runners = self.tests | self.conftests
        # What tests inherit may use fixtures for them.
        helpers = {module.path for module in self._modules if module.role == TESTS} if narrowed else set()
        for path in runners | helpers:
            for folder in folders_above(path):
                fixtures = join(folder, CONFTEST)
                if fixtures not in self.conftests or fixtures == path:
                    continue
                is_narrow = fixtures in narrowed and self._use.is_by_name(fixtures)
                if self._use.uses(path, fixtures) if is_narrow else path in runners:
                    found[fixtures].add(path)
        return found

    def _add_blind_spots(self, path: str, facts: FileFacts) -> None:
        if facts.unreadable is not None and facts.unreadable.depth is None:
            self.blind[path] = f"{path} cannot be read"
        for spot in facts.imports.blind_spots if facts.imports is not None else ():
            beginning = _BEGINNING.search(spot.what)
            if beginning is None:
                self.blind.setdefault(path, f"{path}:{spot.span.start.line} imports {spot.what}")
            else:
                start = beginning[1] or beginning[2]
                for module in self._modules:
                    if module.name.startswith(start):
                        self._loaders[module.path].add(path)


def find_deleted_importers(deleted: Iterable[str], modules: Iterable[Module], opened: OpenedProject) -> frozenset[str]:
    """Find the files that may have imported what is gone: those in whose imports its name stands."""
    names = {_name_of(path) for path in deleted}
    word = re.compile(rf"(?:^|[.:,])(?:{'|'.join(map(re.escape, sorted(names)))})(?:$|[.:,])")
    scans = opened.project.scans
    return frozenset(module.path for module in modules if any(map(word.search, scans[module.path].imports)))


def _name_of(path: str) -> str:
    """Find under which name a file is imported: a package has that of its folder."""
    folder, _, name = path.rpartition("/")
    stem = name.partition(".")[0]
    return folder.rpartition("/")[2] if stem == "__init__" and folder else stem
