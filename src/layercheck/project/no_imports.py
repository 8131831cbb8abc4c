"""A project without imports, to judge contracts on."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from layercheck.model.imports import Import, ImportKind
    from layercheck.model.module import Module
    from layercheck.project.suspect import Suspect


class NoImports:
    """An `ImportReader` for modules that import nothing; a subclass adds the imports that it makes up."""

    def read_ahead(self, suspects: Iterable[Suspect]) -> None:
        """Read nothing."""

    def imports_between(self, importer: Module, imported: Module, kinds: Collection[ImportKind]) -> Sequence[Import]:
        """Return no imports."""
        del importer, imported, kinds
        return ()

    def possible_libraries(self, importer: Module) -> Sequence[str]:
        """Return no libraries."""
        del importer
        return ()

    def library_imports(self, importer: Module, kinds: Collection[ImportKind]) -> Sequence[Import]:
        """Return no imports of libraries."""
        del importer, kinds
        return ()

    def uses_of(self, importer: Module, imported: Module, kinds: Collection[ImportKind]) -> Sequence[Import]:
        """Return no uses."""
        del importer, imported, kinds
        return ()

    def exports_of(self, module: Module) -> Sequence[str] | None:
        """Return None: no module has an `__all__`."""
        del module
        return None
