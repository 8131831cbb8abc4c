"""Limits for the severity of findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from layercheck import Severity


def at_most(severity: Severity, limit: Severity) -> Severity:
    """Lower a severity to a limit if it is higher."""
    return max(severity, limit, key=lambda each: each.rank)
