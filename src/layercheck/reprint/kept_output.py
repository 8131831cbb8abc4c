"""The file that holds the last output, and whether it would be the same now.

Hardly anything is imported for it: where nothing has changed, a run costs little more than the start of Python.
"""

from __future__ import annotations

import marshal
import os
import stat
import sys
import time

from layercheck.facts.cache_folder import FOLDER_NAME, TICK_NS, is_older, prepare_folder
from layercheck.facts.sealed_file import find_secret, read_sealed, write_sealed
from layercheck.files.marks import are_settled, list_names, mark, mark_listing
from layercheck.plugins.metadata import list_entry_points
from layercheck.reprint.question import describe_program, describe_question

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from layercheck.engine.grounds import Grounds
    from layercheck.files.marks import Mark

_FILE_NAME = "output.marshal"
_CACHE_OPTION = "--cache-dir"


def find_output() -> tuple[bytes, int] | None:
    """Return what the last run printed and its exit code, if this one would print the same."""
    if sys.argv[1:2] != ["check"]:
        return None
    try:
        data = next(filter(None, map(read_sealed, _list_places(sys.argv[2:]))), None)
        secret = find_secret()
        if data is None or secret is None:
            return None
        program = describe_program()
        # Another version may write it in another form.
        if not data.startswith(program):
            return None
        kept = marshal.loads(data[len(program) :])  # noqa: S302  (sealed by us)
        question, day, root, names, modules, folders, files, output, code = kept
        is_same = (
            question == describe_question(secret)
            and (not day or day == time.strftime("%Y-%m-%d"))
            and list_names(root, FOLDER_NAME) == names
            and _are_same(folders, files)
            and _are_modules_same(root, modules)
        )
    except OSError:
        # Something went, perhaps the current folder.
        return None
    return (output, code) if is_same else None


class OutputKeeper:
    """Keeps the output of one check, with all that it rests on."""

    def __init__(self, folder: Path, root: str, started_ns: int) -> None:
        """Keep it in `folder`; the check of `root` is about to begin in a run that began at `started_ns`."""
        self._folder = folder
        self._root = root
        self._started_ns = started_ns
        self._names = list_names(root, FOLDER_NAME)
        self._grounds: Grounds | None = None

    def note(self, grounds: Grounds) -> None:
        """Note what the report rests on; without that, nothing is kept."""
        self._grounds = grounds

    def keep(self, output: bytes, code: int) -> None:
        """Keep what was printed and the exit code, unless something may have changed since it was read."""
        secret, grounds = find_secret(), self._grounds
        if secret is None or grounds is None or not is_older(grounds.modules.values(), self._started_ns):
            return
        listed = (*(path for path in grounds.folders if path != self._root), *sys.path)
        folders = [(path, mark_listing(path)) for path in dict.fromkeys(listed)]
        files = [(path, mark(path)) for path in (*grounds.files, *list_entry_points(sys.path))]
        if not are_settled((each for _, each in (*folders, *files)), self._started_ns - TICK_NS):
            return
        modules = [(path, *signature) for path, signature in grounds.modules.items()]
        try:
            if list_names(self._root, FOLDER_NAME) != self._names:
                return
            question = describe_question(secret)
            kept = (question, grounds.day, self._root, self._names, modules, folders, files, output, code)
            prepare_folder(self._folder)
            write_sealed(self._folder / _FILE_NAME, describe_program() + marshal.dumps(kept))
        except OSError:
            return  # a cache may be refused


def _list_places(arguments: Iterable[str]) -> Iterator[str]:
    """List where an output may be kept: in the folder that is named for it, or in that of a project around what is named."""
    arguments, starts = list(arguments), [os.getcwd()]  # noqa: PTH109  (without pathlib)
    for at, argument in enumerate(arguments):
        name, has_value, value = argument.partition("=")
        if name == _CACHE_OPTION:
            yield f"{value if has_value else ''.join(arguments[at + 1 : at + 2])}/{_FILE_NAME}"
            return
        if not argument.startswith("-"):
            starts.append(os.path.abspath(argument))  # noqa: PTH100
    for start in starts:
        folder, last = start, ""
        while folder != last:
            yield f"{folder}/{FOLDER_NAME}/{_FILE_NAME}"
            folder, last = os.path.dirname(folder), folder  # noqa: PTH120


def _are_same(folders: Iterable[tuple[str, Mark]], files: Iterable[tuple[str, Mark]]) -> bool:
    return all(mark_listing(path) == then for path, then in folders) and all(mark(path) == then for path, then in files)


def _are_modules_same(root: str, modules: Iterable[tuple[str, int, int, int, int]]) -> bool:
    look, regular = os.stat, stat.S_ISREG
    for path, size, mtime_ns, ctime_ns, inode in modules:
        status = look(f"{root}/{path}")
        if (
            status.st_mtime_ns != mtime_ns
            or status.st_size != size
            or status.st_ctime_ns != ctime_ns
            or status.st_ino != inode
            or not regular(status.st_mode)
        ):
            return False
    return True
