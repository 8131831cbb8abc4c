"""The settings that a project can start with, the strictest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from layercheck.model.imports import COUNTED_KINDS, ImportKind
from layercheck.model.severity import Severity
from layercheck.rule.rule import ImportOptions

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from layercheck.rule.rule import Rule

RECOMMENDED = "recommended"


class Setting(msgspec.Struct, frozen=True):
    """A way to configure layercheck that suits many projects."""

    name: str
    summary: str
    """What it requires of the code, in a few words."""
    table: dict[str, Any] = {}
    """Its `[tool.layercheck]`: only the keys `fail-on`, `exhaustive`, `select`, `ignore`, `severity` and `rules`."""
    reasons: dict[str, str] = {}
    """The comment for each of these keys."""

    @property
    def fail_on(self) -> Severity:
        """The weakest severity with which it fails a check."""
        return Severity(self.table.get("fail-on", Severity.ERROR))


def all_settings(rules: Collection[type[Rule]]) -> tuple[Setting, ...]:
    """List the settings for these rules, the strictest first."""
    return (
        Setting(
            "strict",
            "warnings fail the check, every module needs a role, type-checking imports count in the order of layers",
            {
                "fail-on": "warning",
                "exhaustive": True,
                "rules": {"LC101": {"imports": [kind.value for kind in ImportKind]}},
            },
            {
                "fail-on": "warnings fail as well",
                "exhaustive": "a module without a role is an error",
                "rules": "Imports below `if TYPE_CHECKING` count as well.",
            },
        ),
        Setting(RECOMMENDED, "the defaults"),
        Setting(
            "without-deferred",
            "the defaults, but imports inside functions are allowed",
            {"rules": _counting(rules, (kind for kind in COUNTED_KINDS if kind is not ImportKind.DEFERRED))},
            {"rules": "Imports inside functions (`deferred`) are allowed."},
        ),
        Setting(
            "without-skipped-layer",
            "the defaults, but `api` may import models and db directly",
            {"ignore": ["LC102"]},
            {"ignore": "skipped-layer: `api` may import models and db directly"},
        ),
        Setting(
            "order-only",
            "only imports of higher layers, contracts, and unreadable files",
            {"select": ["LC0", "LC101", "LC105", "LC108", "LC12", "LC13"]},
            {"select": "layer-order, entry-point-import and contracts; LC0 and LC108 report what could not be checked"},
        ),
    )


def _counting(rules: Iterable[type[Rule]], kinds: Iterable[ImportKind]) -> dict[str, Any]:
    """Write the option of all rules about imports that says which kinds count."""
    counted = [kind.value for kind in kinds]
    return {rule.code: {"imports": counted} for rule in rules if issubclass(rule.Options, ImportOptions)}
