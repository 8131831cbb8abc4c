"""What a rule found."""

from __future__ import annotations

import msgspec

from layercheck.model.fix import Fix
from layercheck.model.imports import ImportKind
from layercheck.model.severity import Severity
from layercheck.model.source import Location, Span


class Hop(msgspec.Struct, frozen=True):
    """One import of a chain."""

    importer: str
    imported: str
    location: Location


class Related(msgspec.Struct, frozen=True):
    """A further place that belongs to a finding."""

    message: str
    location: Location


class Finding(msgspec.Struct, frozen=True):
    """One finding of one rule at one place."""

    code: str
    """The rule's stable code: `LC101`."""
    name: str
    """The rule's readable name: `layer-order`."""
    severity: Severity
    message: str
    """One sentence, without the code and the place."""
    location: Location
    subject: str
    """What breaks the rule: the importing module, or a file. Part of the identity."""
    object: str = ""
    """What it is broken against: the imported module. Part of the identity."""
    application: str = ""
    """The application in which it is broken: its folder. Part of the identity."""
    importer: str | None = None
    imported: str | None = None
    import_kind: ImportKind | None = None
    statement: Span | None = None
    """The whole statement at `location`: the lines on which a suppression comment counts."""
    chain: tuple[Hop, ...] = ()
    related: tuple[Related, ...] = ()
    notes: tuple[str, ...] = ()
    """What is allowed here, and the help: one line each."""
    roles: tuple[str, ...] = ()
    """Why the modules at both ends have their roles, and what changes them: one line each."""
    fix: Fix | None = None
    cut: int | None = None
    """Only for a tangle, whose subject lists its modules, sorted: the fewest imports that undo it."""

    @property
    def fingerprint(self) -> str:
        """Identity over time: 16 hex digits that hold neither line numbers nor the wording of the message."""
        import hashlib  # noqa: PLC0415  (its start costs more than reading the configuration)

        identity = f"{self.code}\0{self.application}\0{self.subject}\0{self.object}"
        return hashlib.sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()[:16]

    def sort_key(self) -> tuple[str, tuple[int, int], str, str, str]:
        """Order of every report: by place, then by rule."""
        span = self.location.span
        start = (span.start.line, span.start.column) if span else (0, 0)
        return (self.location.path, start, self.code, self.object, self.message)


class Suppressed(msgspec.Struct, frozen=True):
    """A finding that a comment in the code suppresses."""

    finding: Finding
    reason: str
    """What the comment gives as its reason; empty where it gives none."""


class Baselined(msgspec.Struct, frozen=True):
    """A finding that the baseline knows, and that is therefore not reported."""

    finding: Finding
    reason: str
    """What the entry gives as its reason; empty where it gives none."""
