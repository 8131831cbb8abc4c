"""Paths that users give: none of them may be empty, as Python would take that for the current folder."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from pathlib import Path


class GivenPath(click.Path):
    """A path; `check "$EMPTY"` is a mistake in a script."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Refuse a path without a letter."""
        if isinstance(value, str) and not value.strip():
            self.fail("the path is empty", param, ctx)
        return super().convert(value, param, ctx)


class CacheFolder(GivenPath):
    """A folder for the cache, which is made if it is not there."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Refuse a folder that nothing can be written to: who names one wants it to be used."""
        folder: Path = super().convert(value, param, ctx)
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            reason = "it is not a folder" if folder.exists() else error.strerror or str(error)
            self.fail(f"{os.fspath(folder)} cannot be used: {reason}", param, ctx)
        if not os.access(folder, os.W_OK | os.X_OK):
            self.fail(f"{os.fspath(folder)} cannot be used: it is not writable", param, ctx)
        return folder
