"""Which tests are about which modules, as far as their names and folders tell.

`tests/services/test_users.py` mirrors `app/services/users.py`; so do `tests/unit/services/test_users_deleted.py`, the
flat `tests/test_users.py` and `tests/test_services_users.py`, and `users/tests/test_views.py` mirrors `users/views.py`.
Only paths are looked at.
"""

from __future__ import annotations

import functools
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from layercheck.project.roles import TESTS, aside_role

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from layercheck.model.module import Module

_STORIES = frozenset({"integration", "functional", "e2e", "end_to_end", "acceptance", "component", "system"})
_KINDS = _STORIES | {"unit", "units"}
"""Folders that sort tests by what they take to run; those that tell a story need not be about one module."""


class TestSubject(NamedTuple):
    """What a test is about, by its path."""

    test: Module
    name: tuple[str, ...]
    """The words of its name: `users deleted` of `test_users_deleted.py`."""
    folders: tuple[str, ...]
    """The folders below the one that holds tests, without those that name a kind of test."""
    around: tuple[str, ...]
    """The folders above the one that holds tests."""
    is_story: bool
    """Whether it lies among tests of several modules together."""

    def is_about(self, stem: str) -> bool:
        """Return whether its name begins with that of a module."""
        words = _words(stem)
        return self.name[: len(words)] == words


class TestMapping:
    """The tests of a project, by what they are about."""

    def __init__(self, modules: Sequence[Module]) -> None:
        """Take all modules, tests and others."""
        self._bearers = Counter((module.role, _place_of(module)[1]) for module in modules)
        self.subjects = [subject for module in modules if (subject := subject_of(module)) is not None]
        """One for each file that is called like a test."""
        self._by_word: dict[str, list[TestSubject]] = defaultdict(list)
        self._by_folder: dict[str, list[TestSubject]] = defaultdict(list)
        for subject in self.subjects:
            for word in set(subject.name):
                self._by_word[word].append(subject)
            if subject.folders:
                self._by_folder[_folded(subject.folders[-1])].append(subject)

    def tests_of(self, module: Module) -> Iterator[TestSubject]:
        """Find the tests that may be those of a module: at the mirrored path, or in a folder that is called like it."""
        folders, stem = _place_of(module)
        known = {*map(_folded, folders), _folded(stem)}
        # `tests/mutations` holds tests of `bulk_mutations` as well.
        known |= {word for folder in folders for word in _words(folder)}
        yield from self._called_like(folders, stem, known)
        yield from (subject for subject in self._by_folder.get(_folded(stem), ()) if _is_near(subject, folders, known))

    def is_mirrored(self, module: Module) -> bool:
        """Return whether a test whose name begins like that of the module stands at a mirrored path."""
        folders, stem = _place_of(module)
        own, known = _words(stem), set(map(_folded, folders))
        around = {word for folder in folders[-2:] for word in _words(folder)}
        # `services/user_service.py` is tested by `test_user_service.py` and by `test_users.py`.
        names = {own, tuple(word for word in own if word not in around) or own}
        # `tests/test_services_users.py` and `tests/test_users_service.py`.
        full_names = {name for folder in folders[-2:] for name in ((*_words(folder), *own), (*own, *_words(folder)))}
        # Of many modules called `service`, a `tests/test_service.py` tests none in particular.
        is_unique = self._bearers[module.role, stem] == 1
        return any(
            _begins(subject, full_names)
            or (_begins(subject, names) and (is_unique or subject.folders or len(subject.around) == len(folders)))
            for word in {name[0] for name in names | full_names if name}
            for subject in self._by_word.get(word, ())
            if _is_near(subject, folders, known)
        )

    def _called_like(self, folders: Sequence[str], stem: str, known: Collection[str]) -> Iterator[TestSubject]:
        """Find the tests whose names say the same as that of a module, in any order, with more or fewer words."""
        own = set(_words(stem))
        around = {word for folder in folders[-2:] for word in _words(folder)}
        needed = own - around or own
        found = {subject.test.path: subject for word in needed for subject in self._by_word.get(word, ())}
        for subject in found.values():
            said = set(subject.name)
            is_alike = needed <= said or (len(said) > 1 and said <= own | around)
            if is_alike and _is_near(subject, folders, known):
                yield subject


def subject_of(module: Module) -> TestSubject | None:
    """Read what a test is about; None for a module that is not called like a test."""
    *folders, stem = _parts(module)
    if module.role != TESTS or module.path.endswith(".pyi"):
        return None
    if stem.startswith("test_"):
        name = stem.removeprefix("test_")
    elif stem.endswith("_test"):
        name = stem.removesuffix("_test")
    else:
        return None
    at = next((index for index, folder in enumerate(folders) if aside_role(folder) == TESTS), len(folders))
    inside = [folder.removeprefix("test_").removesuffix("_test") for folder in folders[at + 1 :]]
    kinds = {folder: folder.lower().removesuffix("_tests") for folder in inside}
    return TestSubject(
        module,
        _words(name),
        folders=tuple(folder for folder in inside if kinds[folder] not in _KINDS),
        around=tuple(folders[:at]),
        is_story=any(kind in _STORIES for kind in kinds.values()),
    )


def _begins(subject: TestSubject, names: Collection[tuple[str, ...]]) -> bool:
    return any(subject.name[: len(name)] == name for name in names)


def _is_near(subject: TestSubject, folders: Sequence[str], known: Collection[str]) -> bool:
    """Whether a test belongs to the folders of a module, and lies in none but `known` ones."""
    around = list(subject.around)
    return around == list(folders[: len(around)]) and all(_folded(folder) in known for folder in subject.folders)


def _place_of(module: Module) -> tuple[list[str], str]:
    """Split the path of a module into its folders and its name; a package has the name of its folder."""
    *folders, stem = _parts(module)
    if module.is_package and folders:
        *folders, stem = folders
    return folders, stem


def _parts(module: Module) -> list[str]:
    return module.path.rpartition(".")[0].split("/")


@functools.cache
def _words(stem: str) -> tuple[str, ...]:
    """Part a name into words; singular and plural are the same."""
    return tuple(word.removesuffix("s") for word in stem.lower().replace("-", "_").split("_") if word)


@functools.cache
def _folded(name: str) -> str:
    return "_".join(_words(name))
