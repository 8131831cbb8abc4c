"""Modules and packages as people name them: `app.api`, `app/api/`, `app/api/users.py`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from layercheck.config.suggestion import did_you_mean
from layercheck.errors import UsageError
from layercheck.files.discovery import SUFFIXES
from layercheck.model.dotted_names import is_in_package, with_packages
from layercheck.model.module import Module
from layercheck.model.target_paths import is_within

if TYPE_CHECKING:
    from layercheck.project.project import Project

_MOST_GUESSED = 3


class NamedModules(msgspec.Struct, frozen=True):
    """A module, or a package with all that is in it."""

    label: str
    """Its dotted name; for a folder that is no package, its path."""
    modules: tuple[Module, ...]
    is_package: bool


def find_named_modules(project: Project, word: str, root: Path) -> NamedModules:
    """Find what a dotted name or a path means. Raises UsageError with a guess."""
    path = _path_inside(word, root)
    if path is not None:
        return _find_by_path(project, word, path)
    name = word.strip(".")
    found = [each for each in project.modules if is_in_package(each.name, name)]
    if not found:
        raise UsageError(f"the project has no module {word!r}{_guess(project, name)}")
    exact = [each for each in found if each.name == name]
    is_package = any(each.is_package for each in exact) or len(found) > len(exact)
    return NamedModules(name, tuple(found), is_package)


def _find_by_path(project: Project, word: str, path: str) -> NamedModules:
    found = [each for each in project.modules if path == "." or is_within(each.path, frozenset({path}))]
    if not found:
        kind = "is not read as a module of the project" if path.endswith(SUFFIXES) else "holds no module of the project"
        raise UsageError(f"{word} {kind}; `layercheck check --show-files` lists the files that are read")
    if len(found) == 1 and found[0].path == path:
        return NamedModules(found[0].name, tuple(found), is_package=False)
    package = next((each.name for each in found if each.is_package and each.path.rpartition("/")[0] == path), None)
    return NamedModules(package or f"{path}/", tuple(found), is_package=True)


def _path_inside(word: str, root: Path) -> str | None:
    """Read an argument as a path of the project; None for what is a name."""
    if "/" not in word and not word.endswith(SUFFIXES) and not (word == "." or os.sep in word):
        return None
    # Who names the project may write paths as reports on it do.
    path = Path(word) if Path(word).exists() or not (root / word).exists() else root / word
    return Path(os.path.relpath(os.path.abspath(path), root)).as_posix()  # noqa: PTH100  (links stay links)


def _guess(project: Project, name: str) -> str:
    """End a sentence with what may have been meant: what ends the same, else what is written nearly the same."""
    known = sorted(with_packages(module.name for module in project.modules))
    same_end = [each for each in known if each.endswith(f".{name}")]
    if same_end:
        more = ", …" if len(same_end) > _MOST_GUESSED else ""
        return f"; did you mean {' or '.join(map(repr, same_end[:_MOST_GUESSED]))}{more}?"
    return did_you_mean(name, known) or "; `layercheck roles` lists all modules"
