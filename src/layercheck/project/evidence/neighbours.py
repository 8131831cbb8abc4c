"""What the files beside one define."""

from __future__ import annotations

from typing import NamedTuple

from layercheck.plurals import count

MAJORITY = 0.75
"""So many of the files that tell a role speak for the folder."""
_ENOUGH_NEIGHBOURS = 3
_MOST = 0.6


class Neighbours(NamedTuple):
    """What the files of one folder define, itself left out nowhere: a file is one of many."""

    roles: dict[str, int]
    """How many files by the role that their contents tell."""
    path: str
    files: int = 0
    """How many files there are."""
    stored: int = 0
    """How many of them import a library of databases."""
    learning: int = 0
    """How many of them import a library of machine learning."""
    asking: int = 0
    """How many of them have functions or methods that take a request."""
    is_at_top: bool = False
    """Whether the folder lies directly in the folder of its application."""
    is_served: bool = True
    """Whether a file in the folder, or below or above it as far as the layer reaches, defines an endpoint."""

    @property
    def defining(self) -> int:
        """How many files define anything that tells a role."""
        return sum(self.roles.values())

    def share(self, role: str) -> float:
        """Tell the share of a role among the files that tell one."""
        return self.roles.get(role, 0) / self.defining if self.defining else 0.0

    def majority(self) -> str | None:
        """Give the role of most files, where enough of them tell one."""
        for role, number in self.roles.items():
            if number >= _ENOUGH_NEIGHBOURS and number >= MAJORITY * self.defining and number >= _MOST * self.files:
                return role
        return None

    @property
    def is_asking(self) -> bool:
        """Whether nearly all files take requests, and there are enough of them."""
        return self.asking >= _ENOUGH_NEIGHBOURS and self.asking >= MAJORITY * self.files

    def describe(self, role: str) -> str:
        """Tell how many files of the folder have a role."""
        own, folder = self.roles.get(role, 0), f"{self.path or '.'}/"
        if not own:
            return (
                f"{count(self.defining, 'file')} in {folder} {'tells' if self.defining == 1 else 'tell'} another role"
            )
        return f"{own} of {self.defining} files in {folder} that tell a role are `{role}`"
