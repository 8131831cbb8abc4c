from __future__ import annotations

from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest

from layercheck.config.json_schema import json_schema, json_schema_text
from layercheck.config.preset import preset_names, read_preset
from layercheck.config.schema import Configuration
from layercheck.config.selection import RuleInfo
from layercheck.plugins.load import load_plugins

COMMITTED = Path(__file__).parents[2] / "layercheck.schema.json"


class Options(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    max_hops: int = 5


def is_valid(table: dict[str, Any], schema: dict[str, Any]) -> bool:
    return bool(jsonschema.Draft7Validator(schema).is_valid(table))


def test_the_committed_schema_is_current() -> None:
    current = json_schema_text(load_plugins().vocabulary.rules)

    assert COMMITTED.read_text(encoding="utf-8") == current, (
        "write it anew: layercheck config --schema > layercheck.schema.json"
    )


def test_it_is_a_schema_and_every_key_is_described() -> None:
    schema = json_schema()
    jsonschema.Draft7Validator.check_schema(schema)
    assert set(schema["properties"]) == set(Configuration.__struct_encode_fields__)
    assert all(each["description"] for each in schema["properties"].values())


@pytest.mark.parametrize("name", preset_names())
def test_presets_are_valid(name: str) -> None:
    assert is_valid(dict(read_preset(name)), json_schema())


@pytest.mark.parametrize(
    ("table", "valid"),
    [
        ({}, True),
        ({"source-roots": ["src"], "layers": ["app.web", "app.db"], "exhaustive": True}, True),
        ({"severity": {"LC101": "info"}, "rules": {"LC101": {"imports": ["runtime"]}}}, True),
        ({"per-path-ignores": {"tests/**": ["LC1"]}}, True),
        ({"source_roots": ["src"]}, False),
        ({"layers": "api"}, False),
        ({"layers": [""]}, False),
        ({"severity": {"LC101": "warn"}}, False),
    ],
)
def test_it_agrees_with_the_reader(table: dict[str, Any], valid: bool) -> None:
    assert is_valid(table, json_schema()) is valid
    if valid:
        msgspec.convert(table, Configuration)
    else:
        with pytest.raises(msgspec.ValidationError):
            msgspec.convert(table, Configuration)


def test_options_of_rules_are_part_of_it() -> None:
    schema = json_schema([RuleInfo("LC106", "indirect-layer-order", "layers", Options)])
    jsonschema.Draft7Validator.check_schema(schema)
    assert is_valid({"rules": {"LC106": {"max-hops": 3}}}, schema)
    assert is_valid({"rules": {"indirect-layer-order": {}}}, schema)
    assert not is_valid({"rules": {"LC106": {"max-hop": 3}}}, schema)
    assert not is_valid({"rules": {"LC999": {}}}, schema)
