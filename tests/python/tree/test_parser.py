"""One tree for every syntax, and what a caller may rely on while it uses it."""

from __future__ import annotations

import ast
import sys
import warnings
from typing import TYPE_CHECKING

import pytest

from layercheck.errors import UnreadableSourceError
from layercheck.python.tree.parser import parse

if TYPE_CHECKING:
    from layercheck.python.tree.parser import Parsed

NEWER = "lazy import shop\n"


def classes(parsed: Parsed) -> list[str]:
    return [type(node).__name__ for node in parsed.tree.body]


@pytest.mark.parametrize(
    ("source", "found"),
    [("", []), ("x = 1\ndef f(): ...", ["Assign", "FunctionDef"]), (NEWER + "x = 1", ["Import", "Assign"])],
)
def test_a_tree_whatever_the_syntax(source: str, found: list[str]) -> None:
    assert parse(source, classes) == found


def test_places_can_be_found_in_the_text_whichever_reader_made_the_tree() -> None:
    for beginning in ("", NEWER):
        text = beginning + "é = shop.é('é', x)\n"

        def last_argument(parsed: Parsed, text: str = text) -> str:
            call = next(node for node in ast.walk(parsed.tree) if isinstance(node, ast.Call))
            start, end = parsed.source.range_of(call.args[-1])
            return text[start:end]

        assert parse(text, last_argument) == "x"


def test_what_no_python_can_read_is_refused_with_its_place() -> None:
    with pytest.raises(UnreadableSourceError) as caught:
        parse("x = 1\nx = )\n", classes)
    assert (caught.value.line, caught.value.column) == (2, 4)


@pytest.mark.parametrize("source", ["x = 1", NEWER])
@pytest.mark.parametrize("error", [ValueError, SyntaxError, KeyError])
def test_an_error_of_the_caller_is_not_taken_for_one_of_the_text(source: str, error: type[Exception]) -> None:
    def fail(_: Parsed) -> None:
        raise error("mine")

    with pytest.raises(error, match="mine"):
        parse(source, fail)


def test_one_file_may_lead_to_another() -> None:
    assert parse(NEWER, lambda _: parse(NEWER, lambda _: parse("x = 1", classes))) == ["Assign"]


def test_a_use_that_needs_a_deep_stack_gets_it() -> None:
    def deeper(node: ast.AST) -> int:
        return 1 + depth(node)

    def depth(node: ast.AST) -> int:
        deepest = 0
        for child in ast.iter_child_nodes(node):
            deepest = max(deepest, deeper(child))
        return deepest

    limit = sys.getrecursionlimit()
    assert parse(".".join("a" * (limit * 2 // 3)), lambda parsed: depth(parsed.tree)) > limit // 2
    assert sys.getrecursionlimit() == limit


def test_endless_nesting_is_refused() -> None:
    with pytest.raises(UnreadableSourceError, match="nested too deeply"):
        parse("x = " + "not " * 20_000 + "y", classes)


def test_the_parser_does_not_warn_but_the_caller_may() -> None:
    def warn(_: Parsed) -> None:
        warnings.warn("mine", stacklevel=1)

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        parse("x = '\\d'\nx is 1\n", warn)
    assert [str(warning.message) for warning in caught] == ["mine"]
