"""The files that belong to a project, and what the names of files and folders say of that."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from layercheck.files.manifest_names import ENVIRONMENT_FOLDERS

if TYPE_CHECKING:
    from layercheck.facts.signature import Signature

SUFFIXES = (".py", ".pyi")
OTHER_SUFFIXES = (".ipynb", ".pyw", ".pyx")
"""Files that import as well, and that are not read."""
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
_DISTRIBUTION, _SEVERAL = ".dist-info", 3


class Looks(NamedTuple):
    """What a walk over a disk looked at besides the files that it found; absolute paths."""

    folders: tuple[str, ...] = ()
    """The folders whose content was listed."""
    files: tuple[str, ...] = ()
    """Files that need not be there."""


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
    unread: tuple[str, ...] = ()
    """What may import and is not read: files in other formats, and links to folders that are read elsewhere (`app/x/`)."""
    looks: Looks = Looks()


def may_hold_modules(folder_name: str) -> bool:
    """Return whether the name of a folder allows modules of the project in it."""
    return not folder_name.startswith(".") and folder_name not in FOREIGN_FOLDERS


def is_never_read(pattern: str) -> bool:
    """Return whether a path or a pattern for paths names no modules: other files, or folders that may be left unread."""
    parts = pattern.split("/")
    is_other_file = os.path.splitext(parts[-1])[1].strip("*") not in {"", ".", *SUFFIXES}  # noqa: PTH122
    return is_other_file or any(
        not may_hold_modules(part) or part in GENERATED_FOLDERS or part in ENVIRONMENT_FOLDERS for part in parts
    )


def holds(folder: str, path: str) -> bool:
    """Return whether a path lies in a folder, which lies in itself."""
    return path == folder or path.startswith(f"{folder.rstrip('/')}/")


def is_text(path: str) -> bool:
    """Return whether a path is valid UTF-8."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True


def is_environment(names: set[str]) -> bool:
    """Return whether the entries of a folder are those of a virtual environment."""
    return not names.isdisjoint(_ENVIRONMENT_MARKERS)


def holds_distributions(names: set[str]) -> bool:
    """Return whether the entries of a folder are libraries installed there (`pip install --target`), more than one unpacked."""
    return sum(name.endswith(_DISTRIBUTION) for name in names) >= _SEVERAL


def is_generated(folder: str, names: set[str]) -> bool:
    """Return whether the name and entries of a folder are those of build output."""
    name = folder.rpartition("/")[2]
    return (name in GENERATED_FOLDERS or name.endswith((".egg-info", ".egg"))) and "__init__.py" not in names
