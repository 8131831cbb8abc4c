"""What can be changed so that a finding goes away."""

from __future__ import annotations

import enum

import msgspec

from layercheck.model.source import Span


class Applicability(enum.StrEnum):
    """How sure it is that a fix keeps the meaning of the code."""

    SAFE = "safe"
    """Applied by `--fix`."""
    UNSAFE = "unsafe"
    """Applied by `--fix --unsafe-fixes` only."""
    DISPLAY_ONLY = "display-only"
    """Shown, never applied."""


class Edit(msgspec.Struct, frozen=True):
    """One stretch of a file and the text to put in its place; an empty stretch is an insertion."""

    span: Span
    text: str


class Fix(msgspec.Struct, frozen=True):
    """Edits of one file that belong together; they do not overlap."""

    title: str
    """What it does, in the imperative: "Replace `class Config` by `model_config`"."""
    edits: tuple[Edit, ...]
    applicability: Applicability = Applicability.SAFE
