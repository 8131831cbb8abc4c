"""Several exceptions without parentheses (`except A, B:`, Python 3.14), read with the parser of an older Python.

Of all newer syntax it is the most frequent by far, and libcst takes longer to import than a small project to check.
"""

from __future__ import annotations

import ast
import re

from layercheck.later_pattern import compile_later
from layercheck.python.imports.ast_imports import read_with_ast
from layercheck.python.text.source_text import LINE_END, SourceText

_NAME = r"[^\W\d]\w*(?:\.[^\W\d]\w*)*"
# Nothing but a comment follows, so that whatever has a place stands where it stood.
_BARE = compile_later(
    rf"^([ \t\f]*except(?:[ \t]*\*)?)[ \t]([ \t]*{_NAME}(?:[ \t]*,[ \t]*{_NAME})+)(?=[ \t]*:[ \t]*(?:#[^\r\n]*)?\r?$)",
    re.MULTILINE,
)


def read_bare_exceptions(text: str) -> tuple[ast.Module, SourceText] | None:
    """Parse a text in which nothing is newer than such exceptions; None where something else is.

    Raises what `read_with_ast` does.
    """
    found = list(_BARE.finditer(text))
    if not found:
        return None
    tree, _ = read_with_ast(_BARE.sub(r"\1(\2)", text))
    lines, line, end = set(), 1, 0
    for match in found:
        line += len(LINE_END.findall(text, end, match.start()))
        end = match.start()
        lines.add(line)
    for node in ast.walk(tree):
        if isinstance(node, ast.ExceptHandler) and node.lineno in lines and isinstance(node.type, ast.Tuple):
            lines.remove(node.lineno)
            _leave_out_parentheses(node.type)
    # What is left stands in a string, which would have another value.
    return None if lines else (tree, SourceText(text, columns_are_bytes=True))


def _leave_out_parentheses(given: ast.Tuple) -> None:
    first, last = given.elts[0], given.elts[-1]
    given.col_offset, given.end_col_offset = first.col_offset, last.end_col_offset
