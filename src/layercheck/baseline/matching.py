"""Which findings of today are known, which are new, and which entries have nothing left to do."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from layercheck.baseline.entry import key_of
from layercheck.baseline.tangle_entries import match_tangles

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from layercheck.baseline.entry import Identity, Key, Known
    from layercheck.model.finding import Finding


class Match(NamedTuple):
    """A finding and the entry that accepts it."""

    known: Known
    finding: Finding
    is_moved: bool = False
    """Whether the entry still has the name that a module had before it was moved."""


class Matching(NamedTuple):
    """Every finding and every entry, once; a finding that several findings share an identity with has their entry."""

    matches: tuple[Match, ...]
    new: tuple[Finding, ...]
    unmatched: tuple[Known, ...]
    """Entries for which there is no finding."""


def match_entries(known: Sequence[Known], findings: Sequence[Finding]) -> Matching:
    """Match by identity alone: code, application, subject, object.

    An entry without an application accepts the finding of one, and only one: it was written when there was no other.
    """
    chosen = _match_exactly(known, findings)
    taken = {each.entry.identity for each in chosen.values()}
    rest = [finding for finding in findings if key_of(finding) not in chosen]
    chosen |= _match_unscoped(leave_out(known, taken), rest)
    chosen |= match_tangles(known, findings)
    matches, new = [], []
    for finding in findings:
        entry = chosen.get(key_of(finding))
        if entry is None:
            new.append(finding)
        else:
            matches.append(Match(entry, finding))
    taken = {each.known.entry.identity for each in matches}
    return Matching(tuple(matches), tuple(new), tuple(leave_out(known, taken)))


def leave_out(known: Sequence[Known], identities: Collection[Identity]) -> Sequence[Known]:
    """List the entries but for some, by their identities."""
    return [each for each in known if each.entry.identity not in identities] if identities else known


def _match_exactly(known: Iterable[Known], findings: Iterable[Finding]) -> dict[Key, Known]:
    by_key = {
        (each.entry.code, each.entry.subject, each.entry.object, each.entry.application): each
        for each in known
        if each.entry.cut is None and each.entry.application is not None
    }
    keys = {key_of(finding) for finding in findings if finding.cut is None}
    return {key: by_key[key] for key in sorted(keys & by_key.keys())}


def _match_unscoped(known: Iterable[Known], findings: Iterable[Finding]) -> dict[Key, Known]:
    applications: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for finding in findings:
        if finding.cut is None:
            applications[key_of(finding)[:3]].add(finding.application)
    found = {}
    for each in known:
        entry = each.entry
        candidates = applications.get((entry.code, entry.subject, entry.object))
        if candidates and entry.cut is None and entry.application is None:
            found[entry.code, entry.subject, entry.object, min(candidates)] = each
    return found
