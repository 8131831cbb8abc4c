"""The converted configuration of another tool: contracts with their lines, and what has no equivalent."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from layercheck.config.declared_contract import slug_of
from layercheck.config.validate_contracts import validate_contracts
from layercheck.errors import ConfigurationError, Problem
from layercheck.model.imports import ImportKind
from layercheck.model.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    Lines = Mapping[tuple[str, str], int]
    """The lines of the values of a contract, by our key and the text of the value."""

STATEMENT_KINDS = [
    str(kind) for kind in ImportKind if kind not in {ImportKind.DYNAMIC, ImportKind.ATTRIBUTE, ImportKind.STUB}
]
"""The kinds of import that tools see which read import statements."""


class ForeignContract(NamedTuple):
    """A contract in the file of another tool, as a table of our configuration."""

    table: Mapping[str, Any]
    line: int
    """Where it is declared, 1-based."""
    lines: Lines = MappingProxyType({})
    alert: Severity | None = Severity.WARNING
    """The severity of an ignored import that does not exist; None if it is not reported."""


class ClassContract(NamedTuple):
    """A contract whose type is a class written for the other tool."""

    name: str
    class_path: str
    """`checks.contracts.NoCycles`"""
    options: Mapping[str, str | list[str]]
    """As written in the file."""
    imports: tuple[ImportKind, ...]
    """The kinds of import that the tool sees."""
    line: int

    @property
    def slug(self) -> str:
        """Its name as one word."""
        return slug_of(self.name)


class Remark(NamedTuple):
    """Something in the file without an exact equivalent."""

    line: int
    message: str


class Loss(NamedTuple):
    """Something in the file that is not judged if the file is used directly."""

    line: int
    message: str
    severity: Severity
    """An error where the other tool might have found something."""


class Conversion(NamedTuple):
    """The result of converting one file."""

    tool: str
    path: Path
    contracts: Sequence[ForeignContract]
    remarks: Sequence[Remark]
    packages: tuple[str, ...] = ()
    """The packages that the tool sees; empty if it sees everything."""
    of_classes: Sequence[ClassContract] = ()
    """The contracts whose class must be run."""
    losses: Sequence[Loss] = ()
    session: Mapping[str, str | list[str]] = {}
    """The options for all contracts, as written in the file."""
    line: int = 1
    """Where the options for all contracts begin, 1-based."""


def finish_conversion(
    tool: str, path: Path, contracts: Sequence[ForeignContract], remarks: Sequence[Remark]
) -> Conversion:
    """Make the names of contracts unique, and validate the contracts.

    Raises ConfigurationError for what neither tool understands, with the lines of the other tool's file.
    """
    named = _with_unique_names(contracts)
    problems = [loss for found in _find_problems(named) for loss in found]
    if problems:
        raise ConfigurationError([Problem(each.message, path=path, line=each.line) for each in problems])
    return _in_order(Conversion(tool, path, named, remarks))


def finish_leniently(conversion: Conversion) -> Conversion:
    """Do the same, but report invalid contracts as losses."""
    named = _with_unique_names(conversion.contracts)
    found = _find_problems(named)
    contracts = [contract for contract, problems in zip(named, found, strict=True) if not problems]
    losses = [*conversion.losses, *(loss for problems in found for loss in problems)]
    return _in_order(conversion._replace(contracts=contracts, losses=losses))


def _in_order(conversion: Conversion) -> Conversion:
    return conversion._replace(remarks=sorted(conversion.remarks, key=lambda each: each.line))


def _find_problems(contracts: Sequence[ForeignContract]) -> list[list[Loss]]:
    """Find the problems of each contract."""
    found: list[list[Loss]] = [[] for _ in contracts]
    for key, message in validate_contracts({"contracts": [dict(each.table) for each in contracts]}, dict):
        at = int(key[1])
        found[at].append(Loss(contracts[at].line, message, Severity.ERROR))
    return found


def _with_unique_names(contracts: Sequence[ForeignContract]) -> list[ForeignContract]:
    """Number contracts with the same name; names must be unique."""
    seen: set[str] = set()
    unique = []
    for contract in contracts:
        name, number = contract.table["name"], 1
        while slug_of(name) in seen:
            number += 1
            name = f"{contract.table['name']} ({number})"
        seen.add(slug_of(name))
        unique.append(contract._replace(table={**contract.table, "name": name}))
    return unique
