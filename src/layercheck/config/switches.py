"""Environment variables of ours that are on or off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

_ON = frozenset({"1", "true", "yes", "on"})
_OFF = frozenset({"", "0", "false", "no", "off"})


def is_switched_on(name: str, environ: Mapping[str, str]) -> bool:
    """Read one variable, off where it is not set. Raises UsageError for a value that says neither yes nor no."""
    value = environ.get(name, "")
    word = value.strip().lower()
    if word not in _ON | _OFF:
        raise UsageError(f"the environment variable {name} is {value!r}: expected 1 or 0")
    return word in _ON
