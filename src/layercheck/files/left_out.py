"""What the walk leaves out, asked about a single path."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from layercheck.files.discovery import (
    holds,
    holds_distributions,
    is_environment,
    is_generated,
    is_text,
    may_hold_modules,
)
from layercheck.files.git.index import TrackedFiles
from layercheck.files.ignore_rules import IgnoreRules

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def find_cause(root: Path, path: str, exclude: Sequence[str]) -> str | None:
    """Find which pattern of which file leaves out a path, or a folder that it lies in; None: no pattern does."""
    rules = IgnoreRules.for_project(root, exclude)
    parts = path.split("/")
    for depth in range(len(parts)):
        folder, entry = "/".join(parts[:depth]), "/".join(parts[: depth + 1])
        absolute = root / entry
        rules = rules.entering(folder, os.fspath(root / folder))
        cause = rules.cause(f"{entry}/" if absolute.is_dir() else entry)
        if cause is not None:
            return cause
    return None


def is_left_out(root: Path, path: str, exclude: Sequence[str]) -> bool:
    """Return whether the walk would pass over a Python file, were there one at a path."""
    rules = IgnoreRules.for_project(root, exclude).entering("", os.fspath(root))
    parts, only_tracked = path.split("/"), False
    for depth, name in enumerate(parts[:-1], 1):
        folder = "/".join(parts[:depth])
        place = f"{root}/{folder}"
        if not may_hold_modules(name) or rules.excludes(f"{folder}/"):
            return True
        if os.path.islink(place) and holds(os.path.realpath(root), os.path.realpath(place)):  # noqa: PTH114
            return True
        names = {parts[depth], *(os.listdir(place) if os.path.isdir(place) else ())}  # noqa: PTH112, PTH208  (as the walk)
        if is_environment(names) or holds_distributions(names):
            return True
        only_tracked = only_tracked or rules.is_git_ignored(f"{folder}/") or is_generated(folder, names)
        rules = rules.entering(folder, place)
    if rules.excludes(path) or not is_text(path):
        return True
    return (only_tracked or rules.is_git_ignored(path)) and not TrackedFiles(root).has(path)
