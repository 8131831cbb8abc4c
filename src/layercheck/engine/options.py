"""How to check, as opposed to what."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from pathlib import Path

    from layercheck.engine.grounds import Grounds
    from layercheck.files.discovery import Discovery
    from layercheck.files.file_source import FileSource

# Up to this many bytes of source every file is parsed, so that every syntax error is named: about 0.2 s.
SMALL_PROJECT = 2_000_000


class CheckOptions(NamedTuple):
    """How to check, as opposed to what."""

    cache_folder: Path | None = None
    """None: no cache."""
    exact: bool = False
    """Parse every file instead of the suspicious ones."""
    source: FileSource | None = None
    """Where the files are; None: on disk below the project root, with a cache in `cache_folder`."""
    parse: Collection[str] = ()
    """Files to parse whatever they look like, relative to the project root."""
    parse_whole: bool | None = None
    """Whether to parse every file for its syntax errors; None: if the project is small."""
    allow_none: bool = False
    """Whether it is all right that nothing of what was named is a file of the project; for hooks."""
    today: dt.date | None = None
    """The day by which suppression comments and entries of the baseline are or are not past theirs; None: today."""
    is_ci: bool = False
    """Whether a baseline that could be smaller is an error; else it is a hint."""
    note_grounds: Callable[[Grounds], None] | None = None
    """Is told what a report rests on that will be the same as long as that is."""

    @property
    def day(self) -> dt.date:
        """The day of the check."""
        return self.today or dt.date.today()  # noqa: DTZ011  (the user's own calendar)


def is_small(discovery: Discovery) -> bool:
    """Tell whether a project is small enough to be parsed whole."""
    return sum(signature.size for signature in discovery.files.values()) <= SMALL_PROJECT
