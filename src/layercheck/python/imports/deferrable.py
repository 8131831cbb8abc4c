"""Which imports could stand in a function: only functions use what they bind."""

from __future__ import annotations

import ast
import re

from layercheck.python.imports.ast_imports import read_with_ast
from layercheck.python.imports.skeleton_search import end_of_logical_line, hide_texts
from layercheck.python.text.encoding import decode_source

_FUNCTION = re.compile(r"^([ \t]*+)(?:async[ \t]++)?+def(?!\w)", re.MULTILINE)
_WORD = re.compile(r"\w+")
_LINE = re.compile(r"^([ \t]*+)(?=\S)", re.MULTILINE)


def find_deferrable_imports(data: bytes) -> frozenset[int]:
    """List the lines in which import statements begin that could be deferred; none where the text cannot be read.

    Outside of the bodies of functions a name counts as used even in a string: in an annotation, or in `__all__`. What is
    used nowhere is there for others to take. Raises UnreadableSourceError for what is no text.
    """
    text, bodies = _part(decode_source(data))
    try:
        tree, _ = read_with_ast(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return frozenset()
    used: set[object] = set()
    bound: dict[int, set[str]] = {}
    for node in ast.walk(tree):
        match node:
            case ast.Name():
                used.add(node.id)
            case ast.Constant():
                used.add(node.value)
            case ast.Import():
                bound[node.lineno] = {alias.asname or alias.name.partition(".")[0] for alias in node.names}
            case ast.ImportFrom():
                bound[node.lineno] = {alias.asname or alias.name for alias in node.names}
    used_later = set(_WORD.findall(bodies))
    return frozenset(
        line for line, names in bound.items() if names.isdisjoint(used) and not names.isdisjoint(used_later)
    )


def _part(text: str) -> tuple[str, str]:
    """Part a text from the bodies of its functions, without moving a line of it."""
    code = hide_texts(text)
    pieces, bodies = [], []
    at = 0
    for match in _FUNCTION.finditer(code):
        if match.start() < at:
            continue
        head = code[match.start() : end_of_logical_line(code, match.end())].rstrip()
        if head.endswith(":"):
            head_end = match.start() + len(head)
            pieces += [text[at:head_end], " pass"]
            at = _end_of_block(code, head_end, len(match[1].expandtabs()))
            pieces.append("\n" * text.count("\n", head_end, at))
            bodies.append(code[head_end:at])
    return "".join([*pieces, text[at:]]), "".join(bodies)


def _end_of_block(code: str, start: int, indent: int) -> int:
    below = (match for match in _LINE.finditer(code, start) if len(match[1].expandtabs()) <= indent)
    return next((match.start() for match in below if match.start() > start), len(code))
