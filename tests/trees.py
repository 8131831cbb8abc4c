"""The trees of both readers, held against each other."""

from __future__ import annotations

import ast
import warnings
from typing import TYPE_CHECKING, Any

from layercheck.python.imports.ast_imports import read_with_ast
from layercheck.python.newer.cst_tree import read_with_libcst
from layercheck.python.tree.deep_stack import run_with_deep_stack

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layercheck.python.text.source_text import SourceText


def assert_same_tree(text: str) -> None:
    """Hold the libcst tree of a text that the running Python can read against that of `ast`."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        by_ast, by_libcst = read_with_ast(text), run_with_deep_stack(lambda: read_with_libcst(text))
    for node in ast.walk(by_ast[0]):
        if isinstance(node, ast.JoinedStr):
            # Python 3.12 has empty texts at the end of formats.
            node.values = [value for value in node.values if ast.dump(value) != "Constant(value='')"]
    assert ast.dump(by_libcst[0], indent=1) == ast.dump(by_ast[0], indent=1)
    assert list(_places(*by_libcst)) == list(_places(*by_ast))


def _places(tree: ast.Module, source: SourceText) -> Iterator[tuple[str, int, str]]:
    """Where each node stands, with its text; all but the insides of f-strings, which `ast` knows from 3.12 on."""
    waiting: list[Any] = [tree]
    while waiting:
        node = waiting.pop()
        if hasattr(node, "lineno"):
            start, end = source.range_of(node)
            # For `ast`, a compound statement ends behind a last semicolon.
            yield type(node).__name__, start, source.text[start:end].rstrip("; \t\f\\\r\n")
        if not isinstance(node, ast.JoinedStr):
            waiting += ast.iter_child_nodes(node)
