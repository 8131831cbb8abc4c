"""Which files belong to a project: one walk over the tree, nothing opened but `.gitignore` files."""

from __future__ import annotations

import errno
import os
import stat
from typing import TYPE_CHECKING, NamedTuple

from layercheck.facts.signature import Signature
from layercheck.files.git.index import TrackedFiles
from layercheck.files.ignore_rules import IgnoreRules, folders_above
from layercheck.files.manifest_entries import BY_NAME, find_project_files, project_files_in
from layercheck.files.manifest_names import ENVIRONMENT_FOLDERS, ENVIRONMENT_MARKER, is_project_file
from layercheck.regular_file import LARGEST_FILE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

SUFFIXES = (".py", ".pyi")
BASELINE_NAME = "layercheck-baseline.txt"
"""What a file of accepted findings is called; there may be one in any folder."""

NO_MODULE = "is a folder, not a module"
NO_TEXT = "has a name that is not valid UTF-8"
DEAD_LINK = "is a link to a file that does not exist"
"""Why an entry that is called like a module is none."""

# Folders that never hold a project's own modules.
FOREIGN_FOLDERS = frozenset({"node_modules", "site-packages", "__pycache__", "__pypackages__"})
# The same, unless they are packages: a backend may well have a package called `build`.
GENERATED_FOLDERS = frozenset({"build", "dist", "env", "venv", "virtualenv", "htmlcov", "eggs", "wheelhouse", "_build"})
# Files that mark a folder as a virtual environment, whatever its name.
_ENVIRONMENT_MARKERS = frozenset({"pyvenv.cfg", "conda-meta"})
_DANGLING: dict[int | None, str] = {
    errno.ENOENT: DEAD_LINK,
    errno.ENOTDIR: DEAD_LINK,
    errno.ELOOP: "is a link that leads back to itself",
}


class Discovery(NamedTuple):
    """The files of a project; paths are POSIX, relative to the project root, sorted."""

    files: dict[str, Signature]
    unreadable: dict[str, str]
    """Entries that are called like a module and are none: path → why."""
    baselines: tuple[str, ...] = ()
    """The files that hold accepted findings."""
    project_files: tuple[str, ...] = ()
    """The files that tell about the project (README, manifests, …), those between it and the top of its repository
    included (`../README.md`), whether or not a `.gitignore` leaves them out."""
    place: str | None = None
    """The project root as seen from the top of its repository (`backend`; empty: it is the top); None: it is in none."""
    idle_excludes: tuple[int, ...] = ()
    """The patterns of `exclude`, by their index, that left out nothing and kept nothing in."""
    not_checked_out: tuple[str, ...] = ()
    """Modules, baselines and project files that are not on disk because the checkout is sparse: they are not deleted."""


def discover(root: Path, *, below: str = "", exclude: Sequence[str] = ()) -> Discovery:
    """Find the Python files below `root` (or only below its folder `below`).

    Left out: what `exclude` names, folders that start with a dot, virtual environments and installed packages; and,
    unless git tracks it, what a `.gitignore` names and what lies in build folders. A link to a folder inside the project
    is not followed: the folder is read where it stands; a link to a folder outside is followed once.
    """
    ignores = IgnoreRules.for_project(root, exclude)
    walk = _Walk(root, ignores)
    walk.visit(below, walk.root_ignores(below))
    above = walk.above
    place = None if above is None else root.parts[len(root.parts) - len(above) :]
    if place is None or not FOREIGN_FOLDERS.isdisjoint(place):
        # An installed package belongs to no repository, though its environment may lie in one.
        above, place = None, None
    return Discovery(
        dict(sorted(walk.files.items())),
        dict(sorted(walk.unreadable.items())),
        tuple(sorted(walk.baselines)),
        tuple(filter(is_text, (*sorted(walk.project_files), *project_files_in(above or ())))),
        None if place is None else "/".join(place),
        ignores.list_idle_excludes(),
        ()
        if place is None
        else tuple(path for path in walk.tracked.list_not_checked_out() if _would_be_read(path, ignores)),
    )


def _would_be_read(path: str, ignores: IgnoreRules) -> bool:
    """Tell whether the walk would take a tracked file, were it on disk."""
    *folders, name = path.split("/")
    above = ["/".join(folders[:depth]) for depth in range(1, len(folders) + 1)]
    if not all(map(may_hold_modules, folders)) or any(
        ignores.excludes(each) for each in (*(f"{f}/" for f in above), path)
    ):
        return False
    return name.endswith(SUFFIXES) or name == BASELINE_NAME or is_project_file("/".join(folders), name)


def read_signature(path: Path) -> Signature:
    """Stat one file. Raises OSError."""
    return _signature(path.stat())


class _Folder(NamedTuple):
    """A folder that is still to be visited."""

    path: str
    rules: IgnoreRules
    only_tracked: bool
    """A `.gitignore` leaves it out, or a build made it: only what git tracks in it is read."""


class _Walk:
    def __init__(self, root: Path, ignores: IgnoreRules) -> None:
        self.files: dict[str, Signature] = {}
        self.unreadable: dict[str, str] = {}
        self.baselines: list[str] = []
        self.project_files: list[str] = []
        self._root = os.fspath(root)
        self._real_root = os.path.realpath(root)
        self._ignores = ignores
        self.above = folders_above(root)
        self._top = os.path.realpath(self.above[-1]) if self.above else self._real_root
        """The top of the repository: links to project files outside of it are not followed."""
        self.tracked = TrackedFiles(root)
        self._followed: set[str] = set()

    def root_ignores(self, below: str) -> IgnoreRules:
        """Collect the ignore rules of the folders between the root and `below`."""
        ignores, parts = self._ignores, below.split("/") if below else []
        for depth in range(len(parts)):
            ignores = ignores.entering("/".join(parts[:depth]), self._absolute("/".join(parts[:depth])))
        return ignores

    def visit(self, folder: str, ignores: IgnoreRules) -> None:
        pending = [_Folder(folder, ignores, only_tracked=False)]
        while pending:
            current = pending.pop()
            path = current.path
            try:
                entries = sorted(os.scandir(self._absolute(path)), key=BY_NAME)
            except OSError as error:
                self.unreadable[path or "."] = f"is a folder whose content cannot be listed: {error.strerror}"
                continue
            names = {entry.name for entry in entries}
            if path and is_environment(names):
                self._note_environment(path)
                continue
            if path and is_generated(path, names):
                if not self.tracked.has_any_in(path):
                    continue
                current = current._replace(only_tracked=True)
            if ".gitignore" in names:
                current = current._replace(rules=current.rules.entering(path, self._absolute(path)))
            prefix = f"{path}/" if path else ""
            found = [prefix + entry.name for entry in find_project_files(path, entries, self._top)]
            self.project_files.extend(each for each in found if not current.only_tracked or self.tracked.has(each))
            if BASELINE_NAME in names and (not current.only_tracked or self.tracked.has(prefix + BASELINE_NAME)):
                self.baselines.append(prefix + BASELINE_NAME)
            pending.extend(self._enter(prefix, entries, current))

    def _enter(self, prefix: str, entries: Iterable[os.DirEntry[str]], folder: _Folder) -> Iterator[_Folder]:
        """Take the files of one folder, and yield the folders in it that are to be visited."""
        odd_folders, has_modules, rules = [], False, folder.rules
        takes_all = rules.is_empty and not folder.only_tracked
        for entry in entries:
            name = entry.name
            try:
                is_folder = entry.is_dir()
            except OSError:
                is_folder = False
            if not is_folder and not name.endswith(SUFFIXES):
                continue
            path = prefix + name
            if not is_folder:
                is_left_out = not takes_all and (folder.only_tracked or rules.is_git_ignored(path))
                if takes_all or (not rules.excludes(path) and (not is_left_out or self.tracked.has(path))):
                    has_modules = True
                    self._take(path, entry)
            elif may_hold_modules(name):
                # Of a folder that is ignored, what git tracks is read all the same.
                is_left_out = folder.only_tracked or rules.is_git_ignored(f"{path}/")
                is_link = entry.is_symlink()
                if (
                    rules.excludes(f"{path}/")
                    or (is_left_out and not (self.tracked.has(path) if is_link else self.tracked.has_any_in(path)))
                    or (is_link and not self._may_follow(entry))
                ):
                    self._note_environment(path)
                    continue
                if name.endswith(SUFFIXES):
                    odd_folders.append(path)
                yield _Folder(path, rules, only_tracked=is_left_out and not is_link)
            elif name in ENVIRONMENT_FOLDERS:
                self._note_environment(path)
        if has_modules:
            # Beside modules it passes for one; a checkout called `discord.py` among other folders does not.
            self.unreadable.update(dict.fromkeys(odd_folders, NO_MODULE))

    def _take(self, path: str, entry: os.DirEntry[str]) -> None:
        try:
            status = entry.stat()
        except OSError as error:
            is_dangling = entry.is_symlink() and error.errno in _DANGLING
            self.unreadable[path] = _DANGLING[error.errno] if is_dangling else f"cannot be read: {error.strerror}"
            return
        if not stat.S_ISREG(status.st_mode):
            self.unreadable[path] = "is not a regular file"
        elif status.st_size > LARGEST_FILE:
            self.unreadable[path] = f"is larger than {LARGEST_FILE >> 20} MB"
        elif not is_text(path):
            self.unreadable[path] = NO_TEXT
        else:
            self.files[path] = _signature(status)

    def _note_environment(self, folder: str) -> None:
        """Take down a virtual environment, of which nothing is read."""
        if os.path.isfile(f"{self._absolute(folder)}/{ENVIRONMENT_MARKER}"):  # noqa: PTH113  (half the time of Path)
            names = (ENVIRONMENT_MARKER, ".gitignore")
            found = (f"{folder}/{name}" for name in names)
            self.project_files.extend(path for path in found if os.path.isfile(self._absolute(path)))  # noqa: PTH113

    def _may_follow(self, entry: os.DirEntry[str]) -> bool:
        real = os.path.realpath(entry.path)
        if real in self._followed or holds(self._real_root, real) or holds(real, self._real_root):
            return False
        self._followed.add(real)
        return True

    def _absolute(self, path: str) -> str:
        return f"{self._root}/{path}" if path else self._root


def may_hold_modules(folder_name: str) -> bool:
    """Tell by its name whether a folder may hold modules of the project."""
    return not folder_name.startswith(".") and folder_name not in FOREIGN_FOLDERS


def holds(folder: str, path: str) -> bool:
    """Tell whether a path lies in a folder, which lies in itself."""
    return path == folder or path.startswith(f"{folder.rstrip('/')}/")


def is_text(path: str) -> bool:
    """Tell whether a path is valid UTF-8."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True


def is_environment(names: set[str]) -> bool:
    """Tell by its entries whether a folder is a virtual environment."""
    return not names.isdisjoint(_ENVIRONMENT_MARKERS)


def is_generated(folder: str, names: set[str]) -> bool:
    """Tell by its name and entries whether a build makes a folder."""
    name = folder.rpartition("/")[2]
    return (name in GENERATED_FOLDERS or name.endswith((".egg-info", ".egg"))) and "__init__.py" not in names


def _signature(status: os.stat_result) -> Signature:
    return Signature(status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
