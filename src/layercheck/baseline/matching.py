"""Which findings of today are known, which are new, and which entries have nothing left to do."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from layercheck.baseline.entry import key_of
from layercheck.baseline.tangle_entries import match_tangles

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from layercheck.baseline.entry import Key, Known
    from layercheck.model.finding import Violation


class Match(NamedTuple):
    """A finding and the entry that accepts it."""

    known: Known
    violation: Violation
    is_moved: bool = False
    """Whether the entry still has the name that a module had before it was moved."""


class Matching(NamedTuple):
    """Every finding and every entry, once; a finding that several findings share an identity with has their entry."""

    matches: tuple[Match, ...]
    new: tuple[Violation, ...]
    idle: tuple[Known, ...]
    """Entries for which there is no finding."""


def match_entries(known: Sequence[Known], violations: Sequence[Violation]) -> Matching:
    """Match by identity alone: code, application, subject, object.

    An entry without an application accepts the finding of one, and only one: it was written when there was no other.
    """
    chosen = _match_exactly(known, violations)
    taken = {each.entry.identity for each in chosen.values()}
    rest = [violation for violation in violations if key_of(violation) not in chosen]
    chosen |= _match_unscoped([each for each in known if each.entry.identity not in taken], rest)
    taken = {each.entry.identity for each in chosen.values()}
    chosen |= match_tangles(known, violations)
    matches, new = [], []
    for violation in violations:
        entry = chosen.get(key_of(violation))
        if entry is None:
            new.append(violation)
        else:
            matches.append(Match(entry, violation))
    taken = {each.known.entry.identity for each in matches}
    idle = (each for each in known if each.entry.identity not in taken)
    return Matching(tuple(matches), tuple(new), tuple(idle))


def _match_exactly(known: Iterable[Known], violations: Iterable[Violation]) -> dict[Key, Known]:
    by_key = {
        (each.entry.code, each.entry.subject, each.entry.object, each.entry.scope): each
        for each in known
        if each.entry.cut is None and each.entry.scope is not None
    }
    keys = {key_of(violation) for violation in violations if violation.cut is None}
    return {key: by_key[key] for key in sorted(keys & by_key.keys())}


def _match_unscoped(known: Iterable[Known], violations: Iterable[Violation]) -> dict[Key, Known]:
    scopes: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for violation in violations:
        if violation.cut is None:
            scopes[key_of(violation)[:3]].add(violation.scope)
    found = {}
    for each in known:
        entry = each.entry
        candidates = scopes.get((entry.code, entry.subject, entry.object))
        if candidates and entry.cut is None and entry.scope is None:
            found[entry.code, entry.subject, entry.object, min(candidates)] = each
    return found
