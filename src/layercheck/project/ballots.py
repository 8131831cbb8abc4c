"""The votes of imports for source roots: which folders could fulfil them."""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from layercheck.project.relative_paths import is_above, join
from layercheck.project.second_roots import first_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from layercheck.project.module_names import SourceTree

_Counts = Counter[str]
VoteCounts = tuple[_Counts, _Counts, _Counts]
"""The votes, calls and own names that `Naming` has."""


class _Ballot(NamedTuple):
    """What imports of one text, or of several alike, vote for."""

    name: str
    """The first name of the import."""
    folders: tuple[str, ...]
    """Those that hold what is imported."""
    called: tuple[str, ...]
    """Those of them that a file elsewhere means by it."""


def count_votes(tree: SourceTree, imports: Mapping[str, Sequence[str]]) -> VoteCounts:
    """Count the votes for each folder: those of the files below it, and those of files that find nothing above them.

    The third are those by which a package is told from one further up with its name.
    """
    votes, calls, own = _Counts(), _Counts(), _Counts()
    parents = {
        name: tuple(folders)
        for name, folders in tree.parents_by_name.items()
        if name not in sys.stdlib_module_names and name != "__init__"
    }
    ballot_of = dict(_find_ballots(tree, parents, set(chain.from_iterable(imports.values()))))
    # The files of a folder vote alike, and most of their imports for the same.
    by_folder: defaultdict[str, list[str]] = defaultdict(list)
    for path, specs in imports.items():
        by_folder[path.rpartition("/")[0]] += specs
    for place, specs in by_folder.items():
        for ballot, many in Counter(map(ballot_of.get, specs)).items():
            if ballot is None:
                continue  # for another library, as most
            above = [folder for folder in ballot.folders if is_above(folder, place)]
            namesakes = parents[ballot.name]
            for folder in above:
                votes[folder] += many
                package = join(folder, ballot.name)
                if len(namesakes) > 1 and is_above(package, place) and _lies_in_several(place, namesakes):
                    own[package] += many
            if not above:
                parts = _find_own_parts(tree, parents, place, ballot.name) if ballot.called else ()
                for folder in (*ballot.called, *parts):
                    calls[folder] += many
    return votes, calls, own


def _find_ballots(
    tree: SourceTree, parents: Mapping[str, tuple[str, ...]], specs: Iterable[str]
) -> Iterator[tuple[str, _Ballot]]:
    """Find what each import votes for, of those that anything in the project can fulfil."""
    alike: dict[_Ballot, _Ballot] = {}
    for spec in specs:
        name = first_name(spec)
        found = tuple([folder for folder in parents.get(name, ()) if tree.gives(folder, spec)])
        if found:
            ballot = _Ballot(name, found, tuple([folder for folder in found if tree.is_meant(folder, spec)]))
            yield spec, alike.setdefault(ballot, ballot)


def _lies_in_several(place: str, folders: Iterable[str]) -> bool:
    return sum(is_above(each, place) for each in folders) > 1


def _find_own_parts(tree: SourceTree, parents: Mapping[str, tuple[str, ...]], place: str, name: str) -> Iterator[str]:
    """Find the folders that hold the part of a namespace package in which files lie that import another part."""
    for folder in parents.get(name, ()):
        part = join(folder, name)
        if is_above(part, place) and part not in tree.stems:
            yield folder
