"""What the checks of a configuration say, and how they take apart tables of any shape."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from layercheck.config.keys import KeyPath

KeyProblem = tuple["KeyPath", str]
"""Where something is wrong, and what: expected, found, did you mean."""


def texts(value: Any) -> Iterator[tuple[int, str]]:
    """Take the strings that say something out of an array, each with its place; nothing out of what is no array."""
    if isinstance(value, (list, tuple)):
        yield from ((index, item) for index, item in enumerate(value) if isinstance(item, str) and item.strip())


def subtable(table: Mapping[str, Any], key: str) -> dict[str, Any]:
    """Take the table below a key; empty for what is no table."""
    value = table.get(key)
    return value if isinstance(value, dict) else {}
