"""The modules of a project."""

from __future__ import annotations

import enum

import msgspec


class Certainty(enum.StrEnum):
    """How sure the role of a module is."""

    CERTAIN = "certain"
    """Name and contents agree, or the configuration says so: findings are errors."""
    LIKELY = "likely"
    """There is evidence of one kind: findings are warnings."""
    GUESS = "guess"
    """There is no evidence, or it disagrees: counted, but no findings."""


class Module(msgspec.Struct, frozen=True):
    """One Python file, under the name by which the project imports it."""

    name: str
    path: str
    """POSIX path relative to the project root."""
    is_package: bool
    """Whether the file is an `__init__.py`."""
    role: str | None = None
    """What the module is for (`api`, `services`, `wiring`, `tests`, …); None if it is not known."""
    layer: str | None = None
    """The layer it belongs to under the configuration in force, None for a module without one."""
    application: str | None = None
    """The folder of the application it is part of (None: of none); layers are judged within one application."""
    certainty: Certainty = Certainty.CERTAIN
    """How sure the role is."""
    evidence: str = ""
    """Why the module has its role, in words."""
    within: str | None = None
    """The layer whose folder a wiring module lies in (`api` for `api/deps.py`), None for other modules."""
    named: str | None = None
    """The role that its name and its folders tell, whatever it defines: what code is expected there."""
    guess: str | None = None
    """The role that it may have, where it has none: too uncertain for any rule."""
    placed: str = ""
    """Why the module has its layer, in words, where that does not follow from its role; else empty."""

    @property
    def layer_certainty(self) -> Certainty:
        """How sure the layer is: as sure as the role, where it follows from that."""
        return Certainty.CERTAIN if self.placed else self.certainty

    @property
    def shown_role(self) -> str | None:
        """The role to show to people, a guess included; rules look at `role`."""
        return self.role or self.guess
