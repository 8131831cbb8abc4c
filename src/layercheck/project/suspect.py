"""Possible imports between two modules: what the scan finds, and the parser has not confirmed."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from layercheck.model.module import Module


class Suspect(NamedTuple):
    """A possible import between two modules of the project."""

    importer: Module
    imported: Module

    @property
    def is_crossing(self) -> bool:
        """Whether it leads from one layer to another within one application."""
        importer, imported = self
        return importer.layer != imported.layer and importer.application == imported.application


def index_suspects(suspects: Iterable[Suspect], end: Literal["importer", "imported"]) -> dict[str, list[Suspect]]:
    """List possible imports by the path of one of their ends."""
    found: dict[str, list[Suspect]] = defaultdict(list)
    for suspect in suspects:
        found[getattr(suspect, end).path].append(suspect)
    return dict(found)
