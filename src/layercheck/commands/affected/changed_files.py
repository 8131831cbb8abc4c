"""The files of a project that differ from a commit."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING, NamedTuple

from layercheck.commands.diff.revisions import find_base, find_commit, refuse_nothing
from layercheck.files.git.runner import Repository

if TYPE_CHECKING:
    from pathlib import Path

    from layercheck.commands.diff.change import Base


_USAGE = "layercheck affected --since REVISION"


class ChangedFiles(NamedTuple):
    """What a change consists of; paths are relative to the project root."""

    base: Base
    present: tuple[str, ...]
    """Files that were changed or added, whatever kind they are, untracked ones included."""
    deleted: tuple[str, ...]
    """Files that the commit has; a renamed file is deleted, and added under its new name."""
    outside: int
    """How many files changed in other folders of the repository."""


def find_changed_files(root: Path, revision: str | None) -> ChangedFiles:
    """Compare the files on disk with a commit (None: where the work left the main branch). Raises HistoryError."""
    repository = Repository.around(root)
    base = find_base(repository, revision, None, _USAGE)
    prefix = f"{repository.prefix}/" if repository.prefix else ""
    before = repository.files_of(base.commit)
    inside: list[str] = []
    outside = 0
    with repository.open_blobs() as reader:
        for path in repository.files_that_may_differ(base.commit):
            if not path.startswith(prefix):
                outside += 1
                continue
            own = path[len(prefix) :]
            known = before.get(path)
            # Git takes a file for changed that was only touched.
            if known is None or not stat.S_ISREG(known.mode) or _read(root / own) != reader.read(known.blob):
                inside.append(own)
    if revision is None and not inside and not outside and base.commit == find_commit(repository, "HEAD"):
        refuse_nothing(repository, _USAGE)
    present = tuple(path for path in inside if (root / path).is_symlink() or (root / path).exists())
    return ChangedFiles(base, present, tuple(sorted({*inside} - {*present})), outside)


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None
