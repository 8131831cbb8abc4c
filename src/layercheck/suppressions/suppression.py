"""One comment that puts findings aside, as it is kept with the facts of a file."""

from __future__ import annotations

import msgspec

from layercheck.model.source import Span

EXAMPLE = "# layercheck: ignore[LC101] reason"
"""How to write one."""


class Suppression(msgspec.Struct, frozen=True):
    """One comment that suppresses findings."""

    rules: tuple[str, ...]
    """Codes or names as written."""
    reason: str
    """Empty where none is given."""
    span: Span
    """The comment, from its `#` on."""
    first_line: int
    """First line of the statement it is on or before, 1-based; 0 where it holds for the whole file."""
    last_line: int
    """Last line of that statement; 0 where it holds for the whole file."""
    problem: str = ""
    """What is wrong with the way it is written; such a comment puts nothing aside."""
    until: str = ""
    """The last day on which it holds, `2027-03-01`; empty where it holds for ever."""
    is_noqa: bool = False
    """Whether it is written as `# noqa: LC101`, which counts only where the configuration says so."""

    @property
    def is_file_wide(self) -> bool:
        """Whether it holds for the whole file."""
        return self.first_line == 0
