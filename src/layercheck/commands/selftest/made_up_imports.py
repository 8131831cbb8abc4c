"""Imports that are in no file, for a contract to be judged on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck.model.imports import Import, ImportKind
from layercheck.model.source import Location, Position, Span

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from layercheck.commands.selftest.import_trials import Line
    from layercheck.model.module import Module
    from layercheck.project.suspect import Suspect

_SPAN = Span(Position(1, 0), Position(1, 1))


class MadeUpImports:
    """Stands for the exact imports of files that hold nothing but some lines."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._lines = list(lines)

    def read_ahead(self, suspects: Iterable[Suspect]) -> None:
        """There is nothing to read."""

    def imports_between(self, importer: Module, imported: Module, kinds: Collection[ImportKind]) -> Sequence[Import]:
        """Give the lines as plain imports."""
        return [_write(each, kinds) for each in self._lines if each == (importer, imported.name)]

    def possible_libraries(self, importer: Module) -> Sequence[str]:
        """Give what else is imported."""
        return [each.imported for each in self._lines if each.importer == importer]

    def library_imports(self, importer: Module, kinds: Collection[ImportKind]) -> Sequence[Import]:
        """Give what else is imported."""
        return [_write(each, kinds) for each in self._lines if each.importer == importer]

    def uses_of(self, importer: Module, imported: Module, kinds: Collection[ImportKind]) -> Sequence[Import]:
        """Nothing is used."""
        del importer, imported, kinds
        return ()

    def exports_of(self, module: Module) -> Sequence[str] | None:
        """No module says what it exports."""
        del module
        return None


def _write(line: Line, kinds: Collection[ImportKind]) -> Import:
    kind = ImportKind.RUNTIME if ImportKind.RUNTIME in kinds else next(iter(kinds))
    return Import(line.importer.name, line.imported, kind, Location(line.importer.path, _SPAN), _SPAN)
