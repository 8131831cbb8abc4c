from __future__ import annotations

from hypothesis import given, strategies as st

from layercheck.files.linear_patterns import compile_patterns
from layercheck.files.pattern_guard import PatternGuard

_NAMES = st.sampled_from(["a", "ab", "b", "build", "a.py", "b.pyc", "ä", ".env", "[x]"])
_PATHS = st.builds(
    lambda folders, end: "/".join(folders) + end, st.lists(_NAMES, min_size=1, max_size=4), st.sampled_from(["", "/"])
)
_PARTS = st.sampled_from(["a", "b", "*", "**", "a*", "*.py", "?", "[ab]", "[!a]", "build", "*a*b*", "\\[x\\]"])
_PATTERNS = st.builds(
    lambda start, parts, end: start + "/".join(parts) + end,
    st.sampled_from(["", "/", "!", "!/"]),
    st.lists(_PARTS, min_size=1, max_size=3),
    st.sampled_from(["", "/", "/**"]),
)


@given(lines=st.lists(_PATTERNS, max_size=4), paths=st.lists(_PATHS, min_size=1, max_size=6))
def test_a_path_is_passed_over_only_if_no_pattern_matches_it(lines: list[str], paths: list[str]) -> None:
    spec = compile_patterns(lines)
    guard = PatternGuard(spec.patterns)

    for path in paths:
        matched = any(each.include is not None and each.match_file(path) is not None for each in spec.patterns)
        assert guard.may_match(path) == matched
        assert guard.may_match(path) or spec.check_file(path).index is None


def test_lines_that_are_no_patterns_match_nothing() -> None:
    assert not PatternGuard(compile_patterns(["# a", "", " "]).patterns).may_match("a/b.py")
