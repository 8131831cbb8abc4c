"""Options of rules whose keys are layers or roles: a slip of the pen there would silence the rule."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import msgspec
from msgspec import Meta

from layercheck.config.problems import subtable
from layercheck.config.suggestion import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from layercheck.config.problems import KeyProblem
    from layercheck.config.selection import RuleInfo

_MARK = "names"
LayerName = Annotated[str, Meta(extra={_MARK: "layer"})]
"""The type of the keys of an option that is a table by layer or role: `dict[LayerName, tuple[str, ...]]`."""


def validate_layer_names(
    table: Mapping[str, Any], rules: Sequence[RuleInfo], known: Collection[str]
) -> Iterator[KeyProblem]:
    """Find keys in the options of rules that are none of the `known` layers and roles."""
    by_name = {word: rule for rule in rules for word in (rule.code, rule.name)}
    for word, options in subtable(table, "rules").items():
        for key in _keyed_by_layers(by_name[word].options) if word in by_name and isinstance(options, dict) else ():
            for layer in subtable(options, key):
                if layer not in known:
                    message = f"expected a role or a layer, found {layer!r}{did_you_mean(layer, sorted(known))}"
                    yield ("rules", word, key, layer), message


def _keyed_by_layers(options: type[msgspec.Struct]) -> Iterator[str]:
    described = msgspec.inspect.type_info(options)
    for field in described.fields if isinstance(described, msgspec.inspect.StructType) else ():
        kind = field.type
        keys = kind.key_type if isinstance(kind, msgspec.inspect.DictType) else None
        if isinstance(keys, msgspec.inspect.Metadata) and _MARK in (keys.extra or {}):
            yield field.encode_name
