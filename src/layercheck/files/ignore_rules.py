"""What `.gitignore` files and the configuration's `exclude` leave out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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
        above = [
            (f"{root.relative_to(folder).as_posix()}/", _read_lines(folder)) for folder in folders_above(root) or ()
        ]
        return cls.below(above, exclude)

    @classmethod
    def below(cls, above: Iterable[tuple[str, Sequence[str]]], exclude: Sequence[str]) -> IgnoreRules:
        """Start at a project root below folders with rules: the way down from each, and its lines, the nearest first."""
        folders = tuple(_FolderRules(way, 0, _compile(lines)) for way, lines in above if lines)
        return cls(folders, _compile(exclude) if exclude else None)

    def entering(self, folder: str, absolute: str) -> IgnoreRules:
        """Add the rules of `folder` (relative to the project root), read from `absolute`."""
        return self.adding(folder, _read_lines(Path(absolute)))

    def adding(self, folder: str, lines: Sequence[str]) -> IgnoreRules:
        """Add the rules of `folder` (relative to the project root)."""
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


def folders_above(root: Path) -> list[Path] | None:
    """List the folders above a project up to the top of its repository, the nearest first; None: it is in none."""
    above: list[Path] = []
    for folder in (root, *root.parents):
        if folder != root:
            above.append(folder)
        if (folder / ".git").exists():
            return above
    return None


def read_rules(data: bytes) -> list[str]:
    """Split the content of a `.gitignore` into its lines."""
    return data.decode("utf-8", "surrogateescape").splitlines()


def _read_lines(folder: Path) -> list[str]:
    try:
        return read_rules((folder / ".gitignore").read_bytes())
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
