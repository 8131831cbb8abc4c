"""The layers that a team has written down for import-linter already: better than any guess of ours."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from layercheck.config.foreign.import_linter import read_sections
from layercheck.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from layercheck.config.foreign.options import Section

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
            if _texts(contract, "type") == ["layers"]:
                lines = _whole_names(_texts(contract, "layers"), _texts(contract, "containers"))
                if len(lines) > 1:
                    return LayersContract(" ".join(_texts(contract, "name")) or "layers", path, tuple(lines))
    return None


def _read_contracts(path: Path) -> Sequence[Section]:
    try:
        read = read_sections(path)
    except ConfigurationError:
        return ()  # whatever is wrong with it is import-linter's to tell
    return () if read is None else read[1]


def _texts(contract: Section, option: str) -> list[str]:
    return contract.options[option].texts if option in contract.options else []


def _whole_names(lines: Iterable[str], applications: Sequence[str]) -> list[str]:
    """Put the container before every name; layers in several containers are several orders, which we do not have."""
    if len(applications) > 1:
        return []
    prefix = f"{applications[0]}." if applications else ""
    return [_NAME.sub(lambda match: prefix + match[0], line) for line in lines]
