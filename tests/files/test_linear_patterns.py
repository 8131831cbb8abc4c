"""Patterns mean what they meant, at the price of their length."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, strategies as st
from pathspec import GitIgnoreSpec

from layercheck.files.linear_patterns import compile_patterns, keep_brackets_in_names, make_linear

_PATTERNS = st.lists(st.sampled_from(["*", "**", "a", "b", "/", "?", "[ab]", "[!a]", "\\*", "**/", "/**/"]), max_size=9)
_PATHS = st.lists(st.text("ab", min_size=1, max_size=4), min_size=1, max_size=5)


@given(_PATTERNS, _PATHS, st.booleans())
def test_a_pattern_matches_what_it_matched(words: list[str], parts: list[str], is_folder: bool) -> None:
    try:
        (plain,) = GitIgnoreSpec.from_lines(["".join(words)]).patterns
    except ValueError:
        return
    if plain.regex is None:
        return
    path, expression = "/".join(parts) + "/" * is_folder, keep_brackets_in_names(plain.regex.pattern)
    before, after = re.match(expression, path), re.match(make_linear(expression), path)
    assert (before and before.groupdict()) == (after and after.groupdict())


@pytest.mark.parametrize(
    "pattern", ["*a" * 40 + "b", "?*" * 40 + "b", "**/a/" * 40 + "b", "*a*a/" * 20 + "b", "**/*a*a*a/" * 9 + "**/b"]
)
@pytest.mark.parametrize("path", ["a" * 200, "/".join(["a" * 5] * 40), "/".join(["a"] * 200)])
def test_many_stars_come_to_an_end(pattern: str, path: str) -> None:
    assert not compile_patterns([pattern]).match_file(path)


@pytest.mark.parametrize(
    ("pattern", "path", "is_matched"),
    [
        ("x[!a]y", "x/y", False),
        ("x[!a]y", "xcy", True),
        ("x[+-9]y", "x/y", False),
        ("*[!a]*b", "b/b", False),
        ("*[!a]*b", "a/cb", True),
        ("x[!]a]y", "x/y", False),
        (r"x\[a]y", "x[a]y", True),
        ("gen[[:digit:]].py", "gen1.py", True),
        ("gen[![:digit:]_].py", "gen1.py", False),
    ],
)
def test_brackets_match_within_a_name(pattern: str, path: str, is_matched: bool) -> None:
    assert compile_patterns([pattern]).match_file(path) == is_matched
