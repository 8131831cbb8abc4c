"""The layers that a team has written down for import-linter already: better than any guess of ours."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from layercheck.regular_file import read_regular_file

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_FILES = (".importlinter", "setup.cfg", "pyproject.toml")
_NAME = re.compile(r"[^\s|:()]+")


class LayersContract(NamedTuple):
    """A contract of the type `layers`."""

    name: str
    path: Path
    lines: tuple[str, ...]
    """As our key `layers` has them, highest first: the syntax is import-linter's, the names are whole."""


def read_layers_contract(root: Path) -> LayersContract | None:
    """Find the first layers contract of a project; None without one, or where no configuration can be understood."""
    for name in _FILES:
        path = root / name
        for contract in _read_contracts(path):
            if contract.get("type") == "layers":
                lines = _whole_names(_lines(contract.get("layers")), _lines(contract.get("containers")))
                if len(lines) > 1:
                    return LayersContract(str(contract.get("name", "layers")), path, tuple(lines))
    return None


def _read_contracts(path: Path) -> list[dict[str, Any]]:
    try:
        if "importlinter" not in read_regular_file(path).decode():
            return []
    except (OSError, UnicodeDecodeError):
        return []
    from importlinter import api  # noqa: PLC0415  (60 ms, for the few projects that have such a configuration)

    try:
        contracts: list[dict[str, Any]] = api.read_configuration(str(path))["contracts_options"]
    except Exception:  # noqa: BLE001  (whatever is wrong with it is import-linter's to tell)
        return []
    return contracts


def _lines(option: object) -> list[str]:
    given = option if isinstance(option, list) else str(option or "").splitlines()
    return [line.strip() for line in map(str, given) if line.strip()]


def _whole_names(lines: Iterable[str], applications: list[str]) -> list[str]:
    """Put the container before every name; layers in several containers are several orders, which we do not have."""
    if len(applications) > 1:
        return []
    prefix = f"{applications[0]}." if applications else ""
    return [_NAME.sub(lambda match: prefix + match[0], line) for line in lines]
