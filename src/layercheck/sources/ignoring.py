"""What `.gitignore` files and the configuration's `exclude` leave out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pathspec import GitIgnoreSpec


class _FolderRules(NamedTuple):
    """The rules of one `.gitignore`, and how a path of the project is told from its folder."""

    prepend: str
    skip: int
    spec: GitIgnoreSpec


class IgnoreRules:
    """The rules in force in one folder: those of the folder itself, then those of the folders above it."""

    def __init__(self, folders: tuple[_FolderRules, ...], exclude: GitIgnoreSpec | None) -> None:
        # The deepest folder first: it has the last word.
        self._folders = folders
        self._exclude = exclude

    @classmethod
    def for_project(cls, root: Path, exclude: Sequence[str]) -> IgnoreRules:
        """Start at a project root, with the `.gitignore` files above it up to the top of its repository."""
        excluded = _compile(exclude) if exclude else None
        top = next((folder for folder in (root, *root.parents) if (folder / ".git").exists()), root)
        folders = []
        for folder in root.parents if top != root else ():
            lines = _read_lines(folder)
            if lines:
                folders.append(_FolderRules(f"{root.relative_to(folder).as_posix()}/", 0, _compile(lines)))
            if folder == top:
                break
        return cls(tuple(folders), excluded)

    def entering(self, folder: str, absolute: str) -> IgnoreRules:
        """Add the rules of `folder` (relative to the project root), read from `absolute`."""
        lines = _read_lines(Path(absolute))
        if not lines:
            return self
        rules = _FolderRules("", len(folder) + 1 if folder else 0, _compile(lines))
        return IgnoreRules((rules, *self._folders), self._exclude)

    def excludes(self, path: str) -> bool:
        """Tell whether the configuration leaves `path` out; folders are given with a trailing slash."""
        return self._exclude is not None and self._exclude.match_file(path)

    def ignores(self, path: str) -> bool:
        """Tell whether `path` is left out by the configuration or a `.gitignore`."""
        if self.excludes(path):
            return True
        for prepend, skip, spec in self._folders:
            verdict = spec.check_file(prepend + path[skip:]).include
            if verdict is not None:
                return verdict
        return False


def _read_lines(folder: Path) -> list[str]:
    try:
        return (folder / ".gitignore").read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return []


def _compile(lines: Sequence[str]) -> GitIgnoreSpec:
    # 30 ms to import, and many projects (and all warm runs of those) have nothing to ignore.
    from pathspec import GitIgnoreSpec  # noqa: PLC0415

    try:
        return GitIgnoreSpec.from_lines(lines)
    except ValueError:
        # git passes over a line that is no pattern, and so do we.
        return GitIgnoreSpec.from_lines(line for line in lines if _is_pattern(line))


def _is_pattern(line: str) -> bool:
    from pathspec import GitIgnoreSpec  # noqa: PLC0415  (see above)

    try:
        GitIgnoreSpec.from_lines([line])
    except ValueError:
        return False
    return True
