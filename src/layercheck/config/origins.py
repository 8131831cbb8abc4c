"""Where each value of the effective configuration comes from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from layercheck.config.keys import dotted, key_paths
from layercheck.config.merge import FOLLOWS_FROM_LAYERS
from layercheck.config.schema import Configuration

if TYPE_CHECKING:
    from collections.abc import Mapping

    from layercheck.config.document import Document
    from layercheck.config.keys import KeyPath


class Origin(msgspec.Struct, frozen=True):
    """Where one value comes from."""

    text: str
    """As it is shown: `preset layered`, `pyproject.toml:12`, `--select`, `default`."""
    path: Path | None = None
    """The user's file, if it has a part in the value."""
    line: int | None = None
    """1-based."""


def trace_origins(
    preset_name: str, preset: Mapping[str, Any], document: Document | None, overrides: Mapping[str, Any]
) -> dict[str, Origin]:
    """Find the origin of every top-level key, and of every key inside tables, by dotted key."""
    user = document.table if document else {}
    defaults: dict[str, Any] = msgspec.to_builtins(Configuration())
    origins = {dotted(path): Origin("default") for path in key_paths(defaults)}
    origins |= {dotted(path): Origin(preset_name) for path in key_paths(preset)}
    if document:
        for path in key_paths(user):
            origin = _in_file(document, path)
            adds = (
                path[0] in {"roles", "folders"}
                and dotted(path) in origins
                and origins[dotted(path)].text == preset_name
            )
            text = f"{preset_name}, {origin.text}" if adds else origin.text
            origins[dotted(path)] = Origin(text, origin.path, origin.line)
    for key, value in overrides.items():
        origins |= {dotted(path): Origin(f"--{key}") for path in key_paths({key: value})}
    if "layers" in user or "layers" in overrides:
        cause = origins["layers"]
        for key in FOLLOWS_FROM_LAYERS:
            if key not in user and key not in overrides:
                origins[key] = Origin(f"{preset_name}, as far as layers allows ({cause.text})", cause.path, cause.line)
    return origins


def _in_file(document: Document, path: KeyPath) -> Origin:
    line = document.line_of(path)
    place = document.path.name if line is None else f"{document.path.name}:{line}"
    return Origin(place, document.path, line)
