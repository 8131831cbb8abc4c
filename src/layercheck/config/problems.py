"""What the checks of a configuration say, and how they take apart tables of any shape."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from layercheck.config.keys import KeyPath

KeyProblem = tuple["KeyPath", str]
"""Where something is wrong, and what: expected, found, did you mean."""


def shape_problems(value: Any, type_: type[msgspec.Struct], path: KeyPath = ()) -> Iterator[KeyProblem]:
    """Find what keeps a value below `path` from having the shape of its type."""
    try:
        msgspec.convert(value, type_)
    except msgspec.ValidationError:
        # The slow and thorough way, only for those who need it.
        from layercheck.config.shapes import validate_shape  # noqa: PLC0415

        yield from (((*path, *place), message) for place, message in validate_shape(value, type_))


def texts(value: Any) -> Iterator[tuple[int, str]]:
    """Take the strings that say something out of an array, each with its place; nothing out of what is no array."""
    if isinstance(value, (list, tuple)):
        yield from ((index, item) for index, item in enumerate(value) if isinstance(item, str) and item.strip())


def subtable(table: Mapping[str, Any], key: str) -> dict[str, Any]:
    """Take the table below a key; empty for what is no table."""
    value = table.get(key)
    return value if isinstance(value, dict) else {}
