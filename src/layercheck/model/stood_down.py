"""Conventions that a project does not follow."""

from __future__ import annotations

import msgspec


class StoodDown(msgspec.Struct, frozen=True, order=True):
    """A convention that an application mostly breaks, so that its exceptions are not reported."""

    code: str
    name: str
    application: str
    """Folder of the application; empty for what lies in none."""
    reason: str
    """What was counted: `12 of 14 modules of api query the database directly`."""
