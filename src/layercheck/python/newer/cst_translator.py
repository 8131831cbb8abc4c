"""libcst nodes to `ast` nodes: what the translation of every kind of node needs.

How each node is translated is in tables, by the name of its class; see `cst_expressions.py` and its siblings.
"""

from __future__ import annotations

import ast
import unicodedata
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import TypeAlias

    import libcst
    from libcst.metadata import CodeRange

    from layercheck.python.text.source_text import SourceText

    Translate: TypeAlias = Callable[["Translator", Any], Any]
    """Makes the node of `ast`, which may lack its place; libcst's nodes are `Any`, for their classes say too little."""

N = TypeVar("N", bound=ast.AST)

LOAD = ast.Load()
STORE = ast.Store()

_OWNS_ITS_PARENTHESES = {"Tuple", "GeneratorExp", "MatchTuple"}
"""Elsewhere parentheses are no part of the node that they hold."""


class Extent(NamedTuple):
    """From a line and column to another, as `ast` counts lines and in code points."""

    lineno: int
    col_offset: int
    end_lineno: int
    end_col_offset: int

    @property
    def end(self) -> Extent:
        """The place behind it."""
        return Extent(self.end_lineno, self.end_col_offset, self.end_lineno, self.end_col_offset)

    def to(self, last: Extent) -> Extent:
        return Extent(self.lineno, self.col_offset, last.end_lineno, last.end_col_offset)

    def without(self, first: int, last: int) -> Extent:
        """Leave out so many characters at the beginning and at the end, which are on the same line as what is left."""
        return Extent(self.lineno, self.col_offset + first, self.end_lineno, self.end_col_offset - last)


class Translator:
    """Translates one file by a table."""

    def __init__(
        self, table: Mapping[str, Translate], positions: Mapping[libcst.CSTNode, CodeRange], source: SourceText
    ) -> None:
        self._table = table
        self._positions = positions
        self._source = source

    def translate(self, node: Any) -> Any:
        """Translate a node, if there is one, and give it its place.

        Raises SyntaxError for what libcst knows and this table does not.
        """
        if node is None:
            return None
        name = type(node).__name__
        translate = self._table.get(name)
        if translate is None:
            raise SyntaxError(f"a syntax that is not known yet: {name}")
        made = translate(self, node)
        if not hasattr(made, "lineno"):
            place = self._positions[node]
            start, end = place.start, place.end
            if name in _OWNS_ITS_PARENTHESES and node.lpar:
                start, end = self._positions[node.lpar[-1]].start, self._positions[node.rpar[0]].end
            made.lineno, made.col_offset = start.line, start.column
            made.end_lineno, made.end_col_offset = end.line, end.column
        return made

    def all(self, nodes: Iterable[Any]) -> list[Any]:
        return [self.translate(node) for node in nodes]

    def body(self, statements: Iterable[Any]) -> list[ast.stmt]:
        """Translate the statements of a block; lines of several small statements are laid out flat."""
        found: list[ast.stmt] = []
        for statement in statements:
            small = statement.body if type(statement).__name__ == "SimpleStatementLine" else [statement]
            found += self.all(small)
        return found

    def suite(self, owner: Any) -> list[ast.stmt]:
        """Translate the body of a compound statement, or of an `else` if there is one."""
        return [] if owner is None else self.body(owner.body.body)

    def target(self, node: Any, context: ast.expr_context = STORE) -> Any:
        """Translate what is assigned to or deleted: its names are bound, not used."""
        made = self.translate(node)
        _set_context(made, context)
        return made

    # Places

    def extent(self, node: Any) -> Extent:
        """Return the location of a node, without the parentheses around it."""
        place = self._positions[node]
        return Extent(place.start.line, place.start.column, place.end.line, place.end.column)

    def outer_extent(self, node: Any) -> Extent:
        """Return the location of an expression, with all parentheses around it."""
        if not node.lpar:
            return self.extent(node)
        return self.extent(node.lpar[0]).to(self.extent(node.rpar[-1]))

    def text(self, extent: Extent) -> str:
        start, end = self._source.range_of(extent)
        return self._source.text[start:end]


def put(made: N, extent: Extent) -> N:
    """Give a node its place."""
    for name, value in zip(Extent._fields, extent, strict=True):
        setattr(made, name, value)
    return made


def fields(make: Callable[..., ast.AST], *names: str) -> Translate:
    """Translate a node that is made of the same parts in libcst, given in the order of `ast`."""
    return lambda to, node: make(*[to.translate(getattr(node, name)) for name in names])


def python_name(text: str) -> str:
    """Return an identifier as Python compares it."""
    return text if text.isascii() else unicodedata.normalize("NFKC", text)


def name_of(node: Any) -> str | None:
    """Return the identifier of a libcst Name, if there is one."""
    return None if node is None else python_name(node.value)


def _set_context(node: Any, context: ast.expr_context) -> None:
    if isinstance(node, ast.Name | ast.Attribute | ast.Subscript | ast.Starred | ast.Tuple | ast.List):
        node.ctx = context
    if isinstance(node, ast.Starred):
        _set_context(node.value, context)
    elif isinstance(node, ast.Tuple | ast.List):
        for item in node.elts:
            _set_context(item, context)
