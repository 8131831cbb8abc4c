"""What ignore files of git and the configuration's `exclude` leave out."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from layercheck.files.git.settings import personal_ignores
from layercheck.files.linear_patterns import compile_patterns
from layercheck.files.pattern_guard import PatternGuard
from layercheck.regular_file import read_regular_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pathspec import GitIgnoreSpec, Pattern

_NAME = ".gitignore"
_END_OF_FOLDER = "ps_d"
"""The group of the library's expressions that stands for the slash behind the folder which a pattern names."""


_BYTES_APART = {byte: 0xE000 + byte for byte in range(0x80, 0x100)}
_BYTES_TOGETHER = {apart: byte for byte, apart in _BYTES_APART.items()}


class IgnoreFile(NamedTuple):
    """An ignore file in a folder above the project: the way from there down to the project root, and its lines."""

    way: str
    lines: Sequence[str]
    source: str


class _FolderRules(NamedTuple):
    """The rules of one ignore file, and how a path of the project is told from its folder."""

    prepend: str
    skip: int
    spec: GitIgnoreSpec
    patterns: tuple[Pattern, ...]
    """Those of `spec`, in the order of the lines."""
    source: str
    """The file that holds the rules, for messages."""
    guard: PatternGuard

    @classmethod
    def read(cls, prepend: str, skip: int, lines: Sequence[str], source: str) -> _FolderRules:
        """Read the lines of one ignore file."""
        spec = _compile(map(_write_for_library, lines))
        return cls(_spread_bytes(prepend), skip, spec, tuple(spec.patterns), source, PatternGuard(spec.patterns))

    def decide(self, path: str) -> Pattern | None:
        """Find the last pattern that names a path of the project; folders are given with a trailing slash."""
        inside = self.prepend + _spread_bytes(path[self.skip :])
        if not self.guard.may_match(inside):
            return None
        if not path.endswith("/"):
            index = self.spec.check_file(inside).index
            if index is None or self.patterns[index].include:
                return None if index is None else self.patterns[index]
            # A pattern that takes back a folder says nothing of the files in it.
            return next((each for each in reversed(self.patterns) if _names_file(each, inside)), None)
        # Asked about a folder, the library tells of the files in it: `*` would hide what `!*/` and `!*.py` take back,
        # though git enters the folder.
        for pattern in reversed(self.patterns):
            if pattern.include is not None and _names_folder(pattern, inside):
                return pattern
        return None


class _Exclude:
    """What the configuration excludes, and which of its patterns decided that."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._spec = _compile(lines) if lines else None
        self._guard = PatternGuard(self._spec.patterns if self._spec is not None else ())
        self._used: set[int] = set()

    @property
    def is_empty(self) -> bool:
        return self._spec is None

    def find_pattern(self, path: str) -> str:
        """Find the pattern that leaves `path` out; empty where none does."""
        if self._spec is None or not self._guard.may_match(path):
            return ""
        verdict = self._spec.check_file(path)
        if verdict.index is None:
            return ""
        self._used.add(verdict.index)
        return self._lines[verdict.index] if verdict.include else ""

    def list_idle(self) -> tuple[int, ...]:
        return tuple(index for index in range(len(self._lines)) if index not in self._used)


class IgnoreRules:
    """The rules in force in one folder: those of the folder itself, then those of the folders above it."""

    def __init__(self, folders: tuple[_FolderRules, ...], exclude: _Exclude, looked_for: tuple[str, ...] = ()) -> None:
        # The deepest folder first: it has the last word.
        self._folders = folders
        self._exclude = exclude
        self.looked_for = looked_for
        """The ignore files above the project and those of the user; some need not be there. Only of a start at a project."""

    @classmethod
    def for_project(cls, root: Path, exclude: Sequence[str]) -> IgnoreRules:
        """Start at a project root, with the `.gitignore` files above it up to the top of its repository."""
        folders = folders_above(root)
        if folders is None:
            return cls.below((), exclude)
        files = [os.fspath(folder / _NAME) for folder in folders]
        above = [
            IgnoreFile(f"{root.relative_to(folder).as_posix()}/", _read_lines(folder), f"{'../' * height}.gitignore")
            for height, folder in enumerate(folders, 1)
        ]
        top = folders[-1] if folders else root
        way = "" if top == root else f"{root.relative_to(top).as_posix()}/"
        of_user = list(personal_ignores(top))
        above += [IgnoreFile(way, _read_file(file), os.fspath(file)) for file in of_user]
        return cls.below(above, exclude, (*files, *map(os.fspath, of_user)))

    @classmethod
    def below(cls, above: Iterable[IgnoreFile], exclude: Sequence[str], looked_for: Sequence[str] = ()) -> IgnoreRules:
        """Start at a project root below folders with ignore files, that of the nearest folder first."""
        folders = tuple(_FolderRules.read(way, 0, lines, source) for way, lines, source in above if lines)
        return cls(folders, _Exclude(exclude), tuple(looked_for))

    def entering(self, folder: str, absolute: str) -> IgnoreRules:
        """Add the rules of `folder` (relative to the project root), read from `absolute`."""
        return self.adding(folder, _read_lines(Path(absolute)))

    def adding(self, folder: str, lines: Sequence[str]) -> IgnoreRules:
        """Add the rules of `folder` (relative to the project root)."""
        if not lines:
            return self
        prefix = f"{folder}/" if folder else ""
        rules = _FolderRules.read("", len(prefix), lines, f"{prefix}.gitignore")
        return IgnoreRules((rules, *self._folders), self._exclude)

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is left out."""
        return not self._folders and self._exclude.is_empty

    def excludes(self, path: str) -> bool:
        """Return whether the configuration leaves `path` out; folders are given with a trailing slash."""
        return bool(self._exclude.find_pattern(path))

    def list_idle_excludes(self) -> tuple[int, ...]:
        """List the patterns of the configuration, by their index, that decided about no path so far in any folder."""
        return self._exclude.list_idle()

    def ignores(self, path: str) -> bool:
        """Return whether `path` is left out by the configuration or an ignore file; folders end with a slash."""
        return self.excludes(path) or self.is_git_ignored(path)

    def is_git_ignored(self, path: str) -> bool:
        """Return whether an ignore file of git names `path`; folders are given with a trailing slash."""
        decision = self._decide(path)
        return decision is not None and bool(decision[0].include)

    def cause(self, path: str) -> str | None:
        """Find which pattern of which file leaves `path` out; None: it is not left out."""
        if pattern := self._exclude.find_pattern(path):
            return f"`{pattern}` in `exclude`"
        decided = self._decide(path)
        if decided is None or not decided[0].include:
            return None
        return f"`{_text(decided[0])}` in {decided[1]}"

    def _decide(self, path: str) -> tuple[Pattern, str] | None:
        for rules in self._folders:
            pattern = rules.decide(path)
            if pattern is not None:
                return pattern, rules.source
        return None


def _write_for_library(line: str) -> str:
    """Write a line so that the library reads it as git does.

    For git, a tab at the end is part of the name, `!/` takes nothing back, and no path has two slashes in a row.
    """
    kept = line.rstrip(" ")
    if kept == "!/" or "//" in kept:
        return ""
    if kept[-1:].isspace() and kept[-2:-1] != "\\":
        line = f"{kept[:-1]}[{kept[-1]}]"
    return _spread_bytes(line)


def _spread_bytes(text: str) -> str:
    """Write a text so that each byte of it is a character, as git counts them: for `?`, `é` is two."""
    if text.isascii():
        return text
    # Not as Latin-1, in which some bytes are blanks.
    return text.encode("utf-8", "surrogateescape").decode("latin-1").translate(_BYTES_APART)


def _text(pattern: Any) -> str:
    """Give the text of a pattern as it stands in its file."""
    text = str(pattern.pattern)
    plain = text.translate(_BYTES_TOGETHER)
    return text if plain == text else plain.encode("latin-1").decode("utf-8", "surrogateescape")


def _names_file(pattern: Any, path: str) -> bool:
    """Return whether a pattern matches a file itself, and not only a folder that it is in."""
    if pattern.include is None:
        return False
    if str(pattern.pattern).endswith("**"):
        return pattern.match_file(path) is not None
    return any(not found.groupdict().get(_END_OF_FOLDER) for found in pattern.regex.finditer(path))


def _names_folder(pattern: Any, path: str) -> bool:
    """Return whether a pattern names this folder; the library lets one match all that is below a folder that it names."""
    text = str(pattern.pattern).lstrip("!").rstrip("/")
    if text.endswith("**"):
        # All that is inside of a folder, which the folder itself is not.
        outside = text.removesuffix("**").lstrip("/")
        return pattern.match_file(path) is not None and not (outside and f"/{path}".endswith(f"/{outside}"))
    ends = [
        found.groupdict().get(_END_OF_FOLDER) and found.start(_END_OF_FOLDER) for found in pattern.regex.finditer(path)
    ]
    return any(not end or end == len(path) - 1 for end in ends)


def folders_above(root: Path) -> list[Path] | None:
    """List the folders above a project up to the top of its repository, the nearest first; None: it is in none."""
    above: list[Path] = []
    for folder in (root, *root.parents):
        if folder != root:
            above.append(folder)
        if (folder / ".git").exists():
            return above
    return None


def find_top(root: Path) -> Path | None:
    """Find the top of the repository that a project lies in."""
    above = folders_above(root)
    return None if above is None else above[-1] if above else root


def split_patterns(text: str) -> list[str]:
    """Split the text of an ignore file into its lines, as git does: nothing but a line feed ends one."""
    return [line.removesuffix("\r") for line in text.removeprefix("\ufeff").split("\n")]


def _read_lines(folder: Path) -> list[str]:
    # Like git, which passes over one that is a link.
    return _read_file(folder / _NAME, follow_link=False)


def _read_file(file: Path, *, follow_link: bool = True) -> list[str]:
    try:
        data = read_regular_file(file, follow_link=follow_link)
        lines = split_patterns(data.decode("utf-8", "surrogateescape"))
    except OSError:
        return []
    # git writes one that holds nothing but comments into every clone.
    return lines if any(line.strip() and line[0] != "#" for line in lines) else []


def _compile(given: Iterable[str]) -> GitIgnoreSpec:
    lines = list(given)
    try:
        return compile_patterns(lines)
    except ValueError:
        # git passes over a line that is no pattern, and so do we.
        return compile_patterns(line for line in lines if _is_pattern(line))


def _is_pattern(line: str) -> bool:
    try:
        compile_patterns([line])
    except ValueError:
        return False
    return True
