"""Bytes to the exact imports of one file."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import msgspec

from layercheck.model.imports import Depth
from layercheck.python.imports.ast_imports import read_with_ast
from layercheck.python.imports.import_finder import find_imports
from layercheck.python.imports.skeleton import cut_skeleton
from layercheck.python.text.encoding import decode_source
from layercheck.python.tree.parser import Parsed, parse

if TYPE_CHECKING:
    from layercheck.model.imports import FileImports


def read_imports(
    data: bytes, *, is_stub: bool = False, is_package: bool = False, depth: Depth = Depth.EVERYTHING
) -> FileImports:
    """All that a source file imports, exactly, in the order of its text.

    `is_package` says that the file is an `__init__.py`; it only bears on `import_module("..x", __name__)`.
    `depth` says how much of the file is read for it; a syntax error beyond that is not seen.

    Raises UnreadableSourceError, with the place where it is known, for what no Python from 3.0 to 3.15 can read.
    """

    def find(parsed: Parsed) -> FileImports:
        tree, source, nested_too_deeply = parsed
        found = find_imports(tree, source, is_stub=is_stub, is_package=is_package, depth=depth)
        return msgspec.structs.replace(found, nested_too_deeply=True) if nested_too_deeply else found

    text = decode_source(data)
    if depth is Depth.EXCERPT:
        skeleton = cut_skeleton(text)
        if skeleton is not None:
            with contextlib.suppress(SyntaxError, ValueError, RecursionError, MemoryError):
                return find(Parsed(*read_with_ast(skeleton)))
    return parse(text, find)
