"""Paths that users give: none of them may be empty, as Python would take that for the current folder."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import click

from layercheck.cli.given_values import find_fault_of_folder, is_blank

if TYPE_CHECKING:
    from pathlib import Path


class GivenPath(click.Path):
    """A path; `check "$EMPTY"` is a mistake in a script."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Refuse a path without a letter."""
        if isinstance(value, str) and is_blank(value):
            self.fail("the path is empty", param, ctx)
        return super().convert(value, param, ctx)


class CacheFolder(GivenPath):
    """A folder for the cache, which is made if it is not there."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Refuse a folder that nothing can be written to: who names one wants it to be used."""
        folder: Path = super().convert(value, param, ctx)
        if reason := find_fault_of_folder(folder):
            self.fail(f"{os.fspath(folder)} cannot be used: {reason}", param, ctx)
        return folder
