"""What a module rule notes of one file besides its findings."""

from __future__ import annotations

import msgspec

from layercheck.model.source import Span


class Fact(msgspec.Struct, frozen=True, array_like=True):
    """Something that a module rule needs to know when it looks at the whole project; never reported."""

    kind: str
    """What the fact says, in a word that the rule chooses."""
    span: Span
    about: str
    """The definition that the fact is about (`read_user`, `UserService.create`); empty for the module itself."""
    names: tuple[str, ...] = ()
    """Full names (`app.models.User`) and other words."""
