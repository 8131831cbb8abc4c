"""Confirmed imports: which modules a file really imports, where, and how."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

from layercheck.model.imports import Depth, Import, join_imports
from layercheck.model.source import Location
from layercheck.model.unreadable import Unreadable
from layercheck.project.relative_paths import without_paths

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from typing import Self

    from layercheck.facts.fact_store import SourceStore
    from layercheck.model.imports import BlindSpot, FileImports, ImportSite
    from layercheck.model.module import Module
    from layercheck.project.resolution import Resolver

    _Parts = dict[str, list[list[Import]]]
    """By path of the imported module: the names of each place, one by one."""


class ExactImports:
    """The exact imports of the files that are asked for; each file is parsed once."""

    def __init__(
        self,
        store: SourceStore,
        resolver: Resolver,
        by_path: Mapping[str, Module],
        by_stem: Mapping[str, Module],
        irregular: Mapping[str, str],
        to_parse: Collection[str],
        reached: Mapping[str, Collection[str]],
        *,
        reads_all: bool,
    ) -> None:
        """`by_stem` holds what can be imported; `irregular` names entries that are called like modules and are none.

        `to_parse` are the files in which calls count. Of others the statements suffice, but for `reached`: path of a file
        → paths of the modules that it may reach through attributes. `reads_all`: of `to_parse`, everything is read.
        """
        self._store = store
        self._resolver = resolver
        self._by_path = by_path
        self._by_stem = by_stem
        self._irregular = irregular
        self._to_parse = to_parse
        self._reached = reached
        self._reads_all = reads_all
        self._known: dict[tuple[str, Depth], dict[str, list[Import]]] = {}
        self._escaping: dict[str, Unreadable] = {}

    def replace(
        self,
        paths: Collection[str],
        by_path: Mapping[str, Module],
        by_stem: Mapping[str, Module],
        to_parse: Collection[str],
        reached: Mapping[str, Collection[str]],
    ) -> Self:
        """Copy what is known of all files except those that have changed.

        `reached` is what these files may reach now.
        """
        new = copy.copy(self)
        known = dict(self._known)
        for path in paths:
            for depth in Depth:
                known.pop((path, depth), None)
        vars(new).update(
            _known=known,
            _escaping=without_paths(self._escaping, paths),
            _by_path=by_path,
            _by_stem=by_stem,
            _to_parse=to_parse,
            _reached={**without_paths(self._reached, paths), **reached},
        )
        return new

    def adopt(self, old: ExactImports, paths: Collection[str]) -> None:
        """Take over what another instance knows of some files whose imports resolve to the same modules."""
        self._known.update((key, known) for key, known in old._known.items() if key[0] in paths)
        self._escaping.update((path, why) for path, why in old._escaping.items() if path in paths)

    def find_differences(self, old: ExactImports, path: str) -> set[str]:
        """Tell, by their paths, the modules of which a file imports something else than before, as far as was asked."""
        depths = [depth for depth in Depth if (path, depth) in old._known]
        targets = {each for depth in depths for each in (*old._known[path, depth], *self._imports_at(path, depth))}
        differing = set()
        for target in targets:
            known = old._recall(path, target)
            if known is not None and list(known) != list(self._find(path, target)):
                differing.add(target)
        return differing

    def _recall(self, path: str, imported: str) -> Sequence[Import] | None:
        """Return what `_find` has already read; None if it has not been asked."""
        excerpt = self._known.get((path, Depth.EXCERPT), {})
        needs_everything = path in self._to_parse or (
            imported in self._reached.get(path, ()) and imported not in excerpt
        )
        known = self._known.get((path, self._depth_inside(path) if needs_everything else Depth.EXCERPT))
        return None if known is None else known.get(imported, ())

    def is_as_readable(self, old: ExactImports, path: str) -> bool:
        """Return whether the problems with the imports of a file are the same."""
        return self._escaping.get(path) == old._escaping.get(path)

    def read_ahead(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Parse several files at once, as `between` is going to be asked for these importing and imported paths."""
        pairs = list(pairs)
        importers = dict.fromkeys(sorted(importer for importer, _ in pairs))
        self.parse_all(path for path in importers if path in self._to_parse)
        self._parse([path for path in importers if path not in self._to_parse], Depth.EXCERPT)
        self.parse_all(sorted({path for path, imported in pairs if self._needs_everything(path, imported)}))

    def parse_all(self, paths: Iterable[str]) -> None:
        """Read what several files import in any way, at once."""
        wanted = list(paths)
        for depth in (Depth.CALLS, Depth.EVERYTHING):
            self._parse([path for path in wanted if self._depth_inside(path) is depth], depth)

    def _depth_inside(self, path: str) -> Depth:
        """Tell how much of a file is read where its statements are not enough."""
        is_less_enough = path in self._to_parse and not self._reached.get(path) and not self._reads_all
        return Depth.CALLS if is_less_enough else Depth.EVERYTHING

    def _parse(self, paths: list[str], depth: Depth) -> None:
        self._store.parse([path for path in paths if (path, depth) not in self._known], depth)

    def between(self, path: str, imported: str) -> Sequence[Import]:
        """List the imports of the module with the path `imported` in the file `path`."""
        return self._find(path, imported)

    def _find(self, path: str, imported: str) -> Sequence[Import]:
        depth = self._depth_inside(path) if self._needs_everything(path, imported) else Depth.EXCERPT
        return self._imports_at(path, depth).get(imported, ())

    def imports_of(self, path: str) -> Mapping[str, list[Import]]:
        """List what the file `path` imports in any way, by the path of the imported module."""
        return self._imports_at(path, self._depth_inside(path))

    def _needs_everything(self, path: str, imported: str) -> bool:
        if path in self._to_parse:
            return True
        # What a statement imports outright, attributes add nothing to.
        return imported in self._reached.get(path, ()) and imported not in self._imports_at(path, Depth.EXCERPT)

    def _imports_at(self, path: str, depth: Depth) -> dict[str, list[Import]]:
        known = self._known.get((path, depth))
        if known is None:
            file_imports = self._store.imports(path, depth)
            known = self._known[path, depth] = self._confirm(path, file_imports, depth)
        return known

    def has_blind_spots(self, path: str) -> bool:
        """Return whether a file has imports that cannot be resolved statically; such files are always parsed."""
        known = self._store.facts[path].imports
        return known is not None and bool(known.blind_spots)

    def find_blind_spots(self) -> list[tuple[str, BlindSpot]]:
        """List the imports that cannot be resolved statically, with their paths; only parsed files have any."""
        known = ((path, self._store.facts[path].imports) for path in sorted(self._to_parse))
        return [(path, spot) for path, imports in known if imports is not None for spot in imports.blind_spots]

    def names_in(self, path: str) -> frozenset[str]:
        """List what the absolute import statements of the file `path` import from, as it is written."""
        sites = self._store.imports(path, Depth.EXCERPT).sites
        return frozenset(site.module for site in sites if site.form == "statement" and not site.module.startswith("."))

    def foreign_in(self, path: str) -> list[Import]:
        """List what the statements of the file `path` import from outside the project, each name on its own."""
        found = []
        for site in self._store.imports(path, Depth.EXCERPT).sites:
            if site.form == "statement" and not site.module.startswith(".") and not self._targets(path, site):
                entry = Import(
                    importer=self._by_path[path].name,
                    imported=site.module,
                    kind=site.kind,
                    location=Location(path, site.module_span),
                    statement=site.statement,
                    names=() if site.name is None else (site.name,),
                    name_spans=() if site.name is None else (site.span,),
                )
                found.append(entry)
        return found

    def uses_in(self, path: str) -> Mapping[str, list[Import]]:
        """List what the file `path` takes from modules through their names (`shop.db.Session`), by paths of the modules.

        Unlike `imports_of`, it holds uses of modules that the file imports outright as well; the whole file is parsed.
        """
        found: _Parts = {}
        for site in self._store.imports(path, Depth.EVERYTHING).sites:
            deepest = self._resolver.deepest(path, site.module) if site.form == "attribute" else None
            if deepest is not None:
                self._add(found, path, site, deepest)
        return _join_all(found)

    def exports_of(self, path: str) -> tuple[str, ...] | None:
        """List the names in the `__all__` of the file `path`; None where it has none that can be read."""
        return self._store.imports(path, Depth.EVERYTHING).exports

    def deferrable_in(self, path: str) -> frozenset[int]:
        """List the lines of the import statements of a file that could stand in a function."""
        return self._store.deferrable(path)

    def unreadable(self) -> Mapping[str, Unreadable]:
        """Find which files could not be read so far, by path."""
        found = {path: Unreadable(reason) for path, reason in self._irregular.items()}
        for path, facts in self._store.facts.items():
            if (reason := facts.unreadable or facts.flaw) is not None:
                found[path] = reason
        return {**self._escaping, **found}

    def _confirm(self, path: str, file_imports: FileImports, depth: Depth) -> dict[str, list[Import]]:
        found: _Parts = {}
        attributes = []
        for site in file_imports.sites:
            if site.form == "attribute":
                # An earlier run may have read more of the file than this one asks for.
                attributes += [site] if depth is Depth.EVERYTHING else []
                continue
            for stem in self._targets(path, site):
                self._add(found, path, site, stem)
            if site.module.startswith("..") and self._resolver.leaves_package(path, site.module):
                self._note_escape(path, site)
        outright, reached = frozenset(found), self._reached.get(path, ())
        for site in attributes:
            deepest = self._resolver.deepest(path, site.module)
            target = self._by_stem.get(deepest or "")
            # A module that the file imports outright is no news, and one of a package that lies in one layer as a whole
            # says nothing that the import of the package does not say.
            if deepest and target is not None and target.path not in outright and target.path in reached:
                self._add(found, path, site, deepest)
        return _join_all(found)

    def _targets(self, path: str, site: ImportSite) -> tuple[str, ...]:
        found = self._resolver.targets(path, _spec(site))
        if found or site.form == "statement":
            return found
        # `import_string("app.db.Session")`: all but the last part must be a module.
        module, _, _ = site.module.rpartition(".")
        return self._resolver.targets(path, module) if module.strip(".") else ()

    def _add(self, found: _Parts, path: str, site: ImportSite, stem: str) -> None:
        imported = self._by_stem.get(stem)
        if imported is None or imported.path == path:
            return
        takes_submodule = site.name is not None and stem.rpartition("/")[2] == site.name
        span = site.span if takes_submodule else site.module_span
        names = () if takes_submodule else self._names_taken(path, site)
        entry = Import(
            importer=self._by_path[path].name,
            imported=imported.name,
            kind=site.kind,
            location=Location(path, span),
            statement=site.statement,
            names=names,
            name_spans=(site.span,) * len(names),
        )
        places = found.setdefault(imported.path, [])
        # `from app.db import Session, engine` is one import of `app.db`.
        if places and places[-1][0].location == entry.location:
            places[-1].append(entry)
        else:
            places.append([entry])

    def _names_taken(self, path: str, site: ImportSite) -> tuple[str, ...]:
        """Find which name an import takes from the module that it means."""
        if site.form == "statement":
            return () if site.name is None else (site.name,)
        # `shop.db.Session` is the use of `Session`; so is `import_string("shop.db.Session")`.
        divided = self._resolver.divide(path, site.module)
        return tuple(divided[1][:1]) if divided is not None else ()

    def _note_escape(self, path: str, site: ImportSite) -> None:
        start = site.module_span.start
        reason = f"imports `{site.module}`, which has more dots than there are packages above"
        self._escaping.setdefault(path, Unreadable(reason, start.line, start.column))


def _join_all(found: _Parts) -> dict[str, list[Import]]:
    return {path: [join_imports(parts) for parts in places] for path, places in found.items()}


def _spec(site: ImportSite) -> str:
    return site.module if site.name is None else f"{site.module}:{site.name}"
