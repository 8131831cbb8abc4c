"""The files of a baseline as they are on disk: all that is needed to know whether anything has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

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
        try:
            texts.append(BaselineText(path, read(path)))
        except OSError as error:
            problems.append(Problem(f"cannot be read: {error.strerror or error}", path=root / path))
    if problems:
        raise BaselineError(problems)
    return tuple(texts)
