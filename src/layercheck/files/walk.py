"""One walk over the folders of a project, on disk or in a commit: which files belong to it."""

from __future__ import annotations

import contextlib
from bisect import bisect_left
from operator import attrgetter
from typing import TYPE_CHECKING, Generic, NamedTuple, Protocol, TypeVar

from layercheck.files.discovery import (
    BASELINE_NAME,
    NO_MODULE,
    NO_TEXT,
    OTHER_SUFFIXES,
    SUFFIXES,
    Discovery,
    holds,
    holds_distributions,
    is_environment,
    is_generated,
    is_text,
    may_hold_modules,
)
from layercheck.files.manifest_names import (
    ENVIRONMENT_FOLDERS,
    ENVIRONMENT_MARKER,
    is_named_as_one,
    is_project_file,
    may_hold_requirements,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from layercheck.facts.signature import Signature
    from layercheck.files.ignore_rules import IgnoreRules

_IGNORES = ".gitignore"
_ALL_SUFFIXES = (*SUFFIXES, *OTHER_SUFFIXES)
_BY_NAME = attrgetter("name")


class Entry(Protocol):
    """What a folder holds, as `os.scandir` gives it; a link is what it leads to. The methods may raise OSError."""

    @property
    def name(self) -> str:
        """The last part of the path."""

    @property
    def path(self) -> str:
        """Where the folder that it is can be listed."""

    def is_dir(self) -> bool:
        """Return whether it is a folder."""

    def is_file(self) -> bool:
        """Return whether it is a file."""

    def is_symlink(self) -> bool:
        """Return whether it is a link."""


class Tracked(Protocol):
    """What git tracks; paths are relative to the project root."""

    def has(self, path: str) -> bool:
        """Return whether a file, or a link, is tracked."""

    def has_any_in(self, folder: str) -> bool:
        """Return whether anything at any depth in a folder is tracked."""


E = TypeVar("E", bound=Entry)


class Folders(Protocol[E]):
    """The folders of a disk or a commit; locations are how it calls its files and folders, with slashes."""

    @property
    def root(self) -> str:
        """The location of the project."""

    @property
    def above(self) -> Sequence[str]:
        """The locations of the folders above it up to the top of its repository, the nearest first."""

    @property
    def has_ignores(self) -> bool:
        """Whether `.gitignore` files have a say."""

    @property
    def tracked(self) -> Tracked:
        """What git tracks of the project."""

    def entries(self, location: str) -> Iterable[E]:
        """List what a folder holds, in any order. Raises OSError."""

    def real(self, location: str) -> str:
        """Follow all links on the way to a location."""

    def is_inside(self, entry: E) -> bool:
        """Return whether a link leads to something in the repository."""

    def has_file(self, location: str) -> bool:
        """Return whether a file is at a location."""

    def sign(self, entry: E) -> Signature | str:
        """Return the signature of a file, by which a change is noticed, or the reason why it cannot be read."""


class _Visit(NamedTuple):
    """A folder that is still to be visited."""

    path: str
    location: str
    rules: IgnoreRules
    only_tracked: bool
    """A `.gitignore` leaves it out, or a build made it: only what git tracks in it is read."""


def walk(folders: Folders[E], rules: IgnoreRules, below: str = "") -> Discovery:
    """Find the files of a project, or those below one of its folders, without what the rules leave out.

    Left out are also folders that start with a dot, virtual environments and installed packages, and, unless git tracks
    it, what a build made. A link to a folder inside the project is not followed: the folder is read where it is; a
    link to a folder outside is followed once.
    """
    found = _Walk(folders)
    found.visit(below, rules)
    return Discovery(
        dict(sorted(found.files.items())),
        dict(sorted(found.unreadable.items())),
        tuple(sorted(found.baselines)),
        tuple(filter(is_text, (*sorted(found.project_files), *found.find_project_files_above()))),
        idle_excludes=rules.list_idle_excludes(),
        unread=tuple(filter(is_text, sorted((*found.others, *found.list_unread_links())))),
    )


class _Walk(Generic[E]):
    def __init__(self, folders: Folders[E]) -> None:
        self.files: dict[str, Signature] = {}
        self.unreadable: dict[str, str] = {}
        self.baselines: list[str] = []
        self.project_files: list[str] = []
        self.others: list[str] = []
        """Files that import, and are not read."""
        self._folders = folders
        self._tracked = folders.tracked
        self._real_root = folders.real(folders.root)
        self._followed: dict[str, str] = {}
        """What links to folders outside lead to → the path under which it is read."""
        self._unfollowed: dict[str, str] = {}
        """Links to folders that are read elsewhere → what they lead to."""

    def visit(self, folder: str, rules: IgnoreRules) -> None:
        location = self._folders.root
        for depth, name in enumerate(parts := folder.split("/") if folder else []):
            if self._folders.has_ignores:
                rules = rules.entering("/".join(parts[:depth]), location)
            location = f"{location}/{name}"
        pending = [_Visit(folder, location, rules, only_tracked=False)]
        while pending:
            current = pending.pop()
            path = current.path
            try:
                entries = self._list(current.location)
            except OSError as error:
                self.unreadable[path or "."] = f"is a folder whose content cannot be listed: {error.strerror}"
                continue
            names = {entry.name for entry in entries}
            if path and is_environment(names):
                self._note_environment(path, current.location)
                continue
            if path and holds_distributions(names):
                continue
            if path and is_generated(path, names):
                if not self._tracked.has_any_in(path):
                    continue
                current = current._replace(only_tracked=True)
            if _IGNORES in names and self._folders.has_ignores:
                current = current._replace(rules=current.rules.entering(path, current.location))
            prefix = f"{path}/" if path else ""
            found = [prefix + entry.name for entry in self._find_project_files(path, entries)]
            self.project_files.extend(each for each in found if not current.only_tracked or self._tracked.has(each))
            if BASELINE_NAME in names and (not current.only_tracked or self._tracked.has(prefix + BASELINE_NAME)):
                self.baselines.append(prefix + BASELINE_NAME)
            pending.extend(self._enter(prefix, entries, current))

    def find_project_files_above(self) -> Iterator[str]:
        """Find the project files in the folders above the project."""
        for height, location in enumerate(self._folders.above, 1):
            with contextlib.suppress(OSError):
                found = self._find_project_files("", self._list(location))
                yield from (f"{'../' * height}{entry.name}" for entry in found)

    def _list(self, location: str) -> list[E]:
        return sorted(self._folders.entries(location), key=_BY_NAME)

    def _find_project_files(self, folder: str, entries: Iterable[E]) -> Iterator[E]:
        """Find the project files among the entries of a folder.

        A link that leads out of the repository is none: what rules say of a project file is not for a file of somebody
        else.
        """
        if may_hold_requirements(folder):
            found = [entry for entry in entries if is_project_file(folder, entry.name)]
        else:
            # Most folders, with most of all entries: for each of them this is a look into a table.
            found = [entry for entry in entries if is_named_as_one(entry.name)]
        for entry in found:
            with contextlib.suppress(OSError):
                if entry.is_file() and (not entry.is_symlink() or self._folders.is_inside(entry)):
                    yield entry

    def _enter(self, prefix: str, entries: Iterable[E], folder: _Visit) -> Iterator[_Visit]:
        """Take the files of one folder, and yield the folders in it that are to be visited."""
        odd_folders, has_modules, rules = [], False, folder.rules
        takes_all = rules.is_empty and not folder.only_tracked
        for entry in entries:
            name = entry.name
            try:
                is_folder = entry.is_dir()
            except OSError:
                is_folder = False
            if not is_folder and not name.endswith(_ALL_SUFFIXES):
                continue
            path = prefix + name
            if not is_folder:
                is_left_out = not takes_all and (folder.only_tracked or rules.is_git_ignored(path))
                if takes_all or (not rules.excludes(path) and (not is_left_out or self._tracked.has(path))):
                    has_modules = name.endswith(SUFFIXES) or has_modules
                    self._take(path, entry)
            elif may_hold_modules(name):
                # Of a folder that is ignored, what git tracks is read all the same.
                is_left_out = folder.only_tracked or rules.is_git_ignored(f"{path}/")
                is_link = entry.is_symlink()
                if (
                    rules.excludes(f"{path}/")
                    or (is_left_out and not (self._tracked.has(path) if is_link else self._tracked.has_any_in(path)))
                    or (is_link and not self._may_follow(path, entry))
                ):
                    self._note_environment(path, entry.path)
                    continue
                if name.endswith(SUFFIXES):
                    odd_folders.append(path)
                yield _Visit(path, entry.path, rules, only_tracked=is_left_out and not is_link)
            elif name in ENVIRONMENT_FOLDERS:
                self._note_environment(path, entry.path)
        if has_modules:
            # Beside modules it passes for one; a checkout called `discord.py` among other folders does not.
            self.unreadable.update(dict.fromkeys(odd_folders, NO_MODULE))

    def _take(self, path: str, entry: E) -> None:
        if not path.endswith(SUFFIXES):
            self.others.append(path)
            return
        signed = self._folders.sign(entry)
        if isinstance(signed, str):
            self.unreadable[path] = signed
        elif not is_text(path):
            self.unreadable[path] = NO_TEXT
        else:
            self.files[path] = signed

    def _note_environment(self, folder: str, location: str) -> None:
        """Take down a virtual environment, of which nothing is read."""
        if self._folders.has_file(f"{location}/{ENVIRONMENT_MARKER}"):
            found = (name for name in (ENVIRONMENT_MARKER, _IGNORES) if self._folders.has_file(f"{location}/{name}"))
            self.project_files.extend(f"{folder}/{name}" for name in found)

    def list_unread_links(self) -> Iterator[str]:
        """List the links to folders of the project that hold modules: an import through one is not followed."""
        places = sorted({f"{path.rpartition('/')[0]}/" for path in self.files}) if self._unfollowed else []
        for link, real in self._unfollowed.items():
            inside = "" if holds(real, self._real_root) else real[len(self._real_root) :].strip("/")
            beginning = f"{self._followed.get(real, inside)}/".removeprefix("/")
            at = bisect_left(places, beginning)
            if any(place.startswith(beginning) for place in places[at : at + 1]):
                yield f"{link}/"

    def _may_follow(self, path: str, entry: E) -> bool:
        real = self._folders.real(entry.path)
        if real in self._followed or holds(self._real_root, real) or holds(real, self._real_root):
            self._unfollowed[path] = real
            return False
        self._followed[real] = path
        return True
