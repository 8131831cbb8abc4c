"""The skeleton of a source text: its import statements and the heads of the blocks around them, all else left blank.

Most of a file imports nothing, and most of the time of a parse is that part's. Lines and columns stay as they are.
"""

from __future__ import annotations

import contextlib

from layercheck.python.compiled import scanner


def cut_skeleton(text: str) -> str | None:
    """Cut out the skeleton of a text; None where only the whole text tells."""
    if scanner is not None:
        with contextlib.suppress(UnicodeEncodeError):  # lone surrogates
            return scanner.cut_skeleton(text)
    from layercheck.python.imports.skeleton_search import search_skeleton  # noqa: PLC0415  (compiles patterns)

    return search_skeleton(text)
