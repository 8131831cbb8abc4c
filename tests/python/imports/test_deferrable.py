from __future__ import annotations

import textwrap

import pytest

from layercheck.python.imports.deferrable import find_deferrable_imports


def lines(text: str) -> list[int]:
    return sorted(find_deferrable_imports(textwrap.dedent(text).encode()))


def test_what_only_functions_use_can_be_deferred() -> None:
    assert lines(
        """\
        import a.b
        from c import d as e, f
        import used
        from g import (
            h,
        )


        def one(x):
            return a.b.c(x), e, h


        class C:
            async def two(self):
                text = '''
        used
        '''
                return f, text

        x = used
        """
    ) == [1, 2, 4]


@pytest.mark.parametrize(
    "use",
    [
        "x = a",
        "class C(a): ...",
        "class C:\n    x = a",
        "@a\ndef f(): ...",
        "def f(x=a):\n    return x",
        "def f(x: a):\n    return x",
        "def f() -> a:\n    return 1",
        "def f() -> 'a':\n    return 1",
        "x = f'{a}'",
        "if a:\n    pass",
        "__all__ = ['a']",
        "x = [a for a in a]",
        "def f(): return a",
    ],
)
def test_what_is_used_while_the_module_is_imported_cannot(use: str) -> None:
    assert lines(f"from m import a\n\n\ndef other():\n    return a\n\n\n{use}\n") == []


@pytest.mark.parametrize(
    "text",
    ["from m import *\n", "from m import a\nx = (\n", "from m import a\n\ndef f():\n    x = (\n1)\n"],
    ids=["everything", "broken", "a body that goes on at the margin"],
)
def test_where_nothing_can_be_told_nothing_is_deferrable(text: str) -> None:
    assert lines(text) == []


def test_what_nothing_uses_is_there_for_others() -> None:
    assert lines("from m import a\n\n\ndef f():\n    return 'a'  # a\n") == []


def test_windows_line_ends_and_tabs() -> None:
    assert sorted(find_deferrable_imports(b"from m import a\r\n\r\ndef f():\r\n\treturn a\r\n\r\nx = 1\r\n")) == [1]


def test_a_function_below_another_and_a_comment_in_its_head() -> None:
    assert lines(
        """\
        from m import a, b
        class C:
            def f(self):  # a: b
                def g():
                    return a
                return g
            # a comment
        # at the margin
            def h(
                self,
            ) -> int:
                return b
        """
    ) == [1]
