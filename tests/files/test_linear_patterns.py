"""Patterns mean what they meant, at the price of their length."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, strategies as st
from pathspec import GitIgnoreSpec

from layercheck.files.linear_patterns import compile_patterns, make_linear

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
    path = "/".join(parts) + "/" * is_folder
    before, after = plain.regex.match(path), re.match(make_linear(plain.regex.pattern), path)
    assert (before and before.groupdict()) == (after and after.groupdict())


@pytest.mark.parametrize(
    "pattern", ["*a" * 40 + "b", "?*" * 40 + "b", "**/a/" * 40 + "b", "*a*a/" * 20 + "b", "**/*a*a*a/" * 9 + "**/b"]
)
@pytest.mark.parametrize("path", ["a" * 200, "/".join(["a" * 5] * 40), "/".join(["a"] * 200)])
def test_many_stars_come_to_an_end(pattern: str, path: str) -> None:
    assert not compile_patterns([pattern]).match_file(path)
