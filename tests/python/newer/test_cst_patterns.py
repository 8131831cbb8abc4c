"""Every kind of pattern: what libcst reads is what `ast` reads."""

from __future__ import annotations

import pytest

from tests.trees import assert_same_tree

PATTERNS = [
    "1",
    "-1 | 1+2j | -1.5-3J | 'a' \"b\" | b'c' | None | True | False",
    "a.b | a.b.c",
    "_",
    "(_)",
    "x if x > 1",
    "x if (x := y)",
    "(x)",
    "[a, b, *_]",
    "[* _ , a]",
    "[*rest]",
    "[]",
    "(a, b)",
    "(a,)",
    "()",
    "( *_ , )",
    "a, b",
    "a,",
    "a, *b",
    "*a,",
    "*_ ,",
    "{'a': 1, -1: b, None: c, d.e: f, **rest}",
    "{}",
    "{**rest}",
    "{'x': [1, {'y': é}], }",
    "A()",
    "a.B(c, 1, d=e, f=G())",
    "A(b=1,)",
    "A([b, *_])",
    "(A() | B()) as c",
    "(A() as d) | B()",
    "[(1 | 2) as x, (y)]",
]


@pytest.mark.parametrize("pattern", PATTERNS)
def test_patterns(pattern: str) -> None:
    assert_same_tree(f"match x:\n    case {pattern}:\n        pass\n")


@pytest.mark.parametrize("subject", ["x, y", "(x)", "*a, b", "x,", "-x", "[x]", "f(x)", "(yield)", "(x, y)"])
def test_subjects(subject: str) -> None:
    assert_same_tree(f"match {subject}:\n    case 1: a\n    case _: b;\n")


def test_words_that_are_no_keywords_elsewhere() -> None:
    assert_same_tree("match = case = type = _ = 1\nmatch[0]; type(x); case.match(_)\n")
