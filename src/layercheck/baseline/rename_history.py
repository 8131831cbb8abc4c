"""What git tells of a project: when its findings were accepted, and which files were renamed since.

Nothing is written, no index refreshed, no program of the repository's own (hooks, filters of diffs) is run.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from layercheck.baseline.module_renames import Changes
from layercheck.files.discovery import SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_PATIENCE_SECONDS = 60
_DIFF = ("diff", "--relative", "--name-status", "-M", "-z", "--no-ext-diff", "--no-textconv", "--ignore-submodules=all")


class History:
    """The history of one project; every question is answered with nothing where there is no git to ask."""

    def __init__(self, root: Path) -> None:
        self._root = root

    @property
    def is_shallow(self) -> bool:
        """Whether the beginning of the history is missing, so that renames cannot be seen."""
        return self._ask("rev-parse", "--is-shallow-repository").strip() == b"true"

    def find_acceptance(self, path: str) -> str:
        """Find the commit that last changed a file of the baseline, under whatever name; else the last commit of all."""
        log = ("log", "-1", "--format=%H")
        commit = self._ask(*log, "--follow", "--diff-filter=AMC", "--", path) or self._ask(*log, "HEAD")
        return commit.decode("ascii", "replace").strip()

    def changes_since(self, commit: str) -> Changes:
        """Compare a commit with the files as they are now."""
        diff = self._ask(*_DIFF, commit)
        untracked = self._ask("ls-files", "--others", "--exclude-standard", "-z")
        renamed: dict[str, str] = {}
        vanished: set[str] = set()
        appeared = {path for path in _split(untracked) if _is_source(path)}
        for status, path, other in _read_statuses(diff):
            if not _is_source(other):
                continue
            if status == "R":
                renamed[path] = other
            elif status == "D":
                vanished.add(path)
            elif status in {"A", "C"}:
                appeared.add(other)
        return Changes(renamed, vanished, appeared)

    def read(self, commit: str, path: str) -> bytes:
        """Read a file as it was; nothing where there was none."""
        return self._ask("cat-file", "blob", f"{commit}:./{path}")

    def _ask(self, *arguments: str) -> bytes:
        import subprocess  # noqa: PLC0415  (only a stale baseline ever asks)

        from layercheck.files.git.process import run_git  # noqa: PLC0415  (see above)

        try:
            process = run_git(self._root, ["--literal-pathspecs", *arguments], timeout=_PATIENCE_SECONDS)
        except (OSError, subprocess.TimeoutExpired):
            return b""
        return process.stdout if process.returncode == 0 else b""


def _split(output: bytes) -> list[str]:
    return [os.fsdecode(part) for part in output.split(b"\0") if part]


def _read_statuses(output: bytes) -> Iterator[tuple[str, str, str]]:
    """Read `status, path` and, for what was renamed or copied, `status, old path, new path`."""
    parts = iter(_split(output))
    for status in parts:
        path = next(parts, "")
        other = next(parts, "") if status[0] in "RC" else path
        yield status[0], path, other


def _is_source(path: str) -> bool:
    return path.endswith(SUFFIXES)
