"""What names say of a file, and what is judged of it in the end."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from layercheck.model.module import Certainty


class NamedRole(NamedTuple):
    """What names say of a file."""

    role: str | None = None
    word: str = ""
    """The name that says it."""
    is_folder: bool = False
    """Whether that is the name of a folder."""
    is_agreed: bool = False
    """Whether the name of the file and that of a folder around it say the same."""
    within: str | None = None
    """The role of the folder around, whatever the file itself is."""
    around: str = ""
    """The name of that folder."""

    @property
    def quoted(self) -> str:
        """The name, as sentences about it begin."""
        return f"the folder `{self.word}/`" if self.is_folder else f"the name `{self.word}.py`"


class Judgement(NamedTuple):
    """The role of a file."""

    role: str | None
    certainty: Certainty
    evidence: str
    """In words, without the role."""
