"""What is injected for a trial, something forbidden and something allowed, and what came of it."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING, NamedTuple

import msgspec

if TYPE_CHECKING:
    from collections.abc import Mapping

    from layercheck.rule.rule import Rule


class Injected(NamedTuple):
    """What is put into the project, in memory."""

    texts: Mapping[str, bytes]
    """Python files by path, in the place of those on disk or beside them."""
    project_files: Mapping[str, bytes] | None = None
    """The files that are no Python (README, manifests, the baseline); None: those of the project."""
    is_tracked: bool = False
    """Whether git holds all of it."""
    is_alone: bool = False
    """Whether it takes the place of all modules of the project."""


class TrialResult(enum.StrEnum):
    """What a rule or contract made of it."""

    FIRES = "fires"
    """It reports what is forbidden, and says nothing about what is allowed."""
    SILENT = "silent"
    """It does not report what is forbidden."""
    NOISY = "noisy"
    """It reports what is allowed."""
    UNTESTABLE = "not tested"
    """There is nothing in the project that it could forbid, or no way to inject that."""


class Trial(msgspec.Struct, frozen=True):
    """What one rule or contract made of what was injected."""

    code: str
    name: str
    contract: str
    """The name of the contract; empty for a rule that needs none."""
    result: TrialResult
    injected: str
    """What was forbidden, in words: `app.models.user imports app.api.users`."""
    reason: str = ""
    """Why it was not as it should be; empty where it was."""


def make_trial(rule: Rule, result: TrialResult, injected: str = "", reason: str = "", *, contract: str = "") -> Trial:
    """Describe a trial of a rule."""
    return Trial(rule.code, rule.name, contract, result, injected, reason)
