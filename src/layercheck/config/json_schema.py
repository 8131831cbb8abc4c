"""The JSON Schema of the configuration, for editors; made from the same types that the configuration is read with."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import msgspec

from layercheck.config.contract_records import CONTRACTS
from layercheck.config.schema import Configuration

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layercheck.config.selection import RuleInfo


def json_schema(rules: Sequence[RuleInfo] = ()) -> dict[str, Any]:
    """Make a draft-07 schema of `layercheck.toml` and of `[tool.layercheck]`.

    With rules, their options are described too, below their codes and their names.
    """
    records: dict[type[msgspec.Struct], None] = dict.fromkeys(CONTRACTS.values())
    records |= {rule.contract: None for rule in rules if rule.contract is not None}
    types = [Configuration, *records, *{rule.options: None for rule in rules}]
    references, definitions = msgspec.json.schema_components(types, ref_template="#/definitions/{name}")
    by_type = dict(zip(types, references, strict=True))
    configuration = definitions.pop(Configuration.__name__)
    configuration["properties"]["contracts"]["items"] = {"anyOf": [by_type[record] for record in records]}
    if rules:
        options = configuration["properties"]["rules"]
        options["properties"] = {word: by_type[rule.options] for rule in rules for word in (rule.code, rule.name)}
        options["additionalProperties"] = False
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        **configuration,
        "title": "layercheck",
        "definitions": definitions,
    }


def json_schema_text(rules: Sequence[RuleInfo] = ()) -> str:
    """Write the schema as it is committed: `layercheck.schema.json`."""
    return json.dumps(json_schema(rules), indent=2, ensure_ascii=False) + "\n"
