"""What is different in a project that was put together again because files came or went."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from layercheck.model.imports import Depth
from layercheck.project.journal import find_differing

if TYPE_CHECKING:
    from collections.abc import Collection

    from layercheck.facts.fact_store import SourceStore
    from layercheck.project.asked_project import AskedProject
    from layercheck.project.assembled import Assembled
    from layercheck.project.journal import Question
    from layercheck.project.links import ModuleIndex

_COMPARED = ("modules", "late", "layout", "_recognised", "_service_folders")
"""Parts of a project that are compared by value."""


class Renewal(NamedTuple):
    """What becomes of a project."""

    parts: dict[str, Any]
    """The parts that are others than before, by name."""
    changes: set[Question]
    """What has another answer."""


def may_be_compared(old: Assembled, new: Assembled) -> bool:
    """Tell whether the files that were there before keep their names, so that answers about them can be compared."""
    before, after = old.places, new.places
    names, roots = after.naming.names, after.naming.root_of
    known = before.naming.root_of
    # A folder that becomes a package, or is one no longer, changes what its modules can import.
    turned = (before.tree.packages ^ after.tree.packages) & before.tree.folders & after.tree.folders
    return (
        not turned
        and before.layout.style == after.layout.style
        and old.mixed == new.mixed
        and before.naming.roots == after.naming.roots
        and before.naming.top == after.naming.top
        and before.naming.second_roots == after.naming.second_roots
        and all(names.get(path, name) == name for path, name in before.naming.names.items())
        and all(roots.get(path, root) == root for path, root in known.items())
    )


def compare(old: Assembled, new: Assembled, project: AskedProject, store: SourceStore) -> Renewal:
    """Find what is different in the `new` project; `project` is the old one, and what it knows is handed on.

    `may_be_compared` must have said yes.
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
    """Find the files of which an import may mean another module now, or none, or one at last."""
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
    return affected | _find_naming_files(stems, new.lookup, store)


def _find_differing_stems(old: Assembled, new: Assembled) -> set[str]:
    """Find what can be imported that could not before, or no longer, or is another file."""
    before, after = old.places.tree, new.places.tree
    paths = ({stem: module.path for stem, module in each.lookup.by_stem.items()} for each in (old, new))
    return (before.folders ^ after.folders) | find_differing(before.stems, after.stems) | find_differing(*paths)


def _find_naming_files(stems: Collection[str], lookup: ModuleIndex, store: SourceStore) -> set[str]:
    """Find the files in which a call or an attribute may name something that came or went.

    What statements import is in the graph; these are not, or only some of them.
    """
    words = "|".join(re.escape(each) for each in sorted({stem.rpartition("/")[2] for stem in stems} - {""}))
    names = re.compile(rf"\b(?:{words})\b").search if words else None
    found = set()
    for path in lookup.by_path if names else ():
        imports = store.facts[path].imports
        if names and imports is not None and imports.depth is Depth.EVERYTHING:
            sites = imports.sites
            if any(site.form != "statement" and names(site.module) for site in sites):
                found.add(path)
    return found
