from __future__ import annotations

import pytest

from layercheck.server.markdown import write_plain


@pytest.mark.parametrize(
    "text",
    [
        "layers: main > api > services > models : db",
        'to change a role: roles.ROLE = ["app.user_name"]',
        "`app.__init__` imports `app.*`: a < b & c",
        "1 import",
    ],
)
def test_what_is_no_syntax_is_not_escaped(text: str) -> None:
    assert write_plain(text) == text


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("app.__init__ is *bold*", r"app.\_\_init\_\_ is \*bold\*"),
        ("[here](http://evil.example)", r"[here\](http://evil.example)"),
        ("<img src=x> &amp; </a>", r"\<img src=x> \&amp; \</a>"),
        ("# big", r"\# big"),
        ("- item", r"\- item"),
        ("1. item", r"1\. item"),
        ("one ` two", r"one \` two"),
        ("a\\b", r"a\\b"),
        ("a\nb", r"a\\x0ab"),
    ],
)
def test_syntax_is_escaped(text: str, written: str) -> None:
    assert write_plain(text) == written
