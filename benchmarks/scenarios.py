"""In which state each run finds the project and the tool's cache."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


COLD = "cold"
WARM = "warm"
CHANGED = "one file changed"
IMPORTED = "one import added"


@contextmanager
def scenarios(file: Path) -> Iterator[dict[str, Callable[[Path], None]]]:
    """Offer all scenarios, each as what is done before a run, given the tool's own cache folder.

    `file` is the one that changes, and is mended at the end. In all scenarios the operating system has the files in
    memory, after the round that does not count.
    """
    original = file.read_bytes()

    def change(_cache: Path) -> None:
        with file.open("ab") as source:
            source.write(b"# one more line\n")

    def add_import(_cache: Path) -> None:
        with file.open("ab") as source:
            source.write(b"import module_%d\n" % source.tell())

    try:
        yield {COLD: forget, WARM: keep, CHANGED: change, IMPORTED: add_import}
    finally:
        file.write_bytes(original)


def keep(_cache: Path) -> None:
    """Leave everything as the run before has left it."""


def forget(cache: Path) -> None:
    """Delete the cache of the tool."""
    shutil.rmtree(cache, ignore_errors=True)
