"""From a change to the tests that it can reach, with a note for everything that cannot be known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from layercheck.commands.affected.changed_files import find_changed_files
from layercheck.commands.affected.named_in_texts import find_files_that_name
from layercheck.commands.affected.passage import find_passage
from layercheck.commands.affected.pytest_settings import read_pytest_settings
from layercheck.commands.affected.reach import CONFTEST, Reach, find_deleted_importers
from layercheck.engine.build import open_project
from layercheck.errors import NothingCheckedError
from layercheck.files.discovery import SUFFIXES
from layercheck.model.target_paths import is_within
from layercheck.plurals import count
from layercheck.project.roles import MIGRATIONS, TESTS

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from layercheck.commands.affected.changed_files import ChangedFiles
    from layercheck.engine.build import OpenedProject
    from layercheck.engine.options import CheckOptions
    from layercheck.engine.project_target import ProjectTarget

_MOST_NAMED = 3
_FEW_TESTS = 3


class AffectedTests(msgspec.Struct, frozen=True):
    """The tests that a change can reach."""

    base: str
    """What the change is compared with, in words."""
    tests: tuple[str, ...]
    """Paths relative to the project root, sorted."""
    all_tests: int
    changed: int
    """How many files of the project changed, apart from those that were to be ignored."""
    notes: tuple[str, ...]
    """Sentences about what cannot be known, and what is selected for that."""
    left_out: tuple[str, ...] = ()
    """Tests that load the change only through a `conftest.py` of which they use nothing; sorted."""


def find_affected(
    target: ProjectTarget,
    options: CheckOptions,
    revision: str | None,
    ignored: Sequence[str],
    *,
    only_used: bool = False,
) -> AffectedTests:
    """Find the tests that may behave differently since a commit. Raises HistoryError, and NothingCheckedError without tests.

    `ignored` are patterns (.gitignore syntax) of files whose changes do not count. With `only_used`, what a `conftest.py`
    imports counts for the tests that use one of its names, and the others are listed as left out.
    """
    changed = _drop_ignored(find_changed_files(target.root, revision), ignored)
    opened = open_project(target, options)
    settings = read_pytest_settings(opened.project.files)
    reach = Reach(opened, settings)
    if not reach.tests:
        raise NothingCheckedError(
            "the project has no test file that is read (test_*.py, *_test.py, or python_files of pytest's configuration);"
            " `layercheck check --show-files` lists the files that are read"
        )
    selection = _Selection(opened, reach, changed)
    selection.select()
    left_out: frozenset[str] = frozenset()
    if only_used and not settings.gives_fixtures:
        whole = selection.tests
        reach.narrow(reach.conftests.difference(changed.present))
        selection = _Selection(opened, reach, changed)
        selection.select()
        left_out = whole - selection.tests
    return AffectedTests(
        base=f"{changed.base.name} ({changed.base.commit[:10]})",
        tests=tuple(sorted(selection.tests)),
        all_tests=len(reach.tests),
        changed=len(changed.present) + len(changed.deleted),
        notes=tuple(selection.notes),
        left_out=tuple(sorted(left_out)),
    )


def _drop_ignored(changed: ChangedFiles, ignored: Sequence[str]) -> ChangedFiles:
    if not ignored:
        return changed
    from pathspec import GitIgnoreSpec  # noqa: PLC0415  (seldom needed)

    spec = GitIgnoreSpec.from_lines(ignored)
    return changed._replace(
        present=tuple(path for path in changed.present if not spec.match_file(path)),
        deleted=tuple(path for path in changed.deleted if not spec.match_file(path)),
    )


class _Selection:
    """The tests that are selected so far, and why there are more than a change of imports explains."""

    def __init__(self, opened: OpenedProject, reach: Reach, changed: ChangedFiles) -> None:
        self.tests: frozenset[str] = frozenset()
        self.notes: list[str] = []
        self._opened = opened
        self._reach = reach
        self._changed = changed
        self._roles = {module.path: module.role for module in opened.project.modules}

    def select(self) -> None:
        """Follow the change from its files to the tests."""
        if self._changed.outside:
            self.notes.append(
                f"changed outside of the project, which does not count: {count(self._changed.outside, 'file')}"
            )
        present, deleted = self._part(self._changed.present), self._part(self._changed.deleted)
        unknown = [*present.others, *deleted.others]
        if unknown:
            self._select_all(f"any test may read files that are no modules of the project: {_name(unknown)}")
            self.notes.append("`--ignore PATTERN` leaves such files out")
            return
        self._select_deleted(deleted.modules)
        self._select_present(present.modules)
        if (present.modules or deleted.modules) and self._reach.blind:
            self._add(self._reach.blind, f"{_name([*self._reach.blind.values()])}: may load any module that changed")
        self._explain(present.modules)

    def _explain(self, paths: Sequence[str]) -> None:
        """Say through which file most tests load the change, where most are selected and nothing else says why."""
        if self.notes or len(self.tests) < _FEW_TESTS or 2 * len(self.tests) < len(self._reach.tests):
            return
        passage = find_passage(paths, self.tests, self._reach.list_loaders)
        if passage is not None:
            self.notes.append(passage.describe())

    def _select_present(self, paths: Sequence[str]) -> None:
        silent = []
        for path in paths:
            found = self._reach.find_tests([path])
            self.tests |= found
            is_used = path in self._reach.tests or self._reach.is_loaded(path)
            if not is_used and path.rpartition("/")[2] != CONFTEST:
                silent.append(path)
        self._select_silent(silent)

    def _select_silent(self, paths: Sequence[str]) -> None:
        """Look for who runs files that nothing imports: by their path, or because tools find them by their place."""
        placed = [path for path in paths if self._roles[path] in {TESTS, MIGRATIONS}]
        if placed:
            self._select_all(f"nothing imports them, so they may be data of tests or migrations: {_name(placed)}")
        for path in sorted({*paths} - {*placed}):
            name = path.rpartition("/")[2]
            users = [each for each in find_files_that_name([name], [*self._roles], self._opened.store) if each != path]
            self._add(users, f"nothing imports {path}, but its name occurs in {_name(users)}")

    def _select_deleted(self, paths: Sequence[str]) -> None:
        if not paths:
            return
        project = self._opened.project
        importers = find_deleted_importers(paths, project.modules, self._opened)
        self._add(importers, f"deleted: {_name(paths)}; every file that imports something of that name counts")
        for path in paths:
            folder, _, name = path.rpartition("/")
            if name in {CONFTEST, "__init__.py"}:
                self._add([each for each in self._roles if is_within(each, {folder})] if folder else self._roles, "")

    def _select_all(self, reason: str) -> None:
        self.tests = self._reach.tests
        self.notes.append(f"all tests are selected; {reason}")

    def _add(self, paths: Collection[str], reason: str) -> None:
        """Select the tests that may load one of some files, and say so if there are any that were not selected yet."""
        found = self._reach.find_tests(paths) - self.tests
        self.tests |= found
        if found and reason:
            self.notes.append(f"{count(len(found), 'more test file')}; {reason}")

    def _part(self, paths: Sequence[str]) -> _Parted:
        """Separate modules, also those that were deleted, from all other files."""
        modules = [
            path for path in paths if path in self._roles or (path in self._changed.deleted and _is_module(path))
        ]
        return _Parted(modules, [path for path in paths if path not in {*modules}])


class _Parted(msgspec.Struct, frozen=True):
    modules: list[str]
    others: list[str]


def _is_module(path: str) -> bool:
    return path.endswith(SUFFIXES)


def _name(paths: Sequence[str]) -> str:
    more = f" and {len(paths) - _MOST_NAMED} more" if len(paths) > _MOST_NAMED else ""
    return ", ".join(paths[:_MOST_NAMED]) + more
