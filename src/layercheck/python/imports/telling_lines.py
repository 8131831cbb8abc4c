"""The lines of a text that have a say in what it imports, so that the rest of its tree need not be looked at."""

from __future__ import annotations

import bisect
import unicodedata
from typing import TYPE_CHECKING

from layercheck.later_pattern import compile_later
from layercheck.model.imports import Depth
from layercheck.python.imports.scan_flags import CALLED, WITH_COMMON_NAMES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layercheck.python.text.source_text import Node, SourceText

_IMPORT = compile_later("import")
# Besides calls, what binds names elsewhere than where it stands.
_MAY_CALL = compile_later(rf"import|\b(?:{'|'.join(CALLED)}|global|nonlocal)\b|:=")
_NOT_CALLED = compile_later(rf"\b(?:{'|'.join(CALLED)})\b(?![ \t]*\()")
_PLAIN_IMPORT = compile_later(r"[ \t]*from[ \t]+[\w.]+[ \t]+import[ \t]+\w+(?:[ \t]*,[ \t]*\w+)*[ \t]*")


class TellingLines:
    """Some lines of a text."""

    def __init__(self, lines: Sequence[int]) -> None:
        """Take their numbers, in order."""
        self._lines = lines

    def has_any_in(self, node: Node, *before: Node) -> bool:
        """Return whether a node, or one of those that stand before it, has one of the lines."""
        first = min([node.lineno, *(each.lineno for each in before)]) if before else node.lineno
        at = bisect.bisect_left(self._lines, first)
        return at < len(self._lines) and self._lines[at] <= (node.end_lineno or node.lineno)


def find_telling_lines(source: SourceText, depth: Depth) -> TellingLines | None:
    """Find the lines that matter for a depth; None where all of them may."""
    if depth < Depth.CALLS:
        return TellingLines(source.find_lines(_IMPORT))
    if depth is Depth.EVERYTHING or _may_rename_calls(source.text):
        return None
    return TellingLines(source.find_lines(_MAY_CALL))


def _may_rename_calls(text: str) -> bool:
    """Return whether a function that imports may be called by a name that does not say so."""
    if not text.isascii() and not unicodedata.is_normalized("NFKC", text):
        return True
    if any(module in text for module in WITH_COMMON_NAMES):
        return True
    return any(not _PLAIN_IMPORT.fullmatch(_line_at(text, match.start())) for match in _NOT_CALLED.finditer(text))


def _line_at(text: str, offset: int) -> str:
    start = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    return text[start : end if end >= 0 else len(text)]
