"""Contracts as TOML text, and added to a configuration of which every other byte stays."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from layercheck.commands.init.changes import Change, read_text
from layercheck.config.declared_contract import slug_of
from layercheck.config.document import FILE_NAMES, PYPROJECT, has_our_table, parse_toml
from layercheck.errors import ConfigurationError, Problem, UsageError
from layercheck.reporters.display import make_printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from layercheck.config.foreign.conversion import Conversion

_LONG = 60
"""Letters of an array that gets several lines."""


def write_contracts(conversions: Sequence[Conversion], *, prefix: str) -> str:
    """Write contracts as TOML, each below a comment that says where it is from; `prefix` stands before our keys."""
    import tomlkit  # noqa: PLC0415  (15 ms, for who writes)

    parts = []
    for conversion in conversions:
        for contract in conversion.contracts:
            table = tomlkit.table()
            for key, value in contract.table.items():
                item = tomlkit.item(value)
                if isinstance(value, list):
                    item = tomlkit.array()
                    item.extend(value)
                    item.multiline(multiline=sum(map(len, value)) > _LONG)
                table.add(key, item)
            source = os.path.relpath(conversion.path, conversions[0].path.parent)
            origin = make_printable(f"# from {source}:{contract.line}")
            parts.append(f"{origin}\n[[{prefix}contracts]]\n{tomlkit.dumps(table).strip()}\n")
    return "\n".join(parts)


def find_home(folder: Path) -> Path:
    """Find the configuration that contracts of a folder belong into; it need not be there yet.

    Raises ConfigurationError for a file that is no TOML.
    """
    own = [folder / name for name in FILE_NAMES if name != PYPROJECT]
    present = next((path for path in own if path.is_file()), None)
    pyproject = folder / PYPROJECT
    return present or (pyproject if pyproject.is_file() else own[0])


def prefix_of(home: Path) -> str:
    """Return the prefix of our keys in a file."""
    return "tool.layercheck." if home.name == PYPROJECT else ""


def add_contracts(home: Path, conversions: Sequence[Conversion]) -> Change:
    """Add contracts at the end of a configuration. Raises ConfigurationError, and UsageError where it cannot take them."""
    try:
        before = read_text(home) if home.exists() else None
    except OSError as error:
        raise ConfigurationError([Problem(f"cannot be read: {error.strerror}", path=home)]) from error
    there = "" if before is None else before
    table = parse_toml(home, there)
    declared = _contracts_of(table, home)
    added = [dict(each.table) for conversion in conversions for each in conversion.contracts]
    _refuse_known_names(home, declared, added)
    text = write_contracts(conversions, prefix=prefix_of(home))
    newline = "\r\n" if "\r\n" in there else "\n"
    complete = there if not there or there.endswith("\n") else there + newline
    blank = newline if complete.strip() and not complete.endswith((2 * newline, "\n\n")) else ""
    after = complete + blank + text.replace("\n", newline)
    try:
        is_whole = _contracts_of(parse_toml(home, after), home) == [*declared, *added]
    except ConfigurationError:
        is_whole = False
    if not is_whole:
        raise UsageError(
            f"{home}: `contracts`, or a table around it, is written inline, so nothing can be added to it: "
            f"write it as [[{prefix_of(home)}contracts]], or copy what `layercheck migrate` prints"
        )
    return Change(home, before, after)


def _contracts_of(table: Mapping[str, Any], home: Path) -> list[Any]:
    """List the contracts that a file declares already."""
    ours = table if home.name != PYPROJECT else table["tool"]["layercheck"] if has_our_table(dict(table)) else {}
    found = ours.get("contracts", []) if isinstance(ours, dict) else []
    return list(found) if isinstance(found, list) else []


def _refuse_known_names(home: Path, declared: Iterable[Any], added: Iterable[Mapping[str, Any]]) -> None:
    names = (str(each.get("name", "")) for each in declared if isinstance(each, dict))
    known = {slug_of(name): name for name in names if name}
    for each in added:
        if slug_of(each["name"]) in known:
            raise UsageError(f"{home} has a contract {known[slug_of(each['name'])]!r} already; nothing was written")
        known[slug_of(each["name"])] = each["name"]
