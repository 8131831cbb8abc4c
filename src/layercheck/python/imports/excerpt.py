"""The part of a source text in which its imports stand: what is left when whole definitions without any are cut out.

Most of a file is functions that import nothing, and most of the time of a parse is theirs. Line numbers stay as they
are. The cut is made without understanding the text, so that it is made only where it cannot go wrong unnoticed: quotes
of strings over several lines are cut in pairs, which leaves code code and a string a string, and a cut through anything
else leaves a text that no parser reads.
"""

from __future__ import annotations

import re

# Where a statement at the top level begins; a closing bracket or a comment goes on with the one before.
_TOP_LEVEL = re.compile(r"^(?=[^\s#)\]}])", re.MULTILINE)
_DEFINITION = re.compile(r"(?:def|class|async)\b|@")
_KEPT = ("import", "\r", "\f")


def cut_out_definitions(text: str) -> str:
    """Blank every definition at the top level in which the word `import` does not stand."""
    starts = [match.start() for match in _TOP_LEVEL.finditer(text)]
    pieces = [text[: starts[0]] if starts else text]
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        piece = text[start:end]
        pieces.append("\n" * piece.count("\n") if _may_be_cut(piece) else piece)
    return "".join(pieces)


def _may_be_cut(piece: str) -> bool:
    if _DEFINITION.match(piece) is None or any(word in piece for word in _KEPT):
        return False
    double, single = piece.count('"""'), piece.count("'''")
    return not (double and single) and double % 2 == 0 and single % 2 == 0
