"""Keys as a reader of the file would write them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from layercheck.later_pattern import compile_later

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

KeyPath = tuple[str | int, ...]
"""Where a value stands: `("tool", "layercheck", "layers", 2)`; numbers count the items of an array from 0."""

_BARE = compile_later(r"[A-Za-z0-9_-]+")


def key_paths(table: Mapping[str, Any]) -> Iterator[KeyPath]:
    """List every key of a table and, below `rules`, of the tables of the options; not further into the options."""
    for key, value in table.items():
        yield (key,)
        if isinstance(value, dict):
            for name, item in value.items():
                yield (key, name)
                if isinstance(item, dict):
                    yield from ((key, name, option) for option in item)


def dotted(path: KeyPath) -> str:
    """Join a key as in `per-path-ignores."tests/**"`, without the numbers of array items."""
    return ".".join(quoted(part) for part in path if isinstance(part, str))


def quoted(key: str) -> str:
    """Write one part of a key, in quotes where TOML wants them."""
    return key if _BARE.fullmatch(key) else as_string(key)


def as_string(text: str) -> str:
    """Write a text as a TOML string."""
    import json  # noqa: PLC0415  (only reports need it)

    # JSON's escapes are TOML's, but JSON leaves DEL as it is; half a surrogate pair can be written in neither.
    whole = text.encode("utf-8", "replace").decode("utf-8")
    return json.dumps(whole, ensure_ascii=False).replace("\x7f", "\\u007f")
