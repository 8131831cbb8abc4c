"""What becomes of the configuration of another tool: contracts, each with its line, and what has no equivalent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from layercheck.config.declared_contract import slug_of
from layercheck.config.validate_contracts import validate_contracts
from layercheck.errors import ConfigurationError, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path


class ForeignContract(NamedTuple):
    """A contract that another tool's file declares, as a table of ours."""

    table: Mapping[str, Any]
    line: int
    """Where it is declared, 1-based."""


class Remark(NamedTuple):
    """Something in the file that has no equivalent, or not quite."""

    line: int
    message: str


class Conversion(NamedTuple):
    """What one file becomes."""

    tool: str
    path: Path
    contracts: Sequence[ForeignContract]
    remarks: Sequence[Remark]


def finish_conversion(
    tool: str, path: Path, contracts: Sequence[ForeignContract], remarks: Sequence[Remark]
) -> Conversion:
    """Make the names of contracts unique and hold them to our form.

    Raises ConfigurationError for what neither tool understands, with the lines of the other tool's file.
    """
    named = _with_unique_names(contracts)
    problems = validate_contracts({"contracts": [dict(each.table) for each in named]}, dict)
    if found := [Problem(message, path=path, line=named[_index_of(key)].line) for key, message in problems]:
        raise ConfigurationError(found)
    return Conversion(tool, path, named, sorted(remarks, key=lambda each: each.line))


def _index_of(key: tuple[str | int, ...]) -> int:
    return int(key[1])


def _with_unique_names(contracts: Sequence[ForeignContract]) -> list[ForeignContract]:
    """Number the contracts whose name another one has already; ours are told apart by it."""
    seen: set[str] = set()
    unique = []
    for table, line in contracts:
        name, number = table["name"], 1
        while slug_of(name) in seen:
            number += 1
            name = f"{table['name']} ({number})"
        seen.add(slug_of(name))
        unique.append(ForeignContract({**table, "name": name}, line))
    return unique
