"""Presets: the named starting points of a configuration, each a TOML file of our own."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import tomli

if TYPE_CHECKING:
    from collections.abc import Mapping

_FOLDER = Path(__file__).parent / "presets"


def preset_names() -> tuple[str, ...]:
    """List the presets there are, in alphabetical order."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.toml")))


def has_preset(name: str) -> bool:
    """Whether there is a preset of this name."""
    return name.isidentifier() and (_FOLDER / f"{name}.toml").is_file()


@cache
def read_preset(name: str) -> Mapping[str, Any]:
    """Read a preset as a table of configuration keys; `name` must be one of `preset_names()`."""
    return tomli.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
