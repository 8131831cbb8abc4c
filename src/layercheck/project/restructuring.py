"""The differences in a project that was made again because files were added or removed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from layercheck.model.imports import Depth
from layercheck.project.journal import find_differing
from layercheck.project.links import Links, find_links, list_chains
from layercheck.project.relative_paths import is_above, without_paths
from layercheck.project.tree_changes import compare_trees, match_names

if TYPE_CHECKING:
    from collections.abc import Iterable

    from layercheck.facts.fact_store import SourceStore
    from layercheck.project.asked_project import AskedProject
    from layercheck.project.assembled import Assembled, Places
    from layercheck.project.journal import Question
    from layercheck.project.links import ModuleIndex

_COMPARED = ("modules", "late", "layout", "_recognised", "_service_folders")
"""Parts of a project that are compared by value."""


class Renewal(NamedTuple):
    """The differences between a project and the one made before it."""

    parts: dict[str, Any]
    """The parts that have changed, by name."""
    changes: set[Question]
    """The questions with other answers."""


def may_be_compared(old: Assembled, after: Places, mixed: frozenset[str]) -> bool:
    """Return whether the files that existed before keep their names, so that answers about them can be compared."""
    before = old.places
    names, roots = after.naming.names, after.naming.root_of
    known = before.naming.root_of
    return (
        before.layout.style == after.layout.style
        and old.mixed == mixed
        and before.naming.roots == after.naming.roots
        and before.naming.top == after.naming.top
        and before.naming.second_roots == after.naming.second_roots
        and all(names.get(path, name) == name for path, name in before.naming.names.items())
        and all(roots.get(path, root) == root for path, root in known.items())
    )


def link_again(old: Assembled, lookup: ModuleIndex, after: Places, store: SourceStore) -> Links:
    """Resolve the imports of new files, and of those whose imports may resolve to another module now.

    `may_be_compared` must have returned True, and the other files must have the same texts as before.
    """
    before, by_path = old.places, lookup.by_path
    stems = compare_trees(before.tree, after.tree)
    # A star import passes on whatever a package lists.
    names = match_names(stems, more=r":\*").search
    again = {
        path: store.facts[path].scan
        for path in by_path
        if path not in old.lookup.by_path or names("\n".join(store.facts[path].scan.imports))
    }
    again |= {path: store.facts[path].scan for path in _find_below_turned(before, after, by_path)}
    again |= {
        path: store.facts[path].scan
        for path, packages in old.links.graph.bound_packages.items()
        if path in by_path and any(map(names, list_chains(path, packages, store)))
    }
    part = find_links(again, lookup, store, old.mixed)
    kept = old.links.replace(again, part)
    gone = old.lookup.by_path.keys() - by_path.keys()
    # `_keep_exports` compares all exports that were read so far.
    exports = lookup.exports.known
    exports |= {stem: found for stem, found in old.lookup.exports.known.items() if stem not in exports}
    graph = kept.graph._replace(
        imports={path: kept.graph.imports[path] for path in by_path},
        to_parse=kept.graph.to_parse - gone,
        bound_packages=without_paths(kept.graph.bound_packages, gone),
        late=without_paths(kept.graph.late, gone),
    )
    return Links(graph, without_paths(kept.reached, gone))


def compare(old: Assembled, new: Assembled, project: AskedProject, store: SourceStore) -> Renewal:
    """Compare the `new` project with `project`, the old one, and hand over what the old one knows.

    `may_be_compared` must have returned True.
    """
    parts: dict[str, Any] = {
        name: value for name in _COMPARED if (value := vars(new.project)[name]) != vars(project)[name]
    }
    parts |= {"folders": new.project.folders, "kinds": new.project.kinds, "_exact": new.exact}
    parts["scans"] = {path: store.facts[path].scan for path in new.lookup.by_path}
    indexes, changes = project.compare_suspects(new.project.suspects)
    parts |= indexes
    before, after = old.lookup.by_path, new.lookup.by_path
    moved = before.keys() ^ after.keys()
    resolved_otherwise = _find_affected(old, new, store)
    new.exact.adopt(old.exact, before.keys() & after.keys() - resolved_otherwise)
    for path in resolved_otherwise & after.keys() & before.keys():
        changes |= {("imports", path, target) for target in new.exact.find_differences(old.exact, path)}
        changes.add(("sites", path))
    for path in moved:
        changes |= {
            (question, path) for question in ("scan", "sites", "names", "blind spots", "definitions", "deferrable")
        }
        changes |= {("imports", path, imported.path) for _, imported in project.suspects_by(path)}
    changes.add(("unreadable",))
    return Renewal(parts, changes | {("part", name) for name in parts})


def _find_affected(old: Assembled, new: Assembled, store: SourceStore) -> set[str]:
    """Find the files whose imports may resolve differently now."""
    stems = _find_differing_stems(old, new)
    before, after = old.links.graph, new.links.graph
    known = old.lookup.by_path
    affected = {
        path
        for path, targets in after.imports.items()
        if path in known and (before.imports[path] != targets or not stems.isdisjoint(targets))
    }
    affected |= before.to_parse ^ after.to_parse
    reached = new.links.reached
    affected |= find_differing(old.links.reached, reached)
    affected |= {path for path, targets in reached.items() if not stems.isdisjoint(targets)}
    affected |= _find_below_turned(old.places, new.places, new.lookup.by_path)
    return affected | _find_naming_files(stems, new.lookup, store)


def _find_below_turned(before: Places, after: Places, paths: Iterable[str]) -> set[str]:
    """Find the files below folders that have become packages or have stopped to be: their imports may resolve differently."""
    turned = (before.tree.packages ^ after.tree.packages) & before.tree.folders & after.tree.folders
    return {path for path in paths if any(is_above(folder, path) for folder in turned)}


def _find_differing_stems(old: Assembled, new: Assembled) -> set[str]:
    """Find the stems that were added or removed, or that are another file now."""
    paths = ({stem: module.path for stem, module in each.lookup.by_stem.items()} for each in (old, new))
    return compare_trees(old.places.tree, new.places.tree) | find_differing(*paths)


def _find_naming_files(stems: Iterable[str], lookup: ModuleIndex, store: SourceStore) -> set[str]:
    """Find the files in which a call or an attribute may name something that was added or removed.

    What statements import is in the graph; these are not, or only some of them.
    """
    names = match_names(stems).search
    found = set()
    for path in lookup.by_path:
        imports = store.facts[path].imports
        if imports is not None and imports.depth >= Depth.CALLS:
            sites = imports.sites
            if any(site.form != "statement" and names(site.module) for site in sites):
                found.add(path)
    return found
