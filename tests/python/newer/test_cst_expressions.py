"""Every kind of expression: what libcst reads is what `ast` reads."""

from __future__ import annotations

import pytest

from tests.trees import assert_same_tree

NAMES_AND_NUMBERS = [
    "x; True; False; None; ...",
    "é.ñ(ﬁ).ª; x",
    "0, 00, 1_000, 0x_ff, 0b1, 0o7, 10**100",
    "1.0, 1e5, .5, 5., 1E-3, 1j, 1.5J",
    "a.b.c; a . b",
]
OPERATIONS = [
    "-1; - - +~x; not a; not a in b",
    "1 + 2 * 3 ** -4 // 5 % 6 @ a << 1 >> 2 & 3 | 4 ^ 5 - 6 / 7",
    "(a) + (b); ((a) + b) + (c + d)",
    "a \\\n  + b",
    "a and b and c or d and (e and f) and g",
    "(a and b) and c; a and (b and c); a or b or c or (d or e)",
    "a < b <= c > d >= e == f != g in h not in i is j is not k",
    "(a < b) < c",
    "a if b else c; a if b else (c if d else e)",
    "(x := 1); print((x := (1))); [y := 1, y**2]; x[y:=1]; f(a:=1)",
    "lambda: 0",
    "lambda a, /, b=1, *c, d, e=2, **f: (a, b)",
    "lambda *, a: a; lambda *a: lambda **b: c",
    "def f():\n x = yield\n y = yield 1, 2\n z = yield from q\n (yield (1))\n yield",
    "async def f(): await x; await (y); return (await a)(b)",
]
CALLS_AND_SUBSCRIPTS = [
    "f(); f(a, ); f(a, b)(c)()[0].d(e=f)",
    "f(*a, b, *c, d=1, **e, f=2); f(a=(1), **(b)); f(*(a), b)",
    "f(x for x in y); f(a, (x for x in y)); (f)((x for x in y))",
    "f  ( # c (\n  x for x in y )",
    "((a)).b; (a).b((c)); (a)[0]; (a)(b)",
    "print(a, # c\n  b, # d\n  )",
    "x[0]; x[( a )]; x[(a, b)]; x[a, ]; x[a , b:c , ]; x[a][b]",
    "x[:]; x[::]; x[1: ]; x[ : 2 ]; x[1:2:3]; x[(1): (2) : (3)]; x[::-1]; x[a:b, ..., None]",
    "x[*a]; x[*a, b]",
]
DISPLAYS_AND_COMPREHENSIONS = [
    "(); (1 , ); 1 ,; (a, (b, c)); a, b; ( ( a , b ) )",
    "[]; [1, *a]; [(a)]; [a,]",
    "{1, 2}; {*a, b}",
    "{}; {1: 2, **a, 'b': c}; {**a}; {(a): (b)}",
    "[x for x in y]; [x for x, in y]; [x for x in (1, 2)]; [x for x, *y in z]; [x for x.a, x[0] in z]",
    "{x for x in y if a if b for z in w}",
    "{x: y for x, y in z}",
    "(x for x in y); ((x for x in y))",
    "async def f(): return [x async for x in y if await z for v in w], {a: b async for a, b in c}",
]


@pytest.mark.parametrize(
    "source", [*NAMES_AND_NUMBERS, *OPERATIONS, *CALLS_AND_SUBSCRIPTS, *DISPLAYS_AND_COMPREHENSIONS]
)
def test_expressions(source: str) -> None:
    assert_same_tree(source)
