"""Paths as CI servers resolve them: relative to the top of the repository, links resolved."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from layercheck.reporters.display import join_path

if TYPE_CHECKING:
    from layercheck.rule.render_context import RenderContext


class RepositoryPaths:
    """Translates the paths of one report, each once.

    A linked folder is read where the link is, but a server knows its files only where they really are.
    """

    def __init__(self, context: RenderContext) -> None:
        self._root = os.path.realpath(context.root)
        self._top = self._root if context.repository is None else os.path.realpath(context.repository)
        self._known: dict[str, str] = {}

    def show(self, path: str) -> str:
        """Write a path of the report in POSIX form, `.` for the top itself; may hold surrogates and control characters."""
        if path not in self._known:
            self._known[path] = self._locate(path)
        return self._known[path]

    def _locate(self, path: str) -> str:
        try:
            real = os.path.realpath(os.path.join(self._root, path))  # noqa: PTH118  (a Path would drop "./" and cost more)
        except (OSError, ValueError):  # no path of this machine
            real = ""
        if real == self._top:
            return "."
        beyond = os.path.join(self._top, "")  # noqa: PTH118  (adds the separator)
        if real.startswith(beyond):
            return real[len(beyond) :].replace(os.sep, "/")
        return join_path(path, os.path.relpath(self._root, self._top).replace(os.sep, "/"))
