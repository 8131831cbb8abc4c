"""The syntax tree of a file from the `ast` module: fast, for all that the running Python can read."""

from __future__ import annotations

import ast
import warnings

from layercheck.python.text.source_text import SourceText


def read_with_ast(text: str) -> tuple[ast.Module, SourceText]:
    """Parse a text; return the tree, and the text in which its nodes have their places.

    Raises what `ast.parse` does: SyntaxError, ValueError, RecursionError, MemoryError.
    """
    with warnings.catch_warnings():
        # Python warns of doubtful code (`"\d"`, `x is 1`) while it parses; to judge that is not our business.
        warnings.simplefilter("ignore")
        return ast.parse(text), SourceText(text, columns_are_bytes=True)
