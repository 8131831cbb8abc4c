"""What a format is told beside the report."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import msgspec

from layercheck.model.finding import Finding
from layercheck.model.severity import Severity
from layercheck.rule.rule import Rule


class LegalRoute(msgspec.Struct, frozen=True):
    """A module that may be imported instead of what a finding is about, and uses the same."""

    module: str
    functions: tuple[str, ...] = ()
    """Those of its public functions that do."""


class LastSave(msgspec.Struct, frozen=True):
    """What the last change of a watched file made of the findings."""

    introduced: frozenset[str]
    """The fingerprints of the findings that were not there before."""
    resolved: int
    """How many are gone."""


class RenderContext(msgspec.Struct, frozen=True):
    """Where the sources are and how the reader looks at them."""

    root: Path
    """The project root: paths in the report are relative to it, and source lines are read below it."""
    list_rules: Callable[[], tuple[type[Rule], ...]] = tuple
    """Lists the rules there are in the projects of the report, by code; see `rules`."""
    find_routes: Callable[[Finding], Sequence[LegalRoute]] = lambda _: ()
    """Finds the legal routes to what a finding imports, the nearest first; none where nobody looks for them. Costs time:
    for formats that tell them."""
    texts: Mapping[str, bytes] = {}
    """Texts that stand for what the files hold on disk, by their path in the report."""
    prefix: str = ""
    """The project root as seen from where the user is, in POSIX form (`backend`; empty: right here); a `WayUp` for who
    is inside the project."""
    repository: Path | None = None
    """The top of the repository, against which CI servers resolve paths; None: the project root."""
    colour: bool = False
    is_terminal: bool = False
    """Whether people read it at a terminal, where the end of a long report is what they see."""
    width: int = 100
    """Columns of the terminal; source lines are cut to fit."""
    fail_on: Severity = Severity.ERROR
    """From which severity on a finding fails the check."""
    last_save: LastSave | None = None
    """What is new since the last report; None where there was none."""
    statistics: bool = False
    """Whether to append a table of the rules."""
    verbosity: int = 0
    """Below 0: findings only. Above 0: every finding in full, every name spelt out."""

    @property
    def rules(self) -> tuple[type[Rule], ...]:
        """The rules there are, by code: for formats that carry their documentation along."""
        return self.list_rules()
