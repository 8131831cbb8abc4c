"""The imports between the modules of a project: possible ones at no cost, exact ones at the cost of a parse."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from layercheck.project.roles import ASIDE
from layercheck.project.second_roots import first_name
from layercheck.project.suspect import index_suspects

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from layercheck.model.imports import BlindSpot, Import, ImportKind
    from layercheck.model.module import Module
    from layercheck.model.unreadable import Unreadable
    from layercheck.project.exact_imports import ExactImports
    from layercheck.project.suspect import Suspect
    from layercheck.python.imports.scan import Scan


def _names_of(spec: str) -> list[str]:
    """Write out what a scanned import takes: `a:b,c` is `a.b` and `a.c`."""
    module, _, names = spec.partition(":")
    return [f"{module}.{name}" for name in names.split(",")] if names and names != "*" else [module]


class ProjectImports:
    """The modules of a project and the imports between them.

    The scan finds candidates, the parser confirms them: `suspects` and `importers_of` may contain imports that do not
    exist (text in a string, for example); `imports_between` parses the importing file and lists the real ones.
    """

    def __init__(
        self,
        modules: Sequence[Module],
        scans: Mapping[str, Scan],
        suspects: Sequence[Suspect],
        late: Mapping[str, frozenset[str]],
        exact: ExactImports,
    ) -> None:
        self.modules = modules
        """Every module that is a file, by path."""
        self.scans = scans
        """The result of the scan of each file, by path: possible imports, and flags about the text."""
        self.suspects = suspects
        """All possible imports."""
        self.late = late
        """By path of a file: paths of what it may import only in indented lines (in functions, below `if`) or as attributes."""
        self._exact = exact

    def importers_of(self, imported: Collection[Module]) -> Iterator[Suspect]:
        """Find the possible imports of any of some modules, from anywhere."""
        found = (suspect for path in {module.path for module in imported} for suspect in self.suspects_of(path))
        yield from sorted(found, key=lambda each: (each.importer.path, each.imported.path))

    def suspects_of(self, path: str) -> Sequence[Suspect]:
        """List the possible imports of one module, by its path, from anywhere."""
        return self._importers.get(path, ())

    def suspects_by(self, path: str) -> Sequence[Suspect]:
        """List the possible imports by one module, by its path."""
        return self._imported.get(path, ())

    @cached_property
    def _imported(self) -> Mapping[str, Sequence[Suspect]]:
        """The possible imports by the path of the importing file, in the order of the modules."""
        return index_suspects(self.suspects, "importer")

    @cached_property
    def _importers(self) -> Mapping[str, Sequence[Suspect]]:
        """The possible imports by the path of what is imported."""
        return index_suspects(self.suspects, "imported")

    def read_ahead(self, suspects: Iterable[Suspect]) -> None:
        """Parse the files of several importers at once, before `imports_between` is called for them."""
        self._exact.read_ahead((importer.path, imported.path) for importer, imported in suspects)

    def imports_between(self, importer: Module, imported: Module, kinds: Collection[ImportKind]) -> list[Import]:
        """List the real imports of one module by another, in the order of the text; parses the importing file once."""
        return [entry for entry in self._exact.between(importer.path, imported.path) if entry.kind in kinds]

    @cached_property
    def own_packages(self) -> frozenset[str]:
        """The first parts of the names of all modules; other names come from outside the project."""
        return frozenset(module.name.partition(".")[0] for module in self.modules)

    def possible_libraries(self, importer: Module) -> list[str]:
        """List what a module may import from outside the project, each name in full: `sqlalchemy.orm.Session`."""
        scan = self.scans.get(importer.path)
        return [
            name
            for spec in (scan.imports if scan is not None else ())
            if not spec.startswith(".") and first_name(spec) not in self.own_packages
            for name in _names_of(spec)
        ]

    def library_imports(self, importer: Module, kinds: Collection[ImportKind]) -> list[Import]:
        """List the confirmed imports of a module from outside the project; parses it once."""
        return [
            entry
            for entry in self._exact.foreign_in(importer.path)
            if entry.kind in kinds and entry.imported.partition(".")[0] not in self.own_packages
        ]

    def uses_of(self, importer: Module, imported: Module, kinds: Collection[ImportKind]) -> list[Import]:
        """List what a module uses of another one through attributes (`shop.db.Session`); parses it completely, once."""
        return [entry for entry in self._exact.uses_in(importer.path).get(imported.path, ()) if entry.kind in kinds]

    def exports_of(self, module: Module) -> tuple[str, ...] | None:
        """List the names in the `__all__` of a module; None if there is none, or it cannot be read."""
        return self._exact.exports_of(module.path) if module.path in self.scans else None

    def deferrable_imports(self, importer: Module) -> frozenset[int]:
        """List the lines of the import statements whose names only functions use; reads the file."""
        return self._exact.deferrable_in(importer.path)

    def names_imported_by(self, importer: Module) -> frozenset[str]:
        """List the full names of all modules that a file imports, libraries included; parses it once."""
        return self._exact.names_in(importer.path)

    @cached_property
    def module_at(self) -> Mapping[str, Module]:
        """Every module by its path."""
        return {module.path: module for module in self.modules}

    @property
    def unreadable(self) -> Mapping[str, Unreadable]:
        """The files that could not be read so far, and why, by path."""
        return self._exact.unreadable()

    @property
    def blind_spots(self) -> Sequence[tuple[str, BlindSpot]]:
        """Imports that cannot be resolved statically, each with the path of the file."""
        return self._exact.find_blind_spots()

    @cached_property
    def has_blind_spots(self) -> bool:
        """Return whether a module of an application has imports that cannot be resolved statically."""
        return any(
            module.application is not None and module.role not in ASIDE
            for module in self.modules
            if self._exact.has_blind_spots(module.path)
        )
