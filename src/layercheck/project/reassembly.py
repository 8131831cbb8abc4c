"""Updates a project after the texts of a few files have changed; everything that does not depend on them is kept."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

from layercheck.model.imports import Depth
from layercheck.project.asked_project import AskedDefinitions, AskedProject
from layercheck.project.assembled import Assembled
from layercheck.project.assembly import (
    find_recognised,
    find_roles,
    find_service_folders,
    make_modules,
    roles_by_contents,
)
from layercheck.project.evidence.contents import ContentsReader
from layercheck.project.journal import find_differing
from layercheck.project.kinds import Kinds
from layercheck.project.links import (
    find_importable,
    find_late_imports,
    find_links,
    find_mixed_folders,
    find_suspects,
)
from layercheck.project.relative_paths import without_paths
from layercheck.project.restructuring import compare
from layercheck.project.second_roots import list_called, names_called
from layercheck.project.suspect import index_suspects
from layercheck.project.votes import Votes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from layercheck.facts.fact_store import SourceStore
    from layercheck.facts.file_facts import FileFacts
    from layercheck.model.imports import FileImports
    from layercheck.project.assembled import Places
    from layercheck.project.exact_imports import ExactImports
    from layercheck.project.journal import Journal, Question
    from layercheck.project.links import Links, ModuleIndex
    from layercheck.project.suspect import Suspect


class Reassembly:
    """Keeps a project up to date; what stays equal stays the same object."""

    def __init__(self, assembled: Assembled, store: SourceStore, journal: Journal) -> None:
        """Take a project that was just made by `asked_makers(journal)` from the facts in `store`."""
        assert isinstance(assembled.project, AskedProject)  # noqa: S101  (`asked_makers` makes no others)
        self.project = assembled.project
        self._store = store
        self._journal = journal
        self._take_over(assembled)
        self._votes: Votes | None = None
        self._suspects: dict[str, list[Suspect]] | None = None
        """By the path of the importing file."""

    def replace(self, earlier: Mapping[str, FileFacts]) -> set[Question] | None:
        """Update the project after some files have changed; `earlier` are their previous facts.

        Returns the questions that have other answers now, or None if more may have changed than what depends on these
        files: then the project must be made again, and this object must not be used any more.
        """
        old = self.assembled
        if not self._keep_names(earlier) or not self._keep_exports(earlier):
            return None
        earlier = {path: facts for path, facts in earlier.items() if path in old.lookup.by_path}
        places = self._judge(earlier)
        lookup = None if places is None else self._look_up(places)
        if places is None or lookup is None:
            return None
        return self._link(places, lookup, earlier)

    @property
    def known(self) -> Assembled:
        """What the project is made of, for a project that is made anew because files come or go."""
        places = self.assembled.places
        naming = places.naming if self._votes is None else self._votes.naming
        return self.assembled._replace(places=places._replace(naming=naming, imports=self._imports))

    def restructure(self, new: Assembled) -> set[Question] | None:
        """Go on with a project that was assembled again from `assembled` because files came or went.

        What is the same stays the same object.

        Returns the questions that have other answers now. None if these are not known: then this object must not be used again.
        """
        if not new.continues:
            return None
        parts, changes = compare(self.assembled, new, self.project, self._store)
        self.project = self.project.renewed(parts, changes)
        self._votes, self._suspects = None, None
        self._take_over(new._replace(project=self.project))
        return changes

    def _take_over(self, assembled: Assembled) -> None:
        self.assembled = assembled
        self._imports = {path: each.scan.imports for path, each in self._store.facts.items()}
        self._evidence = assembled.places.judge.judged
        self._judged = assembled.judged

    def _keep_names(self, earlier: Mapping[str, FileFacts]) -> bool:
        """Count the votes for source roots again; returns whether all files keep their names."""
        moved = {
            path: each for path in earlier if (each := self._store.facts[path].scan.imports) != self._imports[path]
        }
        if any(names_called(then.imports) != list_called(path, self._store) for path, then in earlier.items()):
            return False
        if not moved:
            return True
        if self._votes is None:
            places, declared = self.assembled.places, bool(self.project.loaded.configuration.source_roots)
            self._votes = Votes(places.tree, places.naming, folder_name=self._store.root.name, declared=declared)
        before, self._imports = self._imports, {**self._imports, **moved}
        votes = self._votes
        return all(votes.replace(path, before[path], after) for path, after in moved.items())

    def _keep_exports(self, earlier: Mapping[str, FileFacts]) -> bool:
        """Return whether the names that star imports take from packages stay the same."""
        exports, stems = self.assembled.lookup.exports, self.assembled.places.tree.stems
        return all(
            exports.read(stem) == known for stem, known in list(exports.known.items()) if stems.get(stem) in earlier
        )

    def _judge(self, earlier: Mapping[str, FileFacts]) -> Places | None:
        """Judge the roles again; None if the folders may have to be read again."""
        places, imports = self.assembled.places, self._imports
        reader, before, perhaps = places.reader, places.reader.contents, earlier.keys()
        outlines = self._store.outlines(earlier)
        if not all(reader.replace(path, outline, imports[path]) for path, outline in outlines.items()):
            reader, perhaps = ContentsReader(self._store.outlines(before), imports), before.keys()
        after = reader.contents
        changed = [path for path in perhaps if after[path] != before[path]]
        if roles_by_contents({path: after[path] for path in changed}) != roles_by_contents(
            {path: before[path] for path in changed}
        ):
            return None
        if changed or any(then.scan.imports != imports[path] for path, then in earlier.items()):
            places.judge.replace({*changed, *earlier}, after, imports)
        return places._replace(reader=reader)

    def _look_up(self, places: Places) -> ModuleIndex | None:
        """Make the modules again whose roles have changed; None if their folders contain other layers than before."""
        old = self.assembled
        lookup, evidence, before = old.lookup, places.judge.judged, self._judged
        if evidence is self._evidence:
            return lookup
        self._evidence, judged = evidence, find_roles(places)
        if judged == before:
            return lookup
        self._judged = judged
        again = [path for path in lookup.by_path if judged.get(path) != before.get(path)]
        fresh = {module.path: module for module in make_modules(places, judged, again)}
        if all(lookup.by_path[path] == module for path, module in fresh.items()):
            return lookup
        modules = [fresh.get(path, module) for path, module in lookup.by_path.items()]
        if find_mixed_folders(modules, is_fine=bool(self.project.loaded.contracts)) != old.mixed:
            return None
        by_path, by_stem = find_importable(modules, places.tree, places.naming)
        return lookup._replace(by_path=by_path, by_stem=by_stem)

    def _link(self, places: Places, lookup: ModuleIndex, earlier: Mapping[str, FileFacts]) -> set[Question]:
        """Resolve the imports of the changed files again, and update the project."""
        old, store = self.assembled, self._store
        part = find_links({path: store.facts[path].scan for path in earlier}, lookup, store, old.mixed)
        links = old.links.replace(earlier, part)
        exact = old.exact.replace(
            earlier, lookup.by_path, lookup.by_stem, links.graph.to_parse, part.reached_paths(lookup)
        )
        exact.parse_all(sorted(part.graph.to_parse))
        parts: dict[str, Any] = {"_exact": exact}
        changes = self._find_changes(earlier, lookup, exact)
        if self._judged is not old.judged:
            # Also of modules whose role the configuration names, which stay what they are.
            parts["_recognised"] = find_recognised(places, self._judged)
        if lookup is not old.lookup:
            parts |= self._replace_modules(places, lookup)
        if any(then.scan != store.facts[path].scan for path, then in earlier.items()):
            parts["scans"] = {path: store.facts[path].scan for path in lookup.by_path}
        parts |= self._replace_suspects(lookup, links, part, exact, changes)
        late, before = find_late_imports(part, lookup), old.project.late
        if any(late.get(path) != before.get(path) for path in earlier):
            parts["late"] = without_paths(before, earlier) | late
        changes |= {("part", name) for name in parts}
        self.project = self.project.renewed(parts, changes)
        self.assembled = Assembled(self.project, places, self._judged, lookup, old.mixed, links, exact)
        return changes

    def _replace_modules(self, places: Places, lookup: ModuleIndex) -> dict[str, Any]:
        """Return the parts of a project that depend on the roles of its modules."""
        by_path, by_stem = lookup.by_path, lookup.by_stem
        modules = list(by_path.values())
        definitions = AskedDefinitions(
            self._journal, store=self._store, resolver=lookup.resolver, by_path=by_path, by_stem=by_stem
        )
        return {
            "modules": modules,
            "kinds": Kinds(definitions),
            "_service_folders": find_service_folders(modules, places.layers, places.names),
        }

    def _replace_suspects(
        self, lookup: ModuleIndex, links: Links, part: Links, exact: ExactImports, changes: set[Question]
    ) -> dict[str, Any]:
        """Return the possible imports, if they have changed; those of unchanged modules in unchanged files stay."""
        old = self.assembled
        before = self._suspects
        if before is None:
            before = _by_importer(old.project.suspects, old.lookup.by_path)
        is_kept = lookup is old.lookup
        some = part if is_kept else links
        found = find_suspects(some, lookup, exact, some.graph.to_parse)
        again = part.graph.imports if is_kept else lookup.by_path
        fresh = _by_importer(found, again)
        now = before | fresh
        self._suspects = now
        if all(before[path] == suspects for path, suspects in fresh.items()):
            return {}
        suspects = list(chain.from_iterable(now.values()))
        if not is_kept:
            parts, differences = self.project.compare_suspects(suspects)
            changes |= differences
            return parts
        affected = {target for path in again for target in _differing_targets(before[path], fresh[path])}
        changes |= {("importers", target) for target in affected}
        changes |= {("imported by", path) for path in again if before[path] != fresh[path]}
        return {"suspects": suspects, **self.project.replace_importers(fresh, affected)}

    def _find_changes(
        self, earlier: Mapping[str, FileFacts], lookup: ModuleIndex, exact: ExactImports
    ) -> set[Question]:
        """Repeat the recorded questions about changed files, and return those with other answers."""
        old, store = self.assembled.exact, self._store
        changes: set[Question] = set()
        for path, then in earlier.items():
            module, now = lookup.by_path[path], store.facts[path]
            if then.scan != now.scan:
                changes.add(("scan", path))
            changes |= {("imports", path, target) for target in exact.find_differences(old, path)}
            if then.imports is not None:
                after = store.imports(path, Depth.EXCERPT)
                if store.imports(path, then.imports.depth) != then.imports:
                    changes.add(("sites", path))
                if _names_in(then.imports) != _names_in(after):
                    changes.add(("names", path))
                if bool(then.imports.blind_spots) != bool(after.blind_spots):
                    changes.add(("blind spots", path))
            if not exact.is_as_readable(old, path) or then.flaw != store.facts[path].flaw:
                changes.add(("unreadable",))
            if then.deferrable is not None and then.deferrable != store.deferrable(path):
                changes.add(("deferrable", path))
            if then.definitions is not None:
                store.define([module])
                if then.definitions != store.known_definitions(module):
                    changes.add(("definitions", path))
        return changes


def _by_importer(suspects: Iterable[Suspect], paths: Iterable[str]) -> dict[str, list[Suspect]]:
    """List possible imports by the importing file, in the order of `paths`, also for those that import nothing."""
    return {path: [] for path in paths} | index_suspects(suspects, "importer")


def _differing_targets(before: Iterable[Suspect], after: Iterable[Suspect]) -> set[str]:
    then, now = ({each.imported.path: each for each in suspects} for suspects in (before, after))
    return find_differing(then, now)


def _names_in(imports: FileImports) -> set[str]:
    return {site.module for site in imports.sites if site.form == "statement"}
