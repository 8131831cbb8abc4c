"""Every kind of string: what libcst reads is what `ast` reads."""

from __future__ import annotations

import ast

import pytest

from layercheck.python.newer.cst_tree import read_with_libcst
from layercheck.python.newer.newer_nodes import Interpolation, TemplateStr
from tests.trees import assert_same_tree

PLAIN = [
    "'', \"\", '''''', 'a', \"'\", '\\''",
    "'''a\nb\\\n''', \"\"\"a'\"b\"\"\"",
    "'''a\r\nb'''\r\n'é'\r\nx",
    r"'\n\t\\\'\"\N{BULLET}\u1234\101', '\d'",
    r"r'\d', R'\d', rb'\x', Rb'\n', bR''",
    r"b'\x00', B'a', b''",
    "u'a', U'a', u'a' 'b', 'a' u'b'",
    "'a' \"b\" ; ('a'\n r'\\d'\n '') ; b'a' b'b'",
]
FORMATTED = [
    "f'', f'a', F'{x}', f'a{x}b{{c}}{y!r}{z!s:>10}{w!a}'",
    "f'{x:a{b}c{d!r}}', f'{x:}', f'{x:%Y-%m-%d}', f'{x!r:^{width}.{precision}}', f'{x:=10}'",
    "f'{x=}', f'{x = }', f'{x=!s}', f'{x=:3}', f'a{x=}b', f'{ x + 1 = !r:>3}', f'é{é=}é'",
    "f'a' 'b', 'a' f'', '' f'', 'a' f'b{x}c' 'd' f'e' \"f\", f'{a}' f'{b}'",
    r"f'\n{x}\N{BULLET}\x41{{', f'\\{x}', f'\'{x}', f'{x}\
'",
    r"rf'\n{x}\d{{', fR'\n{x:\d}'",
    'f"""a"{x}"b\n{y}\\n\n""", f"a\'{x}\'"',
    "f'''{\nx\n}''', f'''a\r\n{x}\\\r\nb'''",
    "f'{(lambda: 1)}', f'{ {1: 2}[1] }', f'{x,}', f'{*a,}', f'{a[\"b\"]}', f'{f\"{x}\"}', f'{a if b else c}'",
    "f'{x}'.y(f'{z}')[f'{v}']",
]


@pytest.mark.parametrize("source", [*PLAIN, *FORMATTED])
def test_strings(source: str) -> None:
    assert_same_tree(source)


def only(source: str) -> ast.expr:
    statement = read_with_libcst(source)[0].body[0]
    assert isinstance(statement, ast.Expr)
    return statement.value


@pytest.mark.parametrize(
    ("newer", "older"),
    [
        ("f'{a['b']}'", "f'{a[\"b\"]}'"),
        ("f'{a # why\n}'", "f'{a}'"),
        ("f'{a:{b + 'c'}d}'", "f'{a:{b + \"c\"}d}'"),
    ],
)
def test_newer_f_strings(newer: str, older: str) -> None:
    assert ast.dump(only(newer)) == ast.dump(ast.parse(older, mode="eval").body)


def test_escapes_and_formats_deep_inside_an_f_string() -> None:
    assert "Constant(value='\\n')" in ast.dump(only("f'{'\\n'.join(a)}'"))
    assert ast.dump(only("f'{x:{y:{z}}}'")).count("FormattedValue") == 3


def test_inside_an_f_string_places_are_exact() -> None:
    made = only("f'é{ é !r:>{n}}c'")
    assert isinstance(made, ast.JoinedStr)
    found = {
        type(node).__name__ + str(node.col_offset): node.end_col_offset
        for node in ast.walk(made)
        if isinstance(node, ast.expr)
    }
    assert found == {
        "JoinedStr0": 17,
        "Constant2": 3,
        "FormattedValue3": 15,
        "Name5": 6,
        "JoinedStr9": 14,
        "Constant10": 11,
        "FormattedValue11": 14,
        "Name12": 13,
        "Constant15": 16,
    }


def test_a_template_keeps_the_text_of_what_it_interpolates() -> None:
    made = only("t'a{(b) !r:>{w}}c'")
    assert isinstance(made, TemplateStr)
    before, middle, after = made.values
    assert isinstance(middle, Interpolation)
    assert (ast.dump(before), ast.dump(after)) == ("Constant(value='a')", "Constant(value='c')")
    assert (ast.dump(middle.value), middle.str, chr(middle.conversion)) == ("Name(id='b', ctx=Load())", "(b)", "r")
    assert isinstance(middle.format_spec, ast.JoinedStr)


def test_strings_that_no_python_joins_are_refused() -> None:
    for source in ("x = b'a' 'b'", "x = b'a' f'b'", "x = 'a' 'b' b'c'"):
        with pytest.raises(SyntaxError):
            read_with_libcst(source)
