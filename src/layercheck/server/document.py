"""A text that an editor holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from layercheck.files.discovery import SUFFIXES
from layercheck.python.text.round_trip import encode_as_declared

if TYPE_CHECKING:
    from pathlib import Path


class Document(NamedTuple):
    """One open document at one moment."""

    uri: str
    """As the client writes it."""
    path: Path
    """Absolute; there need not be such a file yet."""
    version: int | None
    text: str

    @property
    def is_python(self) -> bool:
        """Whether it is source code, not a configuration, say."""
        return self.path.name.endswith(SUFFIXES)

    @property
    def data(self) -> bytes:
        """What the file would hold, were the text saved."""
        return encode_as_declared(self.text)
