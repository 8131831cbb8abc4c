"""Bytes to the exact imports of one file: one function with two readers behind it.

`ast` reads what the running Python can read, ten times faster; libcst reads what is newer than that.
"""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

import msgspec

from layercheck.errors import UnreadableSourceError
from layercheck.sources.ast_imports import read_with_ast
from layercheck.sources.decoding import decode_source
from layercheck.sources.deep_stack import run_with_deep_stack
from layercheck.sources.import_finder import find_imports

if TYPE_CHECKING:
    from layercheck.model.imports import FileImports

_TOO_DEEP = "is nested too deeply to be read"


def read_imports(data: bytes, *, is_stub: bool = False, is_package: bool = False) -> FileImports:
    """All that a source file imports, exactly, in the order of its text.

    `is_package` says that the file is an `__init__.py`; it only bears on `import_module("..x", __name__)`.

    Raises UnreadableSourceError, with the place where it is known, for what no Python from 3.0 to 3.15 can read.
    """
    text = decode_source(data)
    with warnings.catch_warnings():
        # A reader warns of doubtful code (`"\d"`, `x is 1`), which is not ours to judge.
        warnings.simplefilter("ignore")
        try:
            return _read_as_usual(text, is_stub=is_stub, is_package=is_package)
        except (RecursionError, MemoryError):
            raise UnreadableSourceError(_TOO_DEEP) from None


def _read_as_usual(text: str, *, is_stub: bool, is_package: bool) -> FileImports:
    try:
        tree, source = read_with_ast(text)
    except (RecursionError, MemoryError):
        found = run_with_deep_stack(lambda: find_imports(*read_with_ast(text), is_stub=is_stub, is_package=is_package))
        return msgspec.structs.replace(found, nested_too_deeply=True)
    except (SyntaxError, ValueError) as error:
        return _read_newer(text, error, is_stub=is_stub, is_package=is_package)
    try:
        return find_imports(tree, source, is_stub=is_stub, is_package=is_package)
    except RecursionError:
        return run_with_deep_stack(lambda: find_imports(tree, source, is_stub=is_stub, is_package=is_package))


def _read_newer(text: str, error: SyntaxError | ValueError, *, is_stub: bool, is_package: bool) -> FileImports:
    """Read what the running Python refused; raise its error where the reason is not that the syntax is newer."""
    from layercheck.sources.cst_imports import read_with_libcst  # noqa: PLC0415  # imports libcst: few files need it

    return run_with_deep_stack(lambda: find_imports(*read_with_libcst(text), is_stub=is_stub, is_package=is_package))
