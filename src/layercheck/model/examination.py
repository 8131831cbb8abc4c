"""What rules find in the syntax of one file, before it is known what it means for the project."""

from __future__ import annotations

import msgspec

from layercheck.model.failure import Failure
from layercheck.model.fix import Fix
from layercheck.model.module import Module
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


class Fact(msgspec.Struct, frozen=True, array_like=True):
    """Something that a module rule needs to know when it looks at the whole project; never reported."""

    kind: str
    """What the fact says, in a word that the rule chooses."""
    span: Span
    about: str
    """The definition that the fact is about (`read_user`, `UserService.create`); empty for the module itself."""
    names: tuple[str, ...] = ()
    """Full names (`app.models.User`) and other words."""


class Examination(msgspec.Struct, frozen=True, array_like=True):
    """The findings and facts in one file."""

    module: Module
    """What the file was for the project."""
    examiner: bytes
    """Identifies the rules and options with which the file was examined."""
    findings: tuple[tuple[str, ModuleFinding], ...] = ()
    """Each with the code of its rule."""
    failures: tuple[Failure, ...] = ()
    """The rules that raised; what they might have found is not known, so it must be looked for again."""
    is_parsed: bool = False
    """Whether the file had to be parsed for this."""
    facts: tuple[tuple[str, Fact], ...] = ()
    """Each with the code of the rule that noted it."""
