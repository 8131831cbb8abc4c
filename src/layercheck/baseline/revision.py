"""A baseline as it should be: without what is gone, under the names of today, and with what is accepted on purpose."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from layercheck.baseline.entry import entry_of, merge_notes
from layercheck.baseline.tangle_entries import is_larger

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from layercheck.baseline.entry import Entry, Known, Notes
    from layercheck.baseline.matching import Match
    from layercheck.baseline.outcome import BaselineOutcome
    from layercheck.model.finding import Finding


class FiledEntry(NamedTuple):
    """An entry and the file it belongs in."""

    path: str
    entry: Entry


class Revision(NamedTuple):
    """The new state of a baseline, and what is different."""

    placed: tuple[FiledEntry, ...]
    added: tuple[Entry, ...] = ()
    removed: tuple[Entry, ...] = ()
    renamed: tuple[tuple[Entry, Entry], ...] = ()
    """What was rewritten: under a new name, or as the smaller tangle that it is today."""
    deserted: frozenset[str] = frozenset()
    """Files from which entries went to other files."""


def prune(
    known: Sequence[Known], outcome: BaselineOutcome, place: Callable[[Finding], str] | None, *, scoped: bool
) -> Revision:
    """Take out what is stale and give the rest today's names. Nothing is ever added.

    What was moved goes to the file that `place` names; without it, everything stays in its file.
    """
    stale = {each.entry.identity for each in outcome.stale}
    matches = _by_entry(outcome.matches)
    placed: list[FiledEntry] = []
    renamed = []
    for each in known:
        if each.entry.identity in stale:
            continue
        entries = {
            _as_of_today(each.entry, match, scoped=scoped): place(match.finding)
            if place and match.is_moved
            else each.path
            for match in matches[each.entry.identity]
        }
        for entry, path in (entries or {each.entry: each.path}).items():
            placed.append(FiledEntry(path, entry))
            if (entry.subject, entry.object, entry.cut) != (each.entry.subject, each.entry.object, each.entry.cut):
                renamed.append((each.entry, entry))
    deserted = {match.known.path for match in outcome.moved if place and place(match.finding) != match.known.path}
    removed = tuple(each.entry for each in outcome.stale)
    return Revision(tuple(_merge(placed)), (), removed, tuple(renamed), frozenset(deserted))


def accept(
    revision: Revision,
    findings: Iterable[Finding],
    notes: Notes,
    place: Callable[[Finding], str],
    *,
    scoped: bool,
) -> Revision:
    """Add findings; what is there already, past its day, gets the new notes."""
    old = {each.entry.identity: each for each in revision.placed}
    added: dict[tuple[object, ...], FiledEntry] = {}
    for finding in findings:
        entry = entry_of(finding, scoped=scoped, notes=notes)
        before = old.get(entry.identity) or old.get(msgspec.structs.replace(entry, application=None).identity)
        if before is not None:
            entry = msgspec.structs.replace(before.entry, notes=_renew(before.entry.notes, notes))
        added[entry.identity] = FiledEntry(before.path if before else place(finding), entry)
    kept = (each for each in revision.placed if each.entry.identity not in added)
    return revision._replace(placed=(*kept, *added.values()), added=tuple(each.entry for each in added.values()))


def regroup(
    revision: Revision, outcome: BaselineOutcome, place: Callable[[Finding], str], *, root: str, scoped: bool
) -> Revision:
    """Move entries to the files that they belong in; those without a finding stay, unless all go to the `root`."""
    paths = {}
    for match in outcome.matches:
        for entry in (match.known.entry, _as_of_today(match.known.entry, match, scoped=scoped)):
            paths[entry.identity] = place(match.finding)
    placed = tuple(
        FiledEntry(root or paths.get(each.entry.identity, each.path), each.entry) for each in revision.placed
    )
    deserted = {old.path for old, new in zip(revision.placed, placed, strict=True) if old.path != new.path}
    return revision._replace(placed=placed, deserted=revision.deserted | deserted)


def _by_entry(matches: Iterable[Match]) -> defaultdict[tuple[object, ...], list[Match]]:
    found: defaultdict[tuple[object, ...], list[Match]] = defaultdict(list)
    for match in matches:
        found[match.known.entry.identity].append(match)
    return found


def _as_of_today(entry: Entry, match: Match, *, scoped: bool) -> Entry:
    is_scoped = scoped or entry.application is not None
    if match.is_moved or (entry.cut is not None and is_larger(entry, match.finding)):
        return entry_of(match.finding, scoped=is_scoped, notes=entry.notes)
    if entry.application is None and scoped:
        return msgspec.structs.replace(entry, application=match.finding.application or None)
    return entry


def _renew(old: Notes, new: Notes) -> Notes:
    return type(old)(
        reason=new.reason or old.reason,
        owner=new.owner or old.owner,
        until=new.until,
        ticket=new.ticket or old.ticket,
    )


def _merge(placed: Iterable[FiledEntry]) -> Iterator[FiledEntry]:
    """Make one of the entries that have become the same."""
    alike: dict[tuple[object, ...], list[FiledEntry]] = {}
    for each in placed:
        alike.setdefault(each.entry.identity, []).append(each)
    for same in alike.values():
        notes = merge_notes(each.entry.notes for each in same)
        yield same[0]._replace(entry=msgspec.structs.replace(same[0].entry, notes=notes))
