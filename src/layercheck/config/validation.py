"""All mistakes in a configuration at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from layercheck.config.layer_names import validate_layer_names
from layercheck.config.problems import shape_problems
from layercheck.config.schema import Configuration
from layercheck.config.suggestion import did_you_mean
from layercheck.config.validate_layers import known_layers, validate_layers, validate_roles
from layercheck.config.validate_paths import (
    validate_named_files,
    validate_packages,
    validate_patterns,
    validate_source_roots,
)
from layercheck.config.validate_rules import names_rules, validate_rules
from layercheck.config.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from layercheck.config.problems import KeyProblem

_OURS = Vocabulary()


def find_problems(table: Any, *, root: Path | None, vocabulary: Vocabulary = _OURS) -> list[KeyProblem]:
    """Find everything wrong with what a user wrote, in the order of the checks; empty when it can be used.

    `table` is as TOML gave it, of any shape. `root` is the folder that its paths start from, None when there is none.
    Names of rules are only held against the `vocabulary` when it has any.
    """
    problems = list(shape_problems(table, Configuration))
    if isinstance(table, dict):
        # What follows takes what has the right shape and steps over the rest, which is complained of already.
        preset = _preset(table, vocabulary)
        problems += _of_preset(table, vocabulary)
        problems += validate_roles(table, preset)
        problems += validate_layers(table, preset)
        problems += validate_source_roots(table, root)
        problems += validate_named_files(table, root)
        problems += validate_packages(table)
        problems += validate_patterns(table, root)
        if "contracts" in table:
            from layercheck.config.validate_contracts import validate_contracts  # noqa: PLC0415  (most have none)

            problems += validate_contracts(table, lambda: vocabulary.contract_kinds)
        if names_rules(table) and vocabulary.rules:
            problems += validate_rules(table, vocabulary.rules, are_all=vocabulary.includes_plugins)
            problems += validate_layer_names(table, vocabulary.rules, known_layers(table, preset))
    return problems


def _of_preset(table: Mapping[str, Any], vocabulary: Vocabulary) -> Iterator[KeyProblem]:
    name = table.get("preset")
    if isinstance(name, str) and name.strip() and not vocabulary.has_preset(name):
        known = vocabulary.preset_names()
        guess = did_you_mean(name, known) or f"; known are {', '.join(known)}"
        left_out = "" if vocabulary.includes_plugins else " (plugins are left out)"
        yield ("preset",), f"unknown preset {name!r}{left_out}{guess}"


def _preset(table: Mapping[str, Any], vocabulary: Vocabulary) -> Mapping[str, Any]:
    name = table.get("preset", Configuration().preset)
    return vocabulary.preset(name if isinstance(name, str) and vocabulary.has_preset(name) else Configuration().preset)
