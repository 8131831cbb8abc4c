"""Keeps the votes for source roots, to count them again after an edit."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import chain
from typing import TYPE_CHECKING

from layercheck.project.ballots import count_votes
from layercheck.project.module_names import RootChooser, may_be_package, package_below, sort_roots
from layercheck.project.second_roots import first_name, is_nowhere
from layercheck.project.tree_changes import compare_trees, match_names

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from layercheck.project.ballots import VoteCounts
    from layercheck.project.module_names import Naming, SourceTree


class Votes:
    """The votes for the source roots of a project, to be counted again when a file changes."""

    def __init__(
        self,
        tree: SourceTree,
        naming: Naming,
        *,
        folder_name: str,
        declared: bool,
    ) -> None:
        """Take what `name_modules` was given and what it gave; `declared`: the configuration has the last word."""
        self._tree = tree
        self._naming = naming
        self._may_be_package = may_be_package(tree, folder_name) and "" not in tree.packages
        self._inner = f"{folder_name}."
        self._declared = declared
        self._votes, self._calls, self._own = (
            defaultdict(int, counted) for counted in (naming.votes, naming.calls, naming.own)
        )
        self._voted: tuple[frozenset[str], ...] = ()
        """The folders and the packages that had votes when folders were grouped."""
        self._groups: list[tuple[str, str]] = []
        """One folder of each group with the same choice, and its source root."""

    @property
    def naming(self) -> Naming:
        """The names of the modules, with the votes as they are counted now."""
        return self._naming._replace(votes=self._votes, calls=self._calls, own=self._own)

    def replace(self, path: str, before: Sequence[str], after: Sequence[str]) -> bool:
        """Count the imports of a changed file; returns False if files may have other names now, and all must be counted again."""
        gone, new = set(before) - set(after), set(after) - set(before)
        if self._may_be_package and any(spec.startswith(self._inner) for spec in gone | new):
            return False
        if any(is_nowhere(self._tree, self._naming.roots, first_name(spec)) for spec in gone | new):
            return False
        if self._declared:
            return True
        less, more = (count_votes(self._tree, {path: tuple(specs)}) for specs in (gone, new))
        changes = []
        for counted, fewer, further in zip((self._votes, self._calls, self._own), less, more, strict=True):
            folders = {*fewer, *further}
            changes.append({each: further[each] - fewer[each] for each in folders if further[each] != fewer[each]})
            for folder, difference in changes[-1].items():
                counted[folder] += difference
        votes, calls, own = changes
        # No folder turns away from the only one that gains.
        is_gain = len(votes) == 1 and not calls and all(each > 0 for each in (*votes.values(), *own.values()))
        gainer = next(iter(votes)) if is_gain and all(each.rpartition("/")[0] in votes for each in own) else None
        return not (votes or calls or own) or self._are_roots_kept(gainer)

    def _are_roots_kept(self, gainer: str | None) -> bool:
        """Return whether every folder still has its source root; those below the `gainer` have."""
        voted = tuple(frozenset(each for each, many in counted.items() if many) for counted in (self._votes, self._own))
        chooser = RootChooser(self._tree, self._votes, self._calls, self._own)
        if voted != self._voted:
            self._voted, self._groups = voted, self._group_folders(chooser, *voted)
        return self._naming.roots == sort_roots(self._naming.roots, self._votes) and all(
            chooser.root_of(folder) == root for folder, root in self._groups if root != gainer
        )

    def _group_folders(
        self, chooser: RootChooser, voted: frozenset[str], told_apart: frozenset[str]
    ) -> list[tuple[str, str]]:
        """Find one of all folders that choose among the same source roots; there are few of these, and many folders."""
        groups: dict[tuple[object, ...], tuple[str, str]] = {}
        for folder, root in {path.rpartition("/")[0]: root for path, root in self._naming.root_of.items()}.items():
            outer, inner = chooser.find_candidates(folder)
            # Where anybody has votes, the others have no chance.
            choice = tuple(each for each in outer if each in voted) or (folder,)
            is_below_top = folder != outer[0] and outer[0] in voted
            packages = told_apart.intersection(package_below(each, folder) for each in outer)
            key = (root, choice, is_below_top, packages, tuple(each for each in inner if each in voted))
            groups.setdefault(key, (folder, root))
        return list(groups.values())


def count_again(
    naming: Naming,
    before: tuple[SourceTree, Mapping[str, Sequence[str]]],
    after: tuple[SourceTree, Mapping[str, Sequence[str]]],
) -> VoteCounts:
    """Count the votes after files came or went; `naming` has those of `before`.

    Both are the files with their imports; the files that stay import the same. Only an import that names what came or
    went may be fulfilled by another folder.
    """
    (tree, imports), (new_tree, new_imports) = before, after
    is_named = match_names(compare_trees(tree, new_tree)).search
    affected = {spec for spec in set(chain.from_iterable(new_imports.values())) if is_named(spec)}
    staying = [path for path in new_imports if path in imports]
    again = {
        path: tuple(spec for spec in new_imports[path] if spec in affected)
        for path in staying
        if not affected.isdisjoint(new_imports[path])
    }
    gone = {path: tuple(specs) for path, specs in imports.items() if path not in new_imports}
    new = {path: tuple(specs) for path, specs in new_imports.items() if path not in imports}
    less, more = count_votes(tree, again | gone), count_votes(new_tree, again | new)
    counts = []
    for counted, fewer, further in zip((naming.votes, naming.calls, naming.own), less, more, strict=True):
        total = Counter(counted)
        total.update(further)
        total.subtract(fewer)
        counts.append(+total)
    votes, calls, own = counts
    return votes, calls, own
