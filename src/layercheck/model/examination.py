"""What was found in the syntax of a file, kept with what else is known of it."""

from __future__ import annotations

import msgspec

from layercheck.model.fact import Fact
from layercheck.model.failure import Failure
from layercheck.model.module import Module
from layercheck.model.module_finding import ModuleFinding


class Examination(msgspec.Struct, frozen=True, array_like=True):
    """The findings and facts in one file."""

    module: Module
    """What the file was for the project."""
    examiner: bytes
    """Tells who looked, with which rules and options."""
    findings: tuple[tuple[str, ModuleFinding], ...] = ()
    """Each with the code of its rule."""
    failures: tuple[Failure, ...] = ()
    """The rules that raised; what they might have found is not known, so it must be looked for again."""
    is_parsed: bool = False
    """Whether the file had to be parsed for this."""
    facts: tuple[tuple[str, Fact], ...] = ()
    """Each with the code of the rule that noted it."""
