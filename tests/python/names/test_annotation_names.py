from __future__ import annotations

import ast

import pytest

from layercheck.python.names.annotation_names import find_names_only_in_annotations


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("from a import B\nx: B = f()\n", ("B",)),
        ("from a import B\nx: 'list[B]'\n", ("B",)),
        ("from a import B as C\ndef f(x: C) -> None: ...\n", ("B",)),
        ("from a import B\nasync def f(*x: B, **y: B) -> B: ...\n", ("B",)),
        ("from a import B, C\ndef f(x: Annotated[B, Depends(C)]): ...\n", ("B",)),
        ("from a import B\ndef f(x: B): return B\n", ()),
        ("from a import B\nclass D(B): ...\n", ()),
        ("from a import B\n", ()),
        ("import a\nx: a.B\n", ()),
        ("from a import b\nx: b.C\n", ("b",)),
        ("from a import B, C\nx = cast(B, f(C))\n", ("B",)),
        ("from a import b\nimport typing as t\nx = t.cast(b.C, f())\n", ("b",)),
        ("from a import B\nclass F(Form):\n    class Meta:\n        model = B\n", ("B",)),
        ("from a import b\nclass F(Form):\n    class Meta:\n        model = b.C\n", ("b",)),
        ("from a import B\nclass F(Form):\n    class Meta:\n        model = B()\n", ()),
        ("from a import B\nclass F(Form):\n    class Meta:\n        queryset = B\n", ()),
        ("from a import B\nclass F(Form):\n    class Meta(B):\n        model = 1\n", ()),
        ("from a import B\nclass F(Form):\n    model = B\n", ()),
        ("def f():\n    from a import B\n    x: B\n", ("B",)),
    ],
)
def test_names_that_stand_in_annotations_alone(text: str, names: tuple[str, ...]) -> None:
    assert find_names_only_in_annotations(ast.parse(text)) == names
