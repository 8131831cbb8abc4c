"""What the compiled searches offer; `scanner.c` is their text."""

from __future__ import annotations

from typing import Protocol

FoundOutline = tuple[list[tuple[str, bytes]], list[str], list[str], int, int, list[str], list[str]]
"""Classes with their bases, decorators, calls, numbers of functions and takers of requests, bases that are made, and
applications made in functions."""


class Scanner(Protocol):
    """The compiled module."""

    def find_imports(self, source: bytes, /) -> tuple[list[bytes | int], list[bytes], bool]:
        """Find all import statements, and those of them that stand in an indented line, as `imports/scan.py` writes them.

        An offset stands for the word `import` in what has to be read with more care; the last value says whether there
        are any.
        """

    def find_signs(self, source: bytes, /) -> int:
        """Find the flags of `imports/scan.py` that a text may have; it has no others."""

    def drop_texts(self, source: bytes, /) -> bytes:
        """Replace comments and plain strings by spaces, as `text/code_parts.py` does."""

    def find_outline(self, source: bytes, /) -> FoundOutline:
        """Find what the outline of a text is made of."""

    def cut_skeleton(self, text: str, /) -> str | None:
        """Cut out the skeleton of a text, as `imports/skeleton_search.py` does; None where only the whole text tells.

        Raises UnicodeEncodeError for lone surrogates.
        """
