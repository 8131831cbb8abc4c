"""The effective configuration as TOML, with where each value comes from."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import msgspec

from layercheck.config.keys import as_string, dotted, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from layercheck.config.keys import KeyPath
    from layercheck.config.loaded_configuration import LoadedConfiguration
    from layercheck.config.origins import Origin

_WIDTH = 100


def describe(loaded: LoadedConfiguration) -> str:
    """Write the configuration as a `layercheck.toml`: valid TOML that loads as the same configuration.

    Every key is followed by a comment that names its origin.
    """
    dates = (dt.datetime, dt.date, dt.time)
    table: dict[str, Any] = msgspec.to_builtins(loaded.configuration, builtin_types=dates)
    source = loaded.path or "no configuration file"
    lines = [f"# The configuration in force ({_one_line(str(source))})."]
    for key, value in table.items():
        if not isinstance(value, dict):
            lines.append(_pair((key,), value, loaded.origins))
    for key, value in table.items():
        if isinstance(value, dict):
            lines += _table((key,), value, loaded.origins)
    return "\n".join(lines) + "\n"


def _table(path: KeyPath, table: dict[str, Any], origins: Mapping[str, Origin]) -> Iterator[str]:
    if not table:
        yield from ("", f"[{dotted(path)}]{_comment(path, origins)}")
    elif path != ("rules",):  # which holds nothing but tables
        yield from ("", f"[{dotted(path)}]")
    for key, value in table.items():
        if isinstance(value, dict) and len(path) == 1:
            yield from _table((*path, key), value, origins)
        else:
            yield _pair((*path, key), value, origins)


def _pair(path: KeyPath, value: Any, origins: Mapping[str, Origin]) -> str:
    key = quoted(str(path[-1]))
    whole = f"{key} = {_value(value)}"
    if len(whole) > _WIDTH and isinstance(value, (list, tuple)):
        whole = f"{key} = [\n{_filled(map(_value, value))}\n]"
    return whole + _comment(path, origins)


def _filled(items: Iterable[str]) -> str:
    """Lay the items of an array on lines of about the same length."""
    lines = ["   "]
    for item in items:
        if len(lines[-1]) + len(item) > _WIDTH:
            lines.append("   ")
        lines[-1] += f" {item},"
    return "\n".join(lines)


def _comment(path: KeyPath, origins: Mapping[str, Origin]) -> str:
    return f"  # {_one_line(origins[dotted(path)].text)}"


def _value(value: Any) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return as_string(value)
        case list() | tuple():
            return f"[{', '.join(map(_value, value))}]"
        case dict():
            pairs = ", ".join(f"{quoted(key)} = {_value(item)}" for key, item in value.items())
            return f"{{ {pairs} }}" if pairs else "{}"
        case dt.date() | dt.time():
            return value.isoformat()
    return str(value)


def _one_line(text: str) -> str:
    """Make a text fit for a comment."""
    return "".join(character if character.isprintable() else "?" for character in text)
