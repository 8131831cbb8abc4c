"""What would be written: shown as a unified diff, or done."""

from __future__ import annotations

import difflib
import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from layercheck.atomic_file import is_inside, replace_file
from layercheck.errors import UsageError
from layercheck.regular_file import read_regular_file

if TYPE_CHECKING:
    from collections.abc import Iterator


class Change(NamedTuple):
    """New content for one file."""

    path: Path
    before: str | None
    """None: there is no such file yet."""
    after: str

    def write(self) -> None:
        """Write the file; line endings are those of the text. Raises UsageError."""
        if not is_inside(self.path.parent, self.path):
            raise UsageError(f"{self.path} is a link to a file outside of its folder, which is left alone")
        try:
            replace_file(self.path, self.after.encode("utf-8", "surrogateescape"))
        except OSError as error:
            raise UsageError(f"{self.path}: cannot be written: {error.strerror}") from error

    def diff(self, base: Path) -> str:
        """Write the change as `git apply` reads it; paths are relative to `base`."""
        name = Path(os.path.relpath(self.path, base)).as_posix()
        before = "" if self.before is None else self.before
        lines = difflib.unified_diff(
            _lines(before), _lines(self.after), "/dev/null" if self.before is None else f"a/{name}", f"b/{name}"
        )
        return "".join(_ended(lines))


def read_text(path: Path) -> str:
    """Read a file with its line endings, whatever bytes are in it. Raises OSError."""
    return read_regular_file(path).decode("utf-8", "surrogateescape")


def _lines(text: str) -> list[str]:
    # str.splitlines() would part lines at form feeds and the like as well.
    *ended, rest = text.split("\n")
    return [*(f"{line}\n" for line in ended), *([rest] if rest else [])]


def _ended(lines: Iterator[str]) -> Iterator[str]:
    for line in lines:
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
