"""From the names that a file uses to the imports they make: dynamic calls, and modules reached through packages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from layercheck.later_pattern import compile_later
from layercheck.model.imports import BlindSpot, ImportKind, ImportSite
from layercheck.python.imports.dynamic_calls import imports_dynamically, read_call
from layercheck.python.imports.meanings import imported_meanings, meanings

if TYPE_CHECKING:
    import ast
    from collections.abc import Iterable, Iterator

    from layercheck.model.source import Span
    from layercheck.python.scopes import Place
    from layercheck.python.text.source_text import Node, SourceText

N = TypeVar("N", bound="ast.expr")

_LONGEST_QUOTE = 60
_PLAIN_STRING = compile_later(r"[rRuU]?('''|\"\"\"|'|\")(.*)\1", re.DOTALL)


class Statement(NamedTuple):
    """A statement, or the head of a compound one: from the beginning of one node to the end of the other."""

    first: Node
    last: Node


class Use(NamedTuple, Generic[N]):
    """An expression that begins with a chain of names."""

    chain: tuple[str, ...]
    node: N
    place: Place
    statement: Statement
    text: ast.expr | None
    """The f-string around it, if any: places inside one are not reliable before Python 3.12."""


def attribute_sites(
    uses: Iterable[Use[ast.Attribute]], imported_names: set[str], source: SourceText, *, is_stub: bool
) -> list[ImportSite]:
    """Each chain on an imported name, once: `shop.upper.f` after `import shop`, at its first place."""
    first: dict[str, tuple[ImportKind, Use[ast.Attribute]]] = {}
    for use in uses:
        if use.chain[0] not in imported_names:
            continue
        for meaning in imported_meanings(use.chain, use.place):
            is_typing = meaning.is_typing or use.place.block.typing
            kind = ImportKind.STUB if is_stub else ImportKind.TYPING if is_typing else ImportKind.ATTRIBUTE
            known = first.get(meaning.name)
            if known is None or _rank(kind, use) < _rank(*known):
                first[meaning.name] = (kind, use)
    sites = []
    for name, (kind, use) in first.items():
        span = _span_of_chain(use, source)
        sites.append(ImportSite(name, None, kind, span, span, _span_of_statement(use, source), "attribute"))
    return sites


def _rank(kind: ImportKind, use: Use[N]) -> tuple[bool, int, int]:
    """Order uses of one chain: those that happen before those that only the type checker sees, then by place."""
    node = use.text or use.node
    return kind is ImportKind.TYPING, node.lineno, node.col_offset


def dynamic_sites(
    calls: Iterable[Use[ast.Call]], source: SourceText, *, is_stub: bool, is_package: bool
) -> Iterator[ImportSite | BlindSpot]:
    """Find what calls import, and the calls of which nobody can say."""
    for use in calls:
        callees = [m.name for m in meanings(use.chain, use.place) if imports_dynamically(m.name)]
        if not callees:
            continue
        target = read_call(callees[0], use.node, is_package=is_package)
        is_typing = use.place.block.typing
        if target is None:
            if not is_typing:
                yield _blind_spot(use, source)
            continue
        kind = ImportKind.STUB if is_stub else ImportKind.TYPING if is_typing else ImportKind.DYNAMIC
        for module in target.modules:
            span = _span_of_literal(use, target.literal, source)
            yield ImportSite(module, None, kind, span, span, _span_of_statement(use, source), "call")


def _span_of_statement(use: Use[N], source: SourceText) -> Span:
    start, _ = source.range_of(use.statement.first)
    _, end = source.range_of(use.statement.last)
    return source.span(start, end)


def _span_of_chain(use: Use[ast.Attribute], source: SourceText) -> Span:
    if use.text is None:
        return source.span(*source.range_of(use.node))
    start, end = source.range_of(use.text)
    return source.span(*(source.chain_within(use.chain, start, end) or (start, end)))


def _span_of_literal(use: Use[ast.Call], literal: ast.expr, source: SourceText) -> Span:
    """Find the text between the quotes, or the whole expression where the name is not written in one piece."""
    start, end = source.range_of(use.text or literal)
    match = None if use.text else _PLAIN_STRING.fullmatch(source.text, start, end)
    if match is not None and match[2] == getattr(literal, "value", None):
        return source.span(*match.span(2))
    return source.span(start, end)


def _blind_spot(use: Use[ast.Call], source: SourceText) -> BlindSpot:
    start, end = source.range_of(use.text or use.node)
    code = ".".join(use.chain) + "(…)" if use.text else " ".join(source.text[start:end].split())
    quoted = code if len(code) <= _LONGEST_QUOTE else code[: _LONGEST_QUOTE - 1] + "…"
    return BlindSpot(quoted, source.span(start, end))
