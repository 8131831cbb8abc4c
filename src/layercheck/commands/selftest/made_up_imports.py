"""Imports that are in no file, for a contract to be judged on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck.model.imports import Import, ImportKind
from layercheck.model.source import Location, Position, Span
from layercheck.project.no_imports import NoImports

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from layercheck.commands.selftest.import_trials import Line
    from layercheck.model.module import Module

_SPAN = Span(Position(1, 0), Position(1, 1))


class MadeUpImports(NoImports):
    """The exact imports of files that contain nothing but some lines."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._lines = list(lines)

    def imports_between(self, importer: Module, imported: Module, kinds: Collection[ImportKind]) -> Sequence[Import]:
        """Return the lines as plain imports."""
        return [_write(each, kinds) for each in self._lines if each == (importer, imported.name)]

    def possible_libraries(self, importer: Module) -> Sequence[str]:
        """Return what else is imported."""
        return [each.imported for each in self._lines if each.importer == importer]

    def library_imports(self, importer: Module, kinds: Collection[ImportKind]) -> Sequence[Import]:
        """Return the same as confirmed imports."""
        return [_write(each, kinds) for each in self._lines if each.importer == importer]


def _write(line: Line, kinds: Collection[ImportKind]) -> Import:
    kind = ImportKind.RUNTIME if ImportKind.RUNTIME in kinds else next(iter(kinds))
    return Import(line.importer.name, line.imported, kind, Location(line.importer.path, _SPAN), _SPAN)
