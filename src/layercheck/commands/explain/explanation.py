"""What is known of one finding."""

from __future__ import annotations

from typing import Literal

import msgspec

from layercheck.model.finding import Finding
from layercheck.model.source import Location
from layercheck.rule.documentation import RulePage

Status = Literal["reported", "suppressed", "baselined"]


class Side(msgspec.Struct, frozen=True):
    """A module at one end of a finding."""

    module: str
    path: str
    role: str | None
    layer: str | None


class Route(msgspec.Struct, frozen=True):
    """A module that may be imported instead, and that may itself import what is wanted, and does."""

    module: str
    layer: str
    location: Location
    """Where it imports what is wanted."""
    names: tuple[str, ...]
    """What it takes from there, as far as that is what the finding is about; empty where it takes the module whole."""
    functions: tuple[str, ...]
    """Its public functions and methods that use what it takes."""


class Routes(msgspec.Struct, frozen=True):
    """The legal routes to what a finding is about."""

    through: tuple[str, ...]
    """The layers through which there can be any, highest first."""
    wanted: tuple[str, ...] = ()
    """The names that the importer takes; empty where it takes the module whole, or reaches it through others."""
    found: tuple[Route, ...] = ()
    """Those that exist, the nearest first, those without functions last; the first few."""
    has_more: bool = False


class CodeLine(msgspec.Struct, frozen=True):
    """One line of a file as it would be."""

    line: int
    """1-based."""
    text: str


class Remedies(msgspec.Struct, frozen=True):
    """How to live with a finding."""

    comment: tuple[CodeLine, ...] = ()
    """The lines that suppress it, as `--add-ignore` would write them."""
    no_comment: str = ""
    """Why there is no such comment."""
    entry: str = ""
    """The line of the baseline that accepts it."""
    no_entry: str = ""
    """Why there is no such line."""


class Explanation(msgspec.Struct, frozen=True):
    """All that is known of one finding."""

    finding: Finding
    status: Status
    reason: str
    """What the comment or the baseline entry gives as its reason."""
    importer: Side | None
    """The importing module; for a finding that is about no import, the module in which it stands."""
    imported: Side | None
    allowed: tuple[str, ...]
    """The layers that the importer may import, highest first."""
    routes: Routes | None
    """None where the finding is about no import from one layer to another."""
    remedies: Remedies
    page: RulePage | None
    """None for a finding that only knows its rule by name."""
