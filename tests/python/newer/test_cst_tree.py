"""What libcst reads is what `ast` reads: in any syntax, and in real files."""

from __future__ import annotations

import ast
import inspect
import sysconfig
import warnings
from pathlib import Path

import hypothesmith
import libcst
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from layercheck.python.newer.cst_tree import TRANSLATIONS, read_with_libcst
from tests.running import SOURCE
from tests.trees import assert_same_tree

LIBRARY = Path(sysconfig.get_path("stdlib"))
KINDS = (libcst.BaseExpression, libcst.BaseSmallStatement, libcst.BaseCompoundStatement, libcst.MatchPattern)


def is_readable(text: str) -> bool:
    """Whether both readers can read it: libcst refuses `(x): int`, which Python allows."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            ast.parse(text)
            libcst.parse_module(text)
        except (SyntaxError, ValueError, libcst.ParserSyntaxError):
            return False
    return True


def test_every_kind_of_node_is_translated() -> None:
    concrete = {
        name
        for name, kind in vars(libcst).items()
        if inspect.isclass(kind) and issubclass(kind, KINDS) and not name.startswith("Base")
    }
    # Those two are only bases of others.
    assert concrete - {"MatchPattern", "MatchSequence"} <= set(TRANSLATIONS)


@pytest.mark.parametrize("text", ["", "\n", "# x", "\f\n", "\n\n  # x\n", "x", "\r\rx\r"])
def test_files_with_next_to_nothing(text: str) -> None:
    assert_same_tree(text)


def test_what_libcst_stumbles_over_is_a_syntax_error() -> None:
    with pytest.raises(SyntaxError):
        read_with_libcst("x = t'a' t'b'")


def test_real_files() -> None:
    paths = sorted(SOURCE.rglob("*.py"))
    for name in ("asyncio", "email", "json"):
        paths += sorted((LIBRARY / name).glob("*.py"))[::2]
    for path in paths:
        assert_same_tree(path.read_text(encoding="utf-8"))


@settings(deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, max_examples=40)
@given(st.one_of(hypothesmith.from_node(), hypothesmith.from_grammar()))
def test_any_syntax(source: str) -> None:
    if "\x00" not in source and is_readable(source):
        assert_same_tree(source)
