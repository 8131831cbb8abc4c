"""libcst's patterns of `match` statements in the nodes of `ast`."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from layercheck.python.newer.cst_translator import fields, name_of, put, python_name

if TYPE_CHECKING:
    from layercheck.python.newer.cst_translator import Translate, Translator


def _match_singleton(to: Translator, node: Any) -> ast.pattern:
    return ast.MatchSingleton(to.translate(node.value).value)


def _match_sequence(to: Translator, node: Any) -> ast.pattern:
    return ast.MatchSequence(to.all(node.patterns))


def _match_star(to: Translator, node: Any) -> ast.pattern:
    # libcst counts the comma behind it as a part of it, and has no node for `_`.
    name = to.extent(node.whitespace_before_name).end.without(0, -1) if node.name is None else to.extent(node.name)
    return put(ast.MatchStar(name_of(node.name)), to.extent(node).to(name))


def _match_mapping(to: Translator, node: Any) -> ast.pattern:
    keys = [to.translate(element.key) for element in node.elements]
    patterns = [to.translate(element.pattern) for element in node.elements]
    return ast.MatchMapping(keys, patterns, name_of(node.rest))


def _match_class(to: Translator, node: Any) -> ast.pattern:
    return ast.MatchClass(
        to.translate(node.cls),
        to.all(node.patterns),
        [python_name(keyword.key.value) for keyword in node.kwds],
        [to.translate(keyword.pattern) for keyword in node.kwds],
    )


def _match_as(to: Translator, node: Any) -> ast.pattern:
    return ast.MatchAs(to.translate(node.pattern), name_of(node.name))


def _match_or(to: Translator, node: Any) -> ast.pattern:
    return ast.MatchOr([to.translate(element.pattern) for element in node.patterns])


def _element(to: Translator, node: Any) -> ast.pattern:
    pattern: ast.pattern = to.translate(node.value)
    return pattern


PATTERNS: dict[str, Translate] = {
    "MatchValue": fields(ast.MatchValue, "value"),
    "MatchSingleton": _match_singleton,
    "MatchList": _match_sequence,
    "MatchTuple": _match_sequence,
    "MatchSequenceElement": _element,
    "MatchStar": _match_star,
    "MatchMapping": _match_mapping,
    "MatchClass": _match_class,
    "MatchAs": _match_as,
    "MatchOr": _match_or,
}
