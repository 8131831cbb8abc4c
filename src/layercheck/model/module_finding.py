"""What a module rule finds in one file, before it is known what it means for the project."""

from __future__ import annotations

import msgspec

from layercheck.model.fix import Fix
from layercheck.model.source import Span


class ModuleFinding(msgspec.Struct, frozen=True, array_like=True):
    """One place in one file; a pure function of its text and of what the project says of the module."""

    span: Span
    statement: Span
    """The lines on which a suppression comment counts."""
    message: str
    """One sentence, without the code and the place."""
    about: str
    """What in the module it is about (`read_user`, `UserService.create`): part of the identity, so it names no lines."""
    names: tuple[str, ...] = ()
    """Full names (`app.models.User`) that decide about the finding when the rule looks at the whole project."""
    notes: tuple[str, ...] = ()
    """What is allowed here, and the help: one line each."""
    fix: Fix | None = None
