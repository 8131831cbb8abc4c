from __future__ import annotations

import pytest

from layercheck.errors import UnreadableSourceError
from layercheck.python.imports.chains import find_chains
from layercheck.python.imports.scan import scan_source
from layercheck.python.imports.scan_flags import COMMENT, DYNAMIC, EXPORTS, LOGIC, ODD, TEST_FUNCTION

STATEMENTS = {
    "import a": ["a"],
    "import a.b.c as x": ["a.b.c:"],
    "import a, b.c as d, e": ["a", "b.c:", "e"],
    "import\ta": ["a"],
    "import  a\t,b": ["a", "b"],
    "import a . b": ["a.b"],
    "\x0cimport a": ["a"],
    "if x:\n\timport a": ["a"],
    "import a; import b": ["a", "b"],
    "x = 1; import a": ["a"],
    "if x: import a\nelse: import b": ["a", "b"],
    "try: from a import b\nfinally: from c import d": ["a:b", "c:d"],
    "class A: import a": ["a"],
    "from a import b": ["a:b"],
    "from a import b, c as d": ["a:b,c"],
    "from a import *": ["a:*"],
    "from a import*": ["a:*"],
    "from.x import(y)": [".x:y"],
    "from . import x": [".:x"],
    "from .import x": [".:x"],
    "from ... import x": ["...:x"],
    "from . . .a . b import x": ["...a.b:x"],
    "from .import_ import x": [".import_:x"],
    "from a import (b)": ["a:b"],
    "from a import (\n    b,\n    c as d,\n)": ["a:b,c"],
    "from a import ( # (one\n b, # import z\n\n c as # )\n d)": ["a:b,c"],
    "from a import (b\n as\n c)": ["a:b"],
    "from a import \\\n  b": ["a:b"],
    "from a \\\n  import b": ["a:b"],
    "from \\\n a\\\n.\\\nb import c, \\\n d": ["a.b:c,d"],
    "import \\\n a": ["a"],
    "import a\\\n . b \\\n as c": ["a.b:"],
    "import a # why": ["a"],
    "from a import b;import c": ["a:b", "c"],
    "lazy import a": ["a"],
    "lazy from a import b": ["a:b"],
    "import é.ü": ["é.ü"],
    "import ﬁle": ["file"],
    "import हिन्दी": ["हिन्दी"],
    "from fromage.from_x import from_y": ["fromage.from_x:from_y"],
    "from important import import_x, imports": ["important:import_x,imports"],
    "import importlib": ["importlib"],
    "# a comment \\\nimport a": ["a"],
    "# from x \\\nimport a": ["a"],
}


@pytest.mark.parametrize("source", STATEMENTS)
def test_finds_every_way_to_write_an_import(source: str) -> None:
    found = scan_source(source.encode()).imports
    assert [text for text in STATEMENTS[source] if text not in found] == []


@pytest.mark.parametrize("line_end", ["\r", "\r\n"])
@pytest.mark.parametrize("source", STATEMENTS)
def test_line_ends_make_no_difference(source: str, line_end: str) -> None:
    assert scan_source(source.replace("\n", line_end).encode()) == scan_source(source.encode())


@pytest.mark.parametrize("source", STATEMENTS)
def test_what_stands_around_makes_no_difference(source: str) -> None:
    found = scan_source(f"\ufeff'''import in_text'''\nimport first\n{source}\nimport last\n".encode()).imports
    assert {"first", "last", *STATEMENTS[source]} <= set(found)


@pytest.mark.parametrize(
    "source",
    [
        "important = 1",
        "x = import_x",
        "fromage.imports = a.import_b",
        "def reimport(): pass",
        "x = 'import'",
        "# to import the data from the server",
    ],
)
def test_words_that_hold_import_are_none(source: str) -> None:
    assert scan_source(source.encode()).imports == ()


def test_each_text_comes_once_in_order() -> None:
    assert scan_source(b"import b\nimport a\nimport b\nfrom a import c\n").imports == ("b", "a", "a:c")


def test_reads_other_encodings() -> None:
    assert scan_source("# coding: latin-1\nimport é".encode("latin-1")).imports == ("é",)
    assert scan_source(b"# coding: utf-7\nimport +AOk-").imports == ("é",)


@pytest.mark.parametrize("data", [b"import a\0", b"# coding: nope\n", b"\xff", "import a".encode("utf-16")])
def test_refuses_what_cannot_be_decoded(data: bytes) -> None:
    with pytest.raises(UnreadableSourceError):
        scan_source(data)


@pytest.mark.parametrize(
    "source",
    [
        "import_module('a.b')",
        "__import__('a.b')",
        "im = import_module\nim(\"..a\", package='b')",
        "resolve_name('''a.b:c''')",
        "import_string(r'a.b.c')",
        "exec(x)",
        "builtins.exec(x)",
        "f'{'a' + __import__('b').c}'",
        "f'''{'''a'''}{import_module('b')}'''",
        'rf"{", ".join(import_module("a").b)}"',
        "import_module('a.'  # more\n    'b' \\\n  '.c')",
        "x = f'{import_module(y)}'",
        "\N{FULLWIDTH LATIN SMALL LETTER E}xec(x)",
        "eval('__import__(\"a.b\")')",
        "builtins.eval(x)",
        "runpy.run_module('a.b')",
        "pydoc.locate('a.b')",
        "lazy_loader.load('a.b')",
        "util.module_from_spec(s)",
        "imp.load_source('a.b', c)",
        "imp.load_module('a.b', *c)",
        "importlib.machinery.SourceFileLoader('a.b', c)",
    ],
)
def test_marks_files_in_which_calls_may_import(source: str) -> None:
    assert scan_source(source.encode()).flags & DYNAMIC


@pytest.mark.parametrize(
    "source",
    [
        "x = 'a.b'; session.exec(x); execute(y); frame.eval(x); evaluate(x); run_path",
        "# import_module(x) as it was\nx = 1",
        'def f():\n    """Use import_string(x), or exec."""',
        "patch('importlib.import_module')",
    ],
)
def test_words_in_comments_and_strings_call_nothing(source: str) -> None:
    assert not scan_source(source.encode()).flags & DYNAMIC


@pytest.mark.parametrize(
    ("source", "flag"),
    [
        ("x = 1  # layercheck: ignore[LC101] because", COMMENT),
        ("__all__ = []", EXPORTS),
        ("def work(): ...\n" * 20, LOGIC),
        ("class TestIt:\n    def test_it(self): ...\n", TEST_FUNCTION),
        ("def f(:\n    pass", ODD),
        ("x = {1: [2, 3}", ODD),
        ("a\n<<<<<<< ours\nb\n=======\nc\n>>>>>>> theirs\n", ODD),
    ],
)
def test_flags(source: str, flag: int) -> None:
    assert scan_source(source.encode()).flags & flag
    assert not scan_source(b"x = 1").flags & flag


@pytest.mark.parametrize("source", ["def work(): ...\n", "RATE = 0.19\n" * 100, ""])
def test_tiny_modules_and_constants_hold_no_logic(source: str) -> None:
    assert not scan_source(source.encode()).flags & LOGIC


@pytest.mark.parametrize("source", ["x = ':-)'", "# :-(", 'x = """(\n"\n"""', "x = '\\'('", "x = f'{{'", "a << b"])
def test_brackets_in_text_are_not_odd(source: str) -> None:
    assert not scan_source(source.encode()).flags & ODD


@pytest.mark.parametrize(
    ("text", "chains"),
    [
        ("shop.db.session()\n", {"db.session"}),
        ("x.shop.db\nshopping.db\nshop_x.db\n", set()),
        ("shop . db \\\n  .session\n", {"db.session"}),
        ("(shop  # why\n  .db)\n", {"db"}),
        ("import shop.db\nfrom shop.api import users\n", set()),
        ('\'shop.db\'\n# shop.api\n"""shop.a"""\n', set()),
        ("f'{shop.db.url}'\nrf'{shop.api}'\n", {"db.url", "api"}),
        ("import shop as s\ns.db.url\n", {"db.url"}),
        ("from . import shop as \\\n    s\nshop.api(s.db)\n", {"api", "db"}),
        ("\uff53hop.d\uff42\n", {"db"}),
        ("größe = shop.größe\n", {"größe"}),
    ],
)
def test_chains_of_a_name(text: str, chains: set[str]) -> None:
    assert find_chains(text.encode(), ["shop", "none"]) == ({"shop": chains} if chains else {})


def test_imports_that_begin_no_line_are_told_apart() -> None:
    text = b"""\
import a
from b import c
if x:
    import d, e
    from f import g
    import a
try:
    from h import (
        i,
    )
except ImportError: import j
x = 1; import k
\tfrom l import m
"""

    scan = scan_source(text)

    assert scan.indented == ("d", "e", "f:g", "h:i", "l:m")
    assert {*scan.indented} < {*scan.imports}


def test_an_import_at_the_margin_counts_wherever_it_stands_as_well() -> None:
    assert scan_source(b"def f():\n    import a\n\n\nimport a\n").indented == ()
    assert scan_source(b"def f():\n    import a\n    import a\n").indented == ("a",)
