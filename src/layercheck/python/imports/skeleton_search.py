"""The skeleton of a source text, cut out without compiled code; see `skeleton.py`.

The text is not understood, only divided into lines that begin with certain words: where that could go wrong, there is no
skeleton, and one that is wrong all the same is a text that no parser reads.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from layercheck.python.text.source_text import NAME_LETTER, STRING_OR_COMMENT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_TEXT = re.compile(STRING_OR_COMMENT, re.DOTALL)
_NO_NAME = f"(?!{NAME_LETTER})"
# Each begins with the end of the line before, for which it is searched as a literal.
_AT_MARGIN = re.compile(rf"\n(?:import|from){_NO_NAME}")
_BLOCK_AT_MARGIN = re.compile(rf"\n(?:(?:async[ \t]++)?+(?:def|for|with)|class|if|while|try|match){_NO_NAME}")
_STATEMENT = re.compile(
    r"\n(?P<indent>[ \t]*+)(?:(?P<imports>import|from)"
    r"|(?P<starts>(?:async[ \t]++)?+(?:def|for|with)|class|if|while|try|match|case)"
    rf"|(?:elif|else|except|finally)){_NO_NAME}"
)
# The look-behinds stand last, so that the search runs on the literal.
_IMPORT = re.compile(rf"import{_NO_NAME}(?<!{NAME_LETTER}import)")
# What decides a test, wherever it is bound.
_FLAGS = (re.compile("TYPE_CHECKING"), re.compile("MYPY"))
_MARK = re.compile(r"[()\[\]{}\n]")


class _Line(NamedTuple):
    """A logical line, from its indentation to its end."""

    start: int
    end: int
    indent: int
    opens: bool = False
    """Whether a block follows below it."""


class _Statement:
    """The heads of a compound statement: `if`, `elif`, `else`."""

    def __init__(self, indent: int) -> None:
        self.indent = indent
        self.heads: list[_Line] = []
        self.is_kept = False


def search_skeleton(text: str) -> str | None:
    """Do what the compiled `cut_skeleton` does: give the skeleton of a text, None where only the whole text tells."""
    if "\r" in text or "\f" in text:
        return None
    # So that the first line begins like all others.
    text = f"\n{text}"
    code = hide_texts(text)
    words = [match.start() for match in _IMPORT.finditer(code)]
    flags = [match.start() for flag in _FLAGS for match in flag.finditer(code)]
    imports = _find_at_margin(code)
    blocks = _blocks_around(code, [*_outside(imports, words), *_outside(imports, flags)])
    statements: list[_Statement] = []
    behind = 0
    for start, end in blocks:
        behind = _divide(code, start, end, behind, imports, statements)
    imports.sort()
    lines = sorted([*imports, *(head for statement in statements for head in statement.heads)])
    kept = sorted([*imports, *(head for statement in statements if statement.is_kept for head in statement.heads)])
    if _outside(kept, words) or _outside(lines, flags):
        return None
    return "".join(_write(text, kept))[1:]


def hide_texts(text: str) -> str:
    """Put something without quotes and line ends, as long as they are, for strings and comments."""
    return _TEXT.sub(_hide, text)


def _hide(match: re.Match[str]) -> str:
    found = match[0]
    return (" " if found[0] == "#" else "_") * len(found)


def _find_at_margin(code: str) -> list[_Line]:
    """Find the import statements that stand in no block, which are most of them."""
    imports: list[_Line] = []
    end = 0
    for match in _AT_MARGIN.finditer(code):
        start = match.start() + 1
        if start >= end:
            end = end_of_logical_line(code, match.end())
            logical = code[start:end].rstrip(" \t\n")
            if "import" in logical and _IMPORT.search(logical) is not None:
                imports.append(_Line(start, start + len(logical), 0))
    return imports


def _blocks_around(code: str, offsets: Sequence[int]) -> list[tuple[int, int]]:
    """Find the blocks at the margin, with what follows each of them (`else` and the like), that hold some offsets."""
    if not offsets:
        return []
    starts = [match.start() + 1 for match in _BLOCK_AT_MARGIN.finditer(code)]
    found = sorted({bisect_right(starts, offset) for offset in offsets} - {0})
    starts.append(len(code))
    return [(starts[at - 1], starts[at]) for at in found]


def _divide(code: str, first: int, last: int, end: int, imports: list[_Line], statements: list[_Statement]) -> int:
    """Add the import statements and the compound statements of a block; those around imports are kept.

    `end` is where the last line of the block before ends, which may lie in this one; give it for this block.
    """
    around: list[_Statement] = []
    for match in _STATEMENT.finditer(code, first - 1, last):
        start = match.start() + 1
        if start < end:
            # In the brackets of the line before.
            continue
        end = end_of_logical_line(code, match.end())
        logical = code[start:end].rstrip(" \t\n")
        line = _Line(start, start + len(logical), len(match["indent"].expandtabs()), logical.endswith(":"))
        has_import = "import" in logical and _IMPORT.search(logical) is not None
        if match["imports"]:
            if has_import and match["indent"]:
                imports.append(line._replace(opens=False))
                _keep(around, line.indent)
            continue
        if ":" not in logical:
            # A part of an expression, or a name like `match`.
            continue
        while around and (around[-1].indent > line.indent or (match["starts"] and around[-1].indent == line.indent)):
            around.pop()
        if match["starts"]:
            around.append(_Statement(line.indent))
            statements.append(around[-1])
        elif not around or around[-1].indent != line.indent:
            continue
        around[-1].heads.append(line)
        if has_import:
            _keep(around, line.indent + 1)
    return end


def _keep(around: Sequence[_Statement], indent: int) -> None:
    for statement in around:
        statement.is_kept |= statement.indent < indent


def end_of_logical_line(code: str, at: int) -> int:
    """Find the end of a logical line: outside of all brackets, and not continued by a backslash."""
    first_end = code.find("\n", at)
    if first_end > 0 and code[first_end - 1] != "\\":
        count = code[at:first_end].count
        if count("(") == count(")") and count("[") == count("]") and count("{") == count("}"):
            return first_end
    depth = 0
    for match in _MARK.finditer(code, at):
        mark = match[0]
        if mark in "([{":
            depth += 1
        elif mark in ")]}":
            depth -= 1
        elif depth <= 0 and code[match.start() - 1] != "\\":
            return match.start()
    return len(code)


def _outside(lines: Sequence[_Line], offsets: Sequence[int]) -> list[int]:
    """List the offsets that lie in none of some lines, which are sorted."""
    starts = [line.start for line in lines]
    return [offset for offset in offsets if not (at := bisect_right(starts, offset)) or offset >= lines[at - 1].end]


def _write(text: str, kept: Sequence[_Line]) -> Iterator[str]:
    end = 0
    for at, line in enumerate(kept):
        yield "\n" * text.count("\n", end, line.start)
        yield text[line.start : line.end]
        end = line.end
        if line.opens and (at + 1 == len(kept) or kept[at + 1].indent <= line.indent):
            yield " pass"
    yield "\n" * text.count("\n", end)
