"""The result of one comparison: all that a format of `layercheck diff` knows."""

from __future__ import annotations

import enum
from typing import Literal

import msgspec

from layercheck.model.failure import Failure
from layercheck.model.finding import Finding
from layercheck.model.report import Report
from layercheck.model.source import Location


class Verdict(enum.StrEnum):
    """What a change did to a finding."""

    INTRODUCED = "introduced"
    """It was not there before."""
    EXPOSED = "exposed"
    """It was there before, but only today's configuration reports it."""
    MOVED = "moved"
    """It was there before, under another name: an end of it was renamed."""
    CARRIED = "carried"
    """It was there before and is there still."""
    RESOLVED = "resolved"
    """It is there no more."""
    DROPPED = "dropped"
    """It is no longer reported although it was not fixed: a rule changed, or a comment suppresses it."""


class Moved(msgspec.Struct, frozen=True):
    """One finding under its old name and its new one."""

    before: Finding
    after: Finding


class Dropped(msgspec.Struct, frozen=True):
    """One finding that is not reported any more, and what keeps it out."""

    finding: Finding
    by: Literal["rules", "comment"]


class Findings(msgspec.Struct, frozen=True):
    """The findings of both sides, by verdict; those of the head are the first four together."""

    introduced: tuple[Finding, ...] = ()
    exposed: tuple[Finding, ...] = ()
    moved: tuple[Moved, ...] = ()
    carried: tuple[Finding, ...] = ()
    resolved: tuple[Finding, ...] = ()
    """As they were: their places are in the base."""
    dropped: tuple[Dropped, ...] = ()

    def by_verdict(self) -> dict[Verdict, tuple[Finding, ...]]:
        """Return the findings of every verdict, under their newest name."""
        return {
            Verdict.INTRODUCED: self.introduced,
            Verdict.EXPOSED: self.exposed,
            Verdict.MOVED: tuple(pair.after for pair in self.moved),
            Verdict.CARRIED: self.carried,
            Verdict.RESOLVED: self.resolved,
            Verdict.DROPPED: tuple(each.finding for each in self.dropped),
        }


class ModuleImport(msgspec.Struct, frozen=True):
    """One module that imports another, and where it first does."""

    importer: str
    imported: str
    location: Location


class LayerEdge(msgspec.Struct, frozen=True):
    """How the imports of one layer by another changed; exact imports, those for type checkers left out."""

    importer: str
    """The importing layer."""
    imported: str
    """The imported layer."""
    kind: Literal["new", "removed", "changed"]
    """`new`: no module of the one imported the other before; `removed`: none does any more."""
    added: tuple[ModuleImport, ...] = ()
    removed: tuple[ModuleImport, ...] = ()
    """Their places are in the base."""


class TangleChange(msgspec.Struct, frozen=True):
    """How a tangle (modules in one import cycle) changed; exact imports, those for type checkers left out."""

    kind: Literal["new", "grown", "shrunk", "dissolved"]
    modules: tuple[str, ...]
    """All that are in it now; for a dissolved one, all that were."""
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    cycle: tuple[str, ...] = ()
    """One way round through a module that was added; the first module is at the end once more."""


class Base(msgspec.Struct, frozen=True):
    """What was compared with."""

    commit: str
    name: str
    """How it was found, in words: `origin/main`, `merge base with main`."""


class Effort(msgspec.Struct, frozen=True):
    """What the comparison had to read of the commits; all else was known."""

    read: int
    parsed: int


class Change(msgspec.Struct, frozen=True):
    """The verdict on a change."""

    base: Base
    head: str | None
    """The commit that was judged; None for the work tree."""
    findings: Findings
    report: Report
    """What `layercheck check` says of the head."""
    edges: tuple[LayerEdge, ...] = ()
    tangles: tuple[TangleChange, ...] = ()
    notes: tuple[str, ...] = ()
    """What a reader should know about the ground on which the verdict stands."""
    failures: tuple[Failure, ...] = ()
    """The rules that raised on either side; nothing is told of what they find."""
    effort: Effort = Effort(0, 0)
