"""Checking once, or again and again with projects that are kept in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck.engine.build import open_project
from layercheck.engine.check import check
from layercheck.engine.workspace import Workspace
from layercheck.files.file_source import DiskSource
from layercheck.files.overlay_source import OverlaySource

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from layercheck.engine.build import OpenedProject
    from layercheck.engine.options import CheckOptions
    from layercheck.engine.project_target import ProjectTarget
    from layercheck.model.report import Report

_MOST_PROJECTS = 4


class DeclinedError(BaseException):
    """Says that this process must not check this project. Not an `Exception`, as no caller can handle it."""


class Checking:
    """Checks projects, each as if it were the first time."""

    def check(self, target: ProjectTarget, options: CheckOptions, texts: Mapping[str, bytes] | None = None) -> Report:
        """Check a project on disk, with `texts` in the place of files (path → content). Raises what `check` raises."""
        if texts is None:
            return check(target, options)
        source = OverlaySource(target.root, DiskSource(target.root, options.cache_folder), texts)
        return check(target, options._replace(source=source))

    def open(self, target: ProjectTarget, options: CheckOptions, texts: Mapping[str, bytes]) -> OpenedProject:
        """Give the project that was checked last, for questions about the report; its whole, whatever the target names.

        Raises NothingCheckedError without files.
        """
        source = OverlaySource(target.root, DiskSource(target.root, options.cache_folder), texts)
        return open_project(target._replace(paths=()), options._replace(source=source))


class KeptChecking(Checking):
    """Checks projects, and keeps what is known of the last few."""

    def __init__(self) -> None:
        self._kept: dict[tuple[Path, Path | None], Workspace] = {}
        self._last: Path | None = None
        self._bound: Path | None = None
        self._is_bound = False

    def bind(self) -> None:
        """Check no other project from now on than the last one."""
        self._is_bound, self._bound = True, self._last

    def check(self, target: ProjectTarget, options: CheckOptions, texts: Mapping[str, bytes] | None = None) -> Report:
        """Check a project with what is known of it already. Raises DeclinedError for another than the bound one."""
        if self._is_bound and target.root != self._bound:
            raise DeclinedError
        self._last = target.root
        key = (target.root, options.cache_folder)
        kept = self._kept.pop(key, None) or Workspace(target.root, DiskSource(*key))
        # The one that was asked for last is the last to be forgotten.
        self._kept[key] = kept
        while len(self._kept) > _MOST_PROJECTS:
            del self._kept[next(iter(self._kept))]
        return kept.check(target, options, texts or {})

    def open(self, target: ProjectTarget, options: CheckOptions, texts: Mapping[str, bytes]) -> OpenedProject:
        """Give what is kept of the project that was checked last."""
        kept = self._kept.get((target.root, options.cache_folder))
        return (None if kept is None else kept.lend(texts)) or super().open(target, options, texts)

    def warm_up(self) -> None:
        """Make ready for an edit in the project that was checked last."""
        if self._kept:
            self._kept[next(reversed(self._kept))].warm_up()
