"""Where in a commit the project and its configuration lie."""

from __future__ import annotations

import os
import posixpath
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from layercheck.config.document import FILE_NAMES, PYPROJECT, speaks_to_us
from layercheck.config.loaded_configuration import load_configuration

if TYPE_CHECKING:
    from collections.abc import Collection

    from layercheck.config.loaded_configuration import LoadedConfiguration
    from layercheck.files.git.commit_tree import CommitTree


def find_root(tree: CommitTree, prefix: str, paths: Collection[str]) -> str | None:
    """Find the folder in which a commit holds the project that now lies in `prefix`; None where there is none like it.

    Usually that is `prefix`. Where the commit has no such folder, it is the one that holds most of the `paths`
    (relative to the project root), if that is at least half of them.
    """
    if tree.is_folder(prefix):
        return prefix
    by_name = defaultdict(list)
    for path in tree.files:
        by_name[path.rpartition("/")[2]].append(path)
    votes: Counter[str] = Counter()
    for path in paths:
        for old in by_name[path.rpartition("/")[2]]:
            if f"/{old}".endswith(f"/{path}"):
                votes[old[: -len(path)].rstrip("/")] += 1
    best = max(sorted(votes), key=votes.__getitem__, default=None)
    return best if best is not None and 2 * votes[best] >= len(paths) else None


class OwnConfiguration(NamedTuple):
    """The configuration that a commit itself holds for the project."""

    loaded: LoadedConfiguration
    folder: str
    """What its paths and patterns are relative to, from the top of the repository."""


def load_own(tree: CommitTree, root: str, top: Path, today: LoadedConfiguration) -> OwnConfiguration:
    """Load the configuration that a commit holds for the project in its folder `root`.

    `top` is the top of the repository on disk. What lies outside the repository holds for every commit, and so do
    today's plugins: code of a commit is never run. Raises ConfigurationError.
    """
    overrides, vocabulary = today.overrides, today.vocabulary
    name = _name_in(top, today.path) if today.path else ""
    for path in ([name] if name else []) + _candidates(root):
        if path in tree.files and not tree.is_link(path):
            data = tree.read(path)
            if posixpath.basename(path) != PYPROJECT or speaks_to_us(top / path, data):
                loaded = load_configuration(top / path, overrides=overrides, vocabulary=vocabulary, data=data)
                folder = posixpath.dirname(path)
                return OwnConfiguration(loaded, folder if _holds(folder, root) else root)
    if today.path and name is None:
        return OwnConfiguration(today, root)
    return OwnConfiguration(load_configuration(None, overrides=overrides, vocabulary=vocabulary), root)


def _name_in(top: Path, path: Path) -> str | None:
    """Return the path of a file from the top of the repository; None for one that lies outside."""
    name = posixpath.relpath(Path(os.path.realpath(path)).as_posix(), top.resolve().as_posix())
    return None if name.startswith("../") else name


def _candidates(root: str) -> list[str]:
    folders = [root]
    while folders[-1]:
        folders.append(posixpath.dirname(folders[-1]))
    return [posixpath.join(folder, name) for folder in folders for name in FILE_NAMES]


def _holds(folder: str, path: str) -> bool:
    return not folder or path == folder or path.startswith(f"{folder}/")
