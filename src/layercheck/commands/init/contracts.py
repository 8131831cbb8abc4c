"""The layers that a team has written down for import-linter already: better than any guess of ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck.config.contract_records import LayersContract

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layercheck.config.declared_contract import DeclaredContract
    from layercheck.project.project import Project


def find_layers_contract(project: Project) -> DeclaredContract | None:
    """Find the first contract about layers that is in the file of another tool, and is judged there."""
    foreign = (each for each in project.contracts if each.terms is not None)
    return next((each for each in foreign if isinstance(each.contract, LayersContract)), None)


def describe_layers(declared: DeclaredContract) -> Iterator[str]:
    """Describe the order of a contract, highest first, one line each."""
    contract = declared.contract
    if isinstance(contract, LayersContract):
        yield from contract.layers
        if contract.containers:
            yield f"in {', '.join(contract.containers)}"


def name_origin(declared: DeclaredContract) -> str:
    """Say which contract it is: `the import-linter contract 'our layers' in setup.cfg`."""
    tool = "" if declared.terms is None else f"{declared.terms.tool} "
    return f"the {tool}contract {declared.contract.name!r} in {declared.path}"
