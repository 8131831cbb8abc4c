"""A contract with the place where it is declared."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from layercheck.config.contract_records import CONTRACTS
from layercheck.model.dotted_names import is_in_package

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from layercheck.config.contract_records import Contract
    from layercheck.config.keys import KeyPath
    from layercheck.config.vocabulary import Vocabulary
    from layercheck.model.module import Module
    from layercheck.model.severity import Severity


class ForeignTerms(NamedTuple):
    """What holds for a contract that is in the file of another tool."""

    tool: str
    packages: tuple[str, ...] = ()
    """The packages that the tool sees; empty if it sees everything."""
    folder: str = ""
    """The folder that the tool is run in, relative to the project root: it sees only what lies there."""
    alert: Severity | None = None
    """The severity of an ignored import that does not exist; None if it is not reported."""

    def sees(self, module: Module) -> bool:
        """Return whether the tool knows a module."""
        return module.path.startswith(f"{self.folder}/" if self.folder else "") and (
            not self.packages or any(is_in_package(module.name, each) for each in self.packages)
        )


class DeclaredContract(NamedTuple):
    """A contract with the place where it is declared: in our configuration, or in the file of another tool."""

    contract: Contract
    path: str
    """The file, POSIX, relative to the project root."""
    find_line: Callable[[KeyPath], int | None]
    """Gives the 1-based line of a key of the contract (`("sources", 0)`; empty: the contract itself)."""
    terms: ForeignTerms | None = None
    """None: it is in our configuration."""

    @property
    def slug(self) -> str:
        """The name of the contract as one word, as the identities of its findings hold it."""
        return slug_of(self.contract.name)


def slug_of(name: str) -> str:
    """Write the name of a contract as one word, as the identities of its findings hold it."""
    return re.sub(r"[^\w]+", "-", name.casefold()).strip("-") or "contract"


def declare(
    table: Mapping[str, Any], vocabulary: Vocabulary, path: str, find_line: Callable[[KeyPath], int | None]
) -> DeclaredContract:
    """Read a contract whose table is free of mistakes."""
    kind = table["kind"]
    record = CONTRACTS.get(kind) or vocabulary.contract_kinds[kind]
    contract = msgspec.convert({key: value for key, value in table.items() if key != "kind"}, record)
    return DeclaredContract(contract, path, find_line)
