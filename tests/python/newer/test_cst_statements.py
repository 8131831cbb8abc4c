"""Every kind of statement: what libcst reads is what `ast` reads."""

from __future__ import annotations

import ast

import pytest

from layercheck.python.newer.cst_tree import read_with_libcst
from tests.trees import assert_same_tree

SMALL = [
    "x = y = z = 1; x, y = y, x; [x, y] = y; x = *a, *b; *x, y = z; x = *a,",
    "(x) = 1; (x, (y)) = 1; x.y = x[0] = 1; [*x] = y; [x, (y, z.w)] = a",
    "x: int; x.y: int = 1; x[0]: int = (yield); x: (int) = (1)",
    "x += 1; x -= 1; x *= 1; x /= 1; x //= 1; x %= 1; x **= 1; x @= 1",
    "x &= 1; x |= 1; x ^= 1; x <<= 1; x >>= 1; x.y += (1); x[0] += 1, 2",
    "del x; del x, y; del (x, y); del (x), [y, z.a], w[0]; del (x); del x,; del ()",
    "raise; raise X; raise X from Y; raise (X) from (Y)",
    "assert x; assert x, y; assert (x, y)",
    "global a, b\ndef f():\n nonlocal c, d\n global é",
    "def f(): return\ndef g(): return *a, b\ndef h(): return 1,\ndef i(): return (1)",
    "(a); ( \n b )\n'doc'; x = 1; y = 2;",
    "import a.b as c, d\nfrom . import a\nfrom .. import (a as b, c,)\nfrom ...a.b import *\nfrom .a import b",
]
COMPOUND = [
    "if a: b\nelif c: d\nelif e: f\nelse: g",
    "if a:\n    b\nelse:\n    if c: d",
    "if a:\n  pass  # comment\n\n  # more\nx = 1",
    "if a: b; c;\nx",
    "while a: b\nelse: c\nwhile a:\n  break\n  continue",
    "for x in 1, 2, : pass\nelse: y\nfor x, in y: pass\nfor (x) in y: pass\nfor *a, in b: pass",
    "for (x, *y), [a, b.c, d[0]] in z: pass",
    "with a: pass\nwith a as b, c as d: pass\nwith (a as b, c as d,): pass",
    "with (a, b): pass\nwith (a): pass\nwith (a) as b: pass\nwith (a), b: pass\nwith (a, b) as c: pass",
    "with a as (b, c): pass\nwith a as [b, c]: pass\nwith a as b.c, d as e[0]: pass\nwith (yield): pass",
    "try: a\nexcept: b",
    "try: a\nexcept A: b\nexcept (A, B) as c: d\nelse: e\nfinally: f",
    "try: a\nfinally: b",
    "try: a\nexcept* A: b\nexcept* (B, C) as e: c\nelse: d\nfinally: e",
    "async def f():\n  async with a as b, c: pass\n  async for x in y: pass\n  else: pass",
]
DEFINITIONS = [
    "def f(a, /, b: int = 1, *, c, d: (str) = 2, **kw: 'x') -> (int): pass",
    "def f(*args: *Ts): pass\ndef f(*args, a, b=1): pass\ndef f(a, b=1, /, c=2): pass",
    "@a\n@b.c(1)\n@(d)\ndef f(): pass\n@a\nasync def g(): 'doc'",
    "@a\nclass A: pass\nclass A(): x = 1; y: int",
    "class A(B, *c, m=D, **k):\n  'doc'\n  def f(self): ...",
    "async def f(x):\n  def g(): pass\n\n\nx",
]


@pytest.mark.parametrize("source", [*SMALL, *COMPOUND, *DEFINITIONS])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_statements(source: str, line_end: str) -> None:
    assert_same_tree(source.replace("\n", line_end))


@pytest.mark.parametrize(
    ("newer", "older"),
    [
        ("try: a\nexcept A, B: c", "try: a\nexcept (A, B): c"),
        ("def f[T: int](a: T) -> T: pass", "def f(a: T) -> T: pass"),
        ("class A[T](B): pass", "class A(B): pass"),
        ("lazy import a.b as c", "import a.b as c"),
        ("lazy from a import b", "from a import b"),
    ],
)
def test_newer_forms_of_older_statements(newer: str, older: str) -> None:
    made = read_with_libcst(newer)[0]
    for statement in made.body:
        if hasattr(statement, "type_params"):
            statement.type_params = []
    assert ast.dump(made) == ast.dump(ast.parse(older))


@pytest.mark.parametrize(
    "source", ["def f[T: int = str](): pass", "async def f[T: int = str](): pass", "class A[T: int = str]: pass"]
)
def test_type_parameters(source: str) -> None:
    definition = read_with_libcst(source)[0].body[0]
    (parameter,) = definition.type_params  # type: ignore[attr-defined]  # a field since Python 3.12
    assert parameter.name == "T"
    assert [ast.dump(part) for part in ast.iter_child_nodes(parameter)] == [
        "Name(id='int', ctx=Load())",
        "Name(id='str', ctx=Load())",
    ]


def test_type_aliases() -> None:
    alias = read_with_libcst("type X[T: int = str, *Ts, **P] = list[T]")[0].body[0]
    assert type(alias).__name__ == "TypeAlias"
    assert [field for field, _ in ast.iter_fields(alias)] == ["name", "type_params", "value"]
    names = [node.id for node in ast.walk(alias) if isinstance(node, ast.Name)]
    assert sorted(names) == ["T", "X", "int", "list", "str"]


def test_unpacking_in_comprehensions() -> None:
    module = read_with_libcst("[*x for x in y]\n{**x for x in y}")[0]
    listed, mapped = (statement.value for statement in module.body if isinstance(statement, ast.Expr))
    assert isinstance(listed, ast.ListComp)
    assert isinstance(listed.elt, ast.Starred)
    assert isinstance(mapped, ast.DictComp)
    assert [type(node).__name__ for node in ast.iter_child_nodes(mapped)] == ["Name", "comprehension"]
