"""Three layers of configuration into one: the preset, the user's file over it, the command line over both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from layercheck.config.layer_syntax import parse_layers

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Table = dict[str, Any]

FOLLOWS_FROM_LAYERS = ("closed", "isolated", "leaf")
"""What the preset says of its own layers, and what therefore may not hold for the user's."""


def merge(preset: Mapping[str, Any], user: Mapping[str, Any], overrides: Mapping[str, Any]) -> Table:
    """Make the effective table. All three are free of mistakes.

    Names of roles and of folders are added up, tables are merged key by key, everything else is replaced.
    """
    merged: Table = {**preset}
    for key, value in user.items():
        merged[key] = {**merged.get(key, {}), **value} if isinstance(value, dict) else value
    for key in ("roles", "folders"):
        merged[key] = merge_names(preset.get(key, {}), user.get(key, {}))
    merged.update(overrides)
    given = {*user, *overrides}
    if "layers" in given:
        order = _names_in_order(merged)
        merged["folders"] = {layer: names for layer, names in merged["folders"].items() if layer in order}
        for key in FOLLOWS_FROM_LAYERS:
            if key not in given:
                merged[key] = _inherited(key, merged)
    return merged


def merge_names(preset: Mapping[str, Iterable[str]], user: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    """Add the user's names to the preset's, per role or layer; a name that the user gives to one leaves the preset's."""
    taken = {name: owner for owner, names in user.items() for name in names}
    merged = {owner: [name for name in names if taken.get(name, owner) == owner] for owner, names in preset.items()}
    for owner, names in user.items():
        merged.setdefault(owner, []).extend(names)
    return {owner: list(dict.fromkeys(names)) for owner, names in merged.items()}


def _names_in_order(merged: Table) -> set[str]:
    return {member.name for level in parse_layers(merged["layers"]) for member in level.members}


def _inherited(key: str, merged: Table) -> list[str]:
    """Find what still holds of the preset's `closed`, `isolated` or `leaf` when the user orders the layers anew.

    In an order of roles they mean what they meant; in an order that names modules nothing of the preset is left.
    """
    order = _names_in_order(merged)
    if not order <= merged["roles"].keys():
        return []
    known = order if key == "closed" else merged["roles"].keys()
    return [name for name in merged.get(key, ()) if name in known]
