"""Presets: the named starting points of a configuration, each a TOML file of our own; the others are laid over `layered`."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import tomli

from layercheck.config.merge import merge

if TYPE_CHECKING:
    from collections.abc import Mapping

_FOLDER = Path(__file__).parent / "presets"
_BASE = "layered"
"""The preset that the others are laid over: what names mean is the same in all of them."""


def preset_names() -> tuple[str, ...]:
    """List the presets there are, in alphabetical order."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.toml")))


def has_preset(name: str) -> bool:
    """Whether there is a preset of this name."""
    return name.isidentifier() and (_FOLDER / f"{name}.toml").is_file()


@cache
def read_preset(name: str) -> Mapping[str, Any]:
    """Read a preset as a table of configuration keys; `name` must be one of `preset_names()`."""
    table = tomli.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    return table if name == _BASE else merge(read_preset(_BASE), table, {})
