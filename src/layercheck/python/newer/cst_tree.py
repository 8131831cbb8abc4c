"""The syntax tree of a file from libcst, in the nodes of `ast`: for syntax that is newer than the running Python.

For what both can read it is the tree of `ast`, with these differences, all of them inside f-strings: places are exact, as
they are from Python 3.12 on; of the texts, only that which begins with a `u"…"` keeps the mark of it.
"""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from layercheck.python.newer.cst_definitions import DEFINITIONS
from layercheck.python.newer.cst_expressions import EXPRESSIONS
from layercheck.python.newer.cst_patterns import PATTERNS
from layercheck.python.newer.cst_statements import STATEMENTS
from layercheck.python.newer.cst_strings import STRINGS
from layercheck.python.newer.cst_translator import Translator
from layercheck.python.text.source_text import STRING_OR_COMMENT, SourceText

if TYPE_CHECKING:
    from collections.abc import Mapping

    import libcst
    from libcst.metadata import CodeRange

TRANSLATIONS = STATEMENTS | DEFINITIONS | PATTERNS | EXPRESSIONS | STRINGS


def read_with_libcst(text: str) -> tuple[ast.Module, SourceText]:
    """Parse a text; return the tree, and the text in which its nodes have their places.

    Needs a deep stack; raises libcst.ParserSyntaxError, SyntaxError or RecursionError.
    """
    from libcst import CSTLogicError, parse_module  # noqa: PLC0415  # takes 175 ms, and few files need it

    _refuse_what_kills_libcst(text)
    try:
        module = parse_module(text)
    except CSTLogicError as error:
        # For t-strings side by side; this one is no SyntaxError.
        raise SyntaxError("libcst cannot read this") from error
    source = SourceText(text, columns_are_bytes=False)
    translator = Translator(TRANSLATIONS, _positions(module), source)
    return ast.Module(translator.body(module.body), []), source


def _positions(module: libcst.Module) -> Mapping[libcst.CSTNode, CodeRange]:
    from libcst.metadata import MetadataWrapper, PositionProvider  # noqa: PLC0415  # as above

    class PositionsAlone(MetadataWrapper):
        def visit_batched(self, *_: object, **__: object) -> libcst.Module:
            # The other providers, of which there are none: libcst would walk the tree for them, a third of all its time.
            return self.module

    return PositionsAlone(module, unsafe_skip_copy=True).resolve(PositionProvider)


_TEXT = re.compile(STRING_OR_COMMENT, re.DOTALL)
_BRACKET = re.compile(r"[(\[{]|[)\]}]")
_DEEPEST_BRACKETS = 200
"""What Python allows."""
_SEPARATOR = re.compile(r"[,;:=()\[\]{}]|\n(?=\S)")
_OPERATOR = re.compile(r"[-+*/%&|^~<>@.]|\b(?:and|or|not|in|is|if|await|lambda)\b")
_MOST_OPERATORS = 2000
"""In one expression: libcst's time grows with their square (1,000: 0.4 s, 6,000: 40 s), and prefixes overflow its stack."""
_ENDLESS_CALLS = re.compile(r"(?:\(\)|\[\w*\]|lambda\b[^:\n]*:\s*){1000}")


def _refuse_what_kills_libcst(text: str) -> None:
    code = _TEXT.sub("", text)
    depth = 0
    for bracket in _BRACKET.findall(code):
        depth = depth + 1 if bracket in "([{" else max(depth - 1, 0)
        if depth > _DEEPEST_BRACKETS:
            raise RecursionError("brackets are nested too deeply")
    for piece in _SEPARATOR.split(code):
        if len(piece) > _MOST_OPERATORS and len(_OPERATOR.findall(piece)) > _MOST_OPERATORS:
            raise RecursionError("operators are nested too deeply")
    if _ENDLESS_CALLS.search(code):
        raise RecursionError("calls are nested too deeply")
