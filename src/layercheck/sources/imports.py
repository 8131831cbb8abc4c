"""Bytes to the exact imports of one file: one function with two readers behind it.

`ast` reads what the running Python can read, ten times faster; libcst reads what is newer than that.
"""

from __future__ import annotations

import contextlib
import re
import warnings
from typing import TYPE_CHECKING

import msgspec

from layercheck.errors import UnreadableSourceError
from layercheck.model.imports import Depth
from layercheck.sources.ast_imports import read_with_ast
from layercheck.sources.decoding import decode_source
from layercheck.sources.deep_stack import run_with_deep_stack
from layercheck.sources.excerpt import cut_out_definitions
from layercheck.sources.import_finder import find_imports
from layercheck.sources.source_text import LINE_END

if TYPE_CHECKING:
    import ast
    from collections.abc import Callable
    from typing import TypeAlias

    from layercheck.model.imports import FileImports
    from layercheck.sources.source_text import SourceText

    Parsed: TypeAlias = tuple[ast.Module, SourceText]
    Find: TypeAlias = Callable[[Parsed], FileImports]

_NO_NEWER_SYNTAX = (
    "(unicode error)",
    "(value error)",
    "bytes can only contain ASCII",
    "invalid non-printable character",
    "too many nested parentheses",
    "too many levels of indentation",
)
"""Beginnings of messages about what no later Python allows, though libcst may let it pass."""

_NEWER_LINE = re.compile(
    r"[ \t\f]*(?:type[ \t]+\w|lazy[ \t]|(?:async[ \t]+)?def[ \t]+\w+[ \t]*\[|class[ \t]+\w+[ \t]*\[|except\b.*,|.*\b[tT][rR]?['\"])"
)


def read_imports(
    data: bytes, *, is_stub: bool = False, is_package: bool = False, depth: Depth = Depth.EVERYTHING
) -> FileImports:
    """All that a source file imports, exactly, in the order of its text.

    `is_package` says that the file is an `__init__.py`; it only bears on `import_module("..x", __name__)`.
    `depth` says how much of the file is read for it; a syntax error beyond that is not seen.

    Raises UnreadableSourceError, with the place where it is known, for what no Python from 3.0 to 3.15 can read.
    """
    text = decode_source(data)
    with warnings.catch_warnings():
        # Python warns of doubtful code (`"\d"`, `x is 1`) while it parses; to judge that is not our business.
        warnings.simplefilter("ignore")
        try:
            return _read(
                text,
                lambda parsed: find_imports(*parsed, is_stub=is_stub, is_package=is_package, depth=depth),
                is_excerpt_enough=depth is Depth.EXCERPT,
            )
        except (RecursionError, MemoryError):
            raise UnreadableSourceError("is nested too deeply to be read") from None


def _read(text: str, find: Find, *, is_excerpt_enough: bool) -> FileImports:
    if is_excerpt_enough:
        with contextlib.suppress(SyntaxError, ValueError, RecursionError, MemoryError):
            return find(read_with_ast(cut_out_definitions(text)))
    try:
        parsed = read_with_ast(text)
    except (RecursionError, MemoryError):
        return msgspec.structs.replace(run_with_deep_stack(lambda: _read_too_deep(text, find)), nested_too_deeply=True)
    except (SyntaxError, ValueError) as error:
        return _read_newer(text, find, error)
    try:
        return find(parsed)
    except RecursionError:
        return run_with_deep_stack(lambda: find(parsed))


def _read_too_deep(text: str, find: Find) -> FileImports:
    try:
        return find(read_with_ast(text))
    except RecursionError:
        # From Python 3.12 on no setting lets its own parser go deeper.
        from layercheck.sources.cst_imports import read_with_libcst  # noqa: PLC0415  # imports libcst: few need it

        return find(read_with_libcst(text))


def _read_newer(text: str, find: Find, error: SyntaxError | ValueError) -> FileImports:
    """Read what the running Python refuses; raise its reason where the syntax is not newer but wrong."""
    line, column = _place(error)
    message = (error.msg or "") if isinstance(error, SyntaxError) else str(error)
    if not message.startswith(_NO_NEWER_SYNTAX):
        from libcst import ParserSyntaxError  # noqa: PLC0415  # takes 175 ms, and few files need it

        from layercheck.sources.cst_imports import read_with_libcst  # noqa: PLC0415  # imports libcst: few need it

        try:
            return run_with_deep_stack(lambda: find(read_with_libcst(text)))
        except ParserSyntaxError as newer:
            if line is not None and newer.raw_line > line and _is_newer(message, text, line):
                # What Python stumbled over was right; the real mistake comes later.
                line, column, message = newer.raw_line, max(newer.raw_column - 1, 0), "invalid syntax"
        except (SyntaxError, ValueError):
            pass
    raise UnreadableSourceError(f"cannot be parsed: {message}", line, column)


def _is_newer(message: str, text: str, line: int) -> bool:
    """Tell whether the line at which the running Python gave up looks like newer syntax."""
    lines = LINE_END.split(text, line)
    return message.startswith(("f-string", "t-string")) or _NEWER_LINE.match(lines[line - 1]) is not None


def _place(error: SyntaxError | ValueError) -> tuple[int | None, int | None]:
    if not isinstance(error, SyntaxError) or not error.lineno:
        return None, None
    return error.lineno, max((error.offset or 1) - 1, 0)
