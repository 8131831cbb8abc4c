"""The files of a baseline as they are on disk: all that is needed to know whether anything has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from layercheck.atomic_file import is_inside
from layercheck.errors import BaselineError, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path


class BaselineText(NamedTuple):
    """One file."""

    path: str
    """POSIX, relative to the project root."""
    data: bytes


def read_texts(root: Path, paths: Iterable[str], read: Callable[[str], bytes]) -> tuple[BaselineText, ...]:
    """Read the files below `root`. Raises BaselineError for one that cannot be read."""
    texts, problems = [], []
    for path in paths:
        place = root / path
        if not is_inside(root, place):
            # What is wrong with a line is told with its words, which are nobody's business here.
            problems.append(Problem("is a link to a file outside of the project", path=place))
            continue
        try:
            texts.append(BaselineText(path, read(path)))
        except OSError as error:
            problems.append(Problem(f"cannot be read: {error.strerror or error}", path=place))
    if problems:
        raise BaselineError(problems)
    return tuple(texts)
