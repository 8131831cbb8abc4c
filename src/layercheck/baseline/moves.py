"""Which new findings are old ones under a new name: a module, a package or a whole application was renamed."""

from __future__ import annotations

from collections import defaultdict
from itertools import product
from typing import TYPE_CHECKING

import msgspec

from layercheck.baseline.entry import key_of
from layercheck.baseline.matching import Match, Matching, leave_out
from layercheck.baseline.tangle_entries import match_tangles

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from layercheck.baseline.entry import Entry, Key, Known
    from layercheck.model.finding import Finding

    Rename = Callable[[str, str | None], str | None]
    """From what a module or file was called, and its application, to what it is called today; None: not renamed."""


def pair_moves(matching: Matching, rename: Rename, applications: Collection[str]) -> Matching:
    """Pair entries that have become idle with findings that are new, one to one.

    Two belong together if they agree on the rule, and each end is either the same or has provably been renamed. `scopes`
    are the applications that exist today: where one has vanished, the same modules elsewhere are the moved ones.
    """
    free: dict[tuple[str, str, str], list[Finding]] = defaultdict(list)
    for finding in sorted(matching.new, key=key_of):
        if finding.cut is None:
            free[key_of(finding)[:3]].append(finding)
    codes = {code for code, _, _ in free}
    moved: dict[Key, Known] = {}
    for known in matching.unmatched:
        if known.entry.code not in codes:
            continue
        for target, is_renamed in _targets(known.entry, rename):
            found = _claim(free[target], known.entry, applications, is_renamed=is_renamed)
            if found is not None:
                moved[key_of(found)] = known
                break
    moved |= _pair_tangles(matching, rename)
    paired = {known.entry.identity for known in moved.values()}
    return Matching(
        (
            *matching.matches,
            *(Match(moved[key_of(each)], each, is_moved=True) for each in matching.new if key_of(each) in moved),
        ),
        tuple(each for each in matching.new if key_of(each) not in moved),
        tuple(leave_out(matching.unmatched, paired)),
    )


def _targets(entry: Entry, rename: Rename) -> Iterator[tuple[tuple[str, str, str], bool]]:
    """List what the finding may be called today, the least change first."""
    if entry.cut is not None:
        return
    ends = [_names_today(end, entry.application, rename) for end in (entry.subject, entry.object)]
    for subject, object_ in sorted(
        product(*ends), key=lambda pair: (pair[0] != entry.subject) + (pair[1] != entry.object)
    ):
        yield (entry.code, subject, object_), (subject, object_) != (entry.subject, entry.object)


def _names_today(end: str, application: str | None, rename: Rename) -> list[str]:
    """List the old name of one end and, where it has one, the new."""
    if not end:
        return [end]
    # What follows a colon is a place inside the module: `app.tasks:Worker.run`.
    module, colon, inside = end.partition(":")
    new = rename(module, application)
    return [end] if new is None else [end, new + colon + inside]


def _claim(free: list[Finding], entry: Entry, applications: Collection[str], *, is_renamed: bool) -> Finding | None:
    """Take a finding away from those that nobody has claimed; one in the same application, if there is one."""
    for finding in sorted(free, key=lambda each: (each.application != entry.application, each.application)):
        if is_renamed or entry.application not in applications:
            free[:] = [each for each in free if each.application != finding.application]
            return finding
    return None


def _pair_tangles(matching: Matching, rename: Rename) -> dict[Key, Known]:
    """Pair tangles under the new names of their modules."""
    originals: dict[tuple[object, ...], Known] = {}
    renamed = []
    for known in matching.unmatched:
        entry = known.entry
        if entry.cut is not None:
            modules = sorted({rename(module, entry.application) or module for module in entry.members})
            entry = msgspec.structs.replace(entry, subject=" ".join(modules), application=None)
            originals.setdefault(entry.identity, known)
            renamed.append(known._replace(entry=entry))
    return {key: originals[known.entry.identity] for key, known in match_tangles(renamed, matching.new).items()}
