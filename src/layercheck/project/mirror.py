"""Which tests are about which modules, as far as their names and folders tell.

`tests/services/test_users.py` mirrors `app/services/users.py`; so do `tests/unit/services/test_users_deleted.py`, the
flat `tests/test_users.py` and `tests/test_services_users.py`, and `users/tests/test_views.py` mirrors `users/views.py`.
Only paths are looked at.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from layercheck.project.roles import TESTS, aside_role

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from layercheck.model.module import Module

_STORIES = frozenset({"integration", "functional", "e2e", "end_to_end", "acceptance", "component", "system"})
_KINDS = _STORIES | {"unit", "units"}
"""Folders that sort tests by what they take to run; those that tell a story need not be about one module."""


class Subject(NamedTuple):
    """What a test says it is about."""

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
        """Tell whether its name begins with that of a module."""
        words = _words(stem)
        return self.name[: len(words)] == words


class Mirror:
    """The tests of a project, by what they are about."""

    def __init__(self, modules: Iterable[Module]) -> None:
        """Take all modules, tests and others."""
        self.subjects = [subject for module in modules if (subject := subject_of(module)) is not None]
        """One for each file that is called like a test."""
        self._by_start: dict[tuple[str, ...], list[Subject]] = defaultdict(list)
        for subject in self.subjects:
            for end in range(1, len(subject.name) + 1):
                self._by_start[subject.name[:end]].append(subject)
            for folder in subject.folders[-1:]:
                # `tests/users/test_deleted.py` is about `users.py` as well.
                self._by_start[_words(folder)].append(subject)

    def tests_of(self, module: Module) -> Iterator[Subject]:
        """Find the tests that may be those of a module: at the mirrored path, or in a folder that is called like it."""
        folders, stem = _place_of(module)
        known = {*map(_folded, folders), _folded(stem)}
        return self._find(folders, stem, known)

    def is_mirrored(self, module: Module) -> bool:
        """Tell whether a test that is called like the module stands at a mirrored path."""
        folders, stem = _place_of(module)
        own = _words(stem)[:1]
        found = self._find(folders, stem, set(map(_folded, folders)))
        return any(set(own) & set(subject.name) for subject in found)

    def _find(self, folders: list[str], stem: str, known: set[str]) -> Iterator[Subject]:
        """Find the tests called like a module whose folders are all `known`."""
        own = _words(stem)
        names = {own}
        for folder in folders[-2:]:
            names |= {(*_words(folder), *own), (*own, *_words(folder))}
        for name in names:
            for subject in self._by_start.get(name, ()):
                is_near = subject.around == tuple(folders[: len(subject.around)])
                if is_near and all(_folded(folder) in known for folder in subject.folders):
                    yield subject


def subject_of(module: Module) -> Subject | None:
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
    return Subject(
        module,
        _words(name),
        folders=tuple(folder for folder in inside if kinds[folder] not in _KINDS),
        around=tuple(folders[:at]),
        is_story=any(kind in _STORIES for kind in kinds.values()),
    )


def _place_of(module: Module) -> tuple[list[str], str]:
    """Part the path of a module into its folders and its name; a package is called like its folder."""
    *folders, stem = _parts(module)
    if module.is_package and folders:
        *folders, stem = folders
    return folders, stem


def _parts(module: Module) -> list[str]:
    return module.path.rpartition(".")[0].split("/")


def _words(stem: str) -> tuple[str, ...]:
    """Part a name into words; singular and plural are the same."""
    return tuple(word.removesuffix("s") for word in stem.lower().replace("-", "_").split("_") if word)


def _folded(name: str) -> str:
    return "_".join(_words(name))
