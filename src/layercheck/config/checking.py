"""All mistakes in a configuration at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from layercheck.config.checking_layers import complaints_of_layers, complaints_of_roles
from layercheck.config.checking_paths import complaints_of_packages, complaints_of_patterns, complaints_of_source_roots
from layercheck.config.checking_rules import complaints_of_rules
from layercheck.config.preset import has_preset, preset_names, read_preset
from layercheck.config.schema import Configuration
from layercheck.config.suggestion import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from layercheck.config.complaints import Complaint
    from layercheck.config.selection import RuleInfo


def find_complaints(table: Any, *, root: Path | None, rules: Sequence[RuleInfo]) -> list[Complaint]:
    """Find everything wrong with what a user wrote, in the order of the checks; empty when it can be used.

    `table` is as TOML gave it, of any shape. `root` is the folder that its paths start from, None when there is none.
    Names of rules are only held against `rules` when there are any.
    """
    complaints = list(_of_shape(table))
    if isinstance(table, dict):
        # What follows takes what has the right shape and steps over the rest, which is complained of already.
        complaints += _of_preset(table)
        complaints += complaints_of_roles(table, _preset(table))
        complaints += complaints_of_layers(table, _preset(table))
        complaints += complaints_of_source_roots(table, root)
        complaints += complaints_of_packages(table)
        complaints += complaints_of_patterns(table, root)
        if rules:
            complaints += complaints_of_rules(table, rules)
    return complaints


def _of_shape(table: Any) -> Iterator[Complaint]:
    try:
        msgspec.convert(table, Configuration)
    except msgspec.ValidationError:
        # The slow and thorough way, only for those who need it.
        from layercheck.config.shapes import complaints_of_shape  # noqa: PLC0415

        yield from complaints_of_shape(table, Configuration)


def _of_preset(table: Mapping[str, Any]) -> Iterator[Complaint]:
    name = table.get("preset")
    if isinstance(name, str) and name.strip() and not has_preset(name):
        known = preset_names()
        guess = did_you_mean(name, known) or f"; known are {', '.join(known)}"
        yield ("preset",), f"unknown preset {name!r}{guess}"


def _preset(table: Mapping[str, Any]) -> Mapping[str, Any]:
    name = table.get("preset", Configuration().preset)
    return read_preset(name if isinstance(name, str) and has_preset(name) else Configuration().preset)
