from __future__ import annotations

import ast
import subprocess
import sys

import pytest

from layercheck.python.newer.bare_exceptions import read_bare_exceptions
from layercheck.python.newer.cst_tree import read_with_libcst
from layercheck.python.tree.parser import parse
from tests.running import clean_environment

OLDER = pytest.mark.skipif(sys.version_info >= (3, 14), reason="this Python reads them")


def _dump(tree: ast.Module) -> str:
    return ast.dump(tree, include_attributes=True)


def _handler(tree: ast.Module) -> ast.ExceptHandler:
    return next(node for node in ast.walk(tree) if isinstance(node, ast.ExceptHandler))


@pytest.mark.parametrize(
    "text",
    [
        "try:\n    a\nexcept A, B:\n    c\n",
        "try:\n    a\nexcept A.b, C , d.e.F :  # why, of all:\n    c\nelse:\n    d\n",
        "try:\r\n    e = 'u'\r\nexcept\tA,  B:\r\n    c\r\nexcept D, E:\r\n    f\r\n",
        "try:\n    a\nexcept* A, B:\n    c\n",
        "def f():\n\tfor x in y:\n\t\ttry:\n\t\t\ta\n\t\texcept A, B:\n\t\t\tc\n\t\texcept (D, E) as f:\n\t\t\tg\n",
    ],
)
def test_they_are_read_as_libcst_reads_them(text: str) -> None:
    found = read_bare_exceptions(text)

    assert found is not None
    assert _dump(found[0]) == _dump(read_with_libcst(text)[0])
    assert parse(text, lambda parsed: _dump(parsed.tree)) == _dump(found[0])


def test_places_after_what_is_not_ascii_are_those_of_ast() -> None:
    found = read_bare_exceptions("try:\n    a\nexcept Ä, B:\n    é = b\n")
    older = ast.parse("try:\n    a\nexcept Ä:\n    é = b\n")

    assert found is not None
    assert _dump(ast.Module(_handler(found[0]).body, [])) == _dump(ast.Module(_handler(older).body, []))


@pytest.mark.parametrize(
    "text",
    [
        "try:\n    a\nexcept (A, B):\n    c\n",
        "try:\n    a\nexcept A, B: c\n",
        "'''\nexcept A, B:\n'''\ntry:\n    a\nexcept A, B:\n    c\n",
        "try:\n    a\nexcept A, f():\n    c\n",
    ],
)
def test_anything_else_is_left_to_libcst(text: str) -> None:
    try:
        assert read_bare_exceptions(text) is None
    except SyntaxError:
        assert "f()" in text
    assert parse(text, lambda parsed: ast.dump(parsed.tree)) == ast.dump(read_with_libcst(text)[0])


@OLDER
def test_libcst_is_not_imported_for_them() -> None:
    program = (
        "import sys\nfrom layercheck.python.tree.parser import parse\n"
        "parse('try:\\n    a\\nexcept A, B:\\n    c\\n', lambda parsed: None)\nassert 'libcst' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", program], env=clean_environment(), check=True, timeout=60)
