"""Text to a syntax tree, whatever its syntax: one function with two readers behind it.

`ast` reads what the running Python can read, ten times faster; libcst reads what is newer than that. The tree is one of
`ast` in both cases.
"""

from __future__ import annotations

import contextlib
import warnings
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from layercheck.errors import UnreadableSourceError
from layercheck.later_pattern import compile_later
from layercheck.python.imports.ast_imports import read_with_ast
from layercheck.python.text.source_text import LINE_END
from layercheck.python.tree.deep_stack import run_with_deep_stack

if TYPE_CHECKING:
    import ast
    from collections.abc import Callable

    from layercheck.python.text.source_text import SourceText

T = TypeVar("T")


class Parsed(NamedTuple):
    """The tree of one file, and what is needed to find one's way in it."""

    tree: ast.Module
    source: SourceText
    """The text in which the nodes have their places."""
    nested_too_deeply: bool = False
    """Whether the nesting is beyond the running Python: it would refuse to import the file."""


_NO_NEWER_SYNTAX = (
    "(unicode error)",
    "(value error)",
    "bytes can only contain ASCII",
    "invalid non-printable character",
    "too many nested parentheses",
    "too many levels of indentation",
)
"""Beginnings of messages about what no later Python allows, though libcst may let it pass."""

_BARE_EXCEPTIONS = "multiple exception types must be parenthesized"
"""The message about the one newer syntax that is read without libcst."""

_NEWER_LINE = compile_later(
    r"[ \t\f]*(?:type[ \t]+\w|lazy[ \t]|(?:async[ \t]+)?def[ \t]+\w+[ \t]*\[|class[ \t]+\w+[ \t]*\[|except\b.*,|.*\b[tT][rR]?['\"])"
)


def parse(text: str, use: Callable[[Parsed], T]) -> T:
    """Parse a source text and return what `use` makes of it.

    A tree can be deeper than an ordinary stack, so it does not leave this function: `use` runs where the stack is deep
    enough, and may run a second time when it was not; so it must begin anew each time. What it raises is raised, but
    for a RecursionError or MemoryError, for which the tree is to blame.

    Raises UnreadableSourceError, with the place where it is known, for what no Python from 3.0 to 3.15 can read.
    """
    try:
        try:
            parsed = _read_with_ast(text)
        except (RecursionError, MemoryError):
            return run_with_deep_stack(lambda: use(_read_too_deep(text)))
        except (SyntaxError, ValueError) as error:
            return _use_newer(text, use, error)
        try:
            return use(parsed)
        except RecursionError:
            return run_with_deep_stack(lambda: use(parsed))
    except (RecursionError, MemoryError):
        raise UnreadableSourceError("is nested too deeply to be read") from None


def _read_with_ast(text: str, *, nested_too_deeply: bool = False) -> Parsed:
    return Parsed(*read_with_ast(text), nested_too_deeply)


def _read_with_libcst(text: str, *, nested_too_deeply: bool = False) -> Parsed:
    from layercheck.python.newer.cst_tree import read_with_libcst  # noqa: PLC0415  # imports libcst: few need it

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # as `read_with_ast` does: libcst evaluates strings
        return Parsed(*read_with_libcst(text), nested_too_deeply)


def _read_too_deep(text: str) -> Parsed:
    try:
        return _read_with_ast(text, nested_too_deeply=True)
    except RecursionError:
        # From Python 3.12 on no setting lets its own parser go deeper.
        return _read_with_libcst(text, nested_too_deeply=True)


def _use_newer(text: str, use: Callable[[Parsed], T], error: SyntaxError | ValueError) -> T:
    message = (error.msg or "") if isinstance(error, SyntaxError) else str(error)
    if message.startswith(_NO_NEWER_SYNTAX):
        raise _refusal(message, *_place(error))
    return run_with_deep_stack(lambda: use(_read_newer(text, message, *_place(error))))


def _read_newer(text: str, message: str, line: int | None, column: int | None) -> Parsed:
    """Read what the running Python refuses; raise its reason where the syntax is not newer but wrong."""
    if message.startswith(_BARE_EXCEPTIONS):
        from layercheck.python.newer.bare_exceptions import read_bare_exceptions  # noqa: PLC0415  # few need it

        with contextlib.suppress(SyntaxError, ValueError):
            read = read_bare_exceptions(text)
            if read is not None:
                return Parsed(*read)
    from libcst import ParserSyntaxError  # noqa: PLC0415  # takes 175 ms, and few files need it

    try:
        return _read_with_libcst(text)
    except ParserSyntaxError as newer:
        if line is not None and newer.raw_line > line and _is_newer(message, text, line):
            # What Python stumbled over was right; the real mistake comes later.
            line, column, message = newer.raw_line, max(newer.raw_column - 1, 0), "invalid syntax"
    except (SyntaxError, ValueError):
        pass
    raise _refusal(message, line, column)


def _refusal(message: str, line: int | None, column: int | None) -> UnreadableSourceError:
    return UnreadableSourceError(f"cannot be parsed: {message}", line, column)


def _is_newer(message: str, text: str, line: int) -> bool:
    """Return whether the line at which the running Python gave up looks like newer syntax."""
    lines = LINE_END.split(text, line)
    return message.startswith(("f-string", "t-string")) or _NEWER_LINE.match(lines[line - 1]) is not None


def _place(error: SyntaxError | ValueError) -> tuple[int | None, int | None]:
    if not isinstance(error, SyntaxError) or not error.lineno:
        return None, None
    return error.lineno, max((error.offset or 1) - 1, 0)
