from __future__ import annotations

import sys
import textwrap
import warnings
from typing import TYPE_CHECKING

import pytest

from layercheck.errors import UnreadableSourceError
from layercheck.model.imports import ImportKind
from layercheck.python.imports.reader import read_imports

if TYPE_CHECKING:
    from layercheck.model.imports import FileImports
    from layercheck.model.source import Span


def read(source: str, *, is_stub: bool = False, is_package: bool = False) -> FileImports:
    return read_imports(textwrap.dedent(source).encode(), is_stub=is_stub, is_package=is_package)


def written(found: FileImports, *kinds: str) -> list[str]:
    """The sites of some kinds (all but attribute use, if none is given) as `kind module:name`."""
    return [
        f"{site.kind} {site.module}" + (f":{site.name}" if site.name else "")
        for site in found.sites
        if (site.kind in kinds if kinds else site.kind is not ImportKind.ATTRIBUTE)
    ]


def text_of(source: str, span: Span) -> str:
    lines = source.splitlines(keepends=True)
    first, last = span.start, span.end
    if first.line == last.line:
        return lines[first.line - 1][first.column : last.column]
    middle = lines[first.line : last.line - 1]
    return "".join((lines[first.line - 1][first.column :], *middle, lines[last.line - 1][: last.column]))


@pytest.mark.parametrize(
    ("source", "sites"),
    [
        ("import a", ["runtime a"]),
        ("import a.b.c as x, d", ["runtime a.b.c", "runtime d"]),
        ("from a.b import c as d, e", ["runtime a.b:c", "runtime a.b:e"]),
        ("from . import x", ["runtime .:x"]),
        ("from ..a import (b, # why\n c)", ["runtime ..a:b", "runtime ..a:c"]),
        ("from .. import *", ["runtime ..:*"]),
        ("import a; import b", ["runtime a", "runtime b"]),
        ("from\\\n.\\\na import\\\n b", ["runtime .a:b"]),
        ("\x0cimport a\r\nimport b\rimport c", ["runtime a", "runtime b", "runtime c"]),
        ("import ﬁle", ["runtime file"]),
        ("class A:\n  import a\n  class B:\n    import b", ["runtime a", "runtime b"]),
        ("with x:\n  import a", ["runtime a"]),
        ("def f():\n  import a\nasync def g():\n  if x:\n    import b", ["deferred a", "deferred b"]),
        ("def __getattr__(name):\n  from . import x\n  return x", ["deferred .:x"]),
        ("class A:\n  def f(self):\n    import a", ["deferred a"]),
        ("if x: import a\nelif y: import b\nelse: import c", ["conditional a", "conditional b", "conditional c"]),
        ("for x in y: import a\nelse: import b", ["conditional a", "conditional b"]),
        ("while x: import a\nelse: import b", ["conditional a", "conditional b"]),
        ("match x:\n  case 1: import a\n  case y: import b", ["conditional a", "conditional b"]),
        (
            "try: import a\nexcept E: import b\nelse: import c\nfinally: import d",
            ["conditional a", "conditional b", "conditional c", "conditional d"],
        ),
        ("try: import a\nexcept* E: import b", ["conditional a", "conditional b"]),
        ("lazy import a\nlazy from b import c", ["lazy a", "lazy b:c"]),
        ("if x:\n  lazy import a", ["lazy a"]),
        ("x = 'import a'\n# import b\n'''\nimport c\n'''", []),
    ],
)
def test_statements(source: str, sites: list[str]) -> None:
    assert written(read_imports(source.encode())) == sites


@pytest.mark.parametrize(
    ("source", "sites"),
    [
        ("from typing import TYPE_CHECKING\nif TYPE_CHECKING: import a", ["typing a"]),
        ("from typing_extensions import TYPE_CHECKING\nif TYPE_CHECKING: import a", ["typing a"]),
        ("from typing import TYPE_CHECKING as TC\nif TC: import a", ["typing a"]),
        ("import typing\nif typing.TYPE_CHECKING: import a", ["typing a"]),
        ("import typing as t\nif t.TYPE_CHECKING: import a", ["typing a"]),
        ("from typing import *\nif TYPE_CHECKING: import a", ["typing a"]),
        ("TYPE_CHECKING = False\nif TYPE_CHECKING: import a", ["typing a"]),
        ("import typing\nTC = typing.TYPE_CHECKING\nif TC: import a", ["typing a"]),
        ("TYPE_CHECKING = False\nTC = TYPE_CHECKING\nif TC: import a", ["typing a"]),
        ("if TYPE_CHECKING: import a\nelse: import b", ["typing a", "runtime b"]),
        ("if not TYPE_CHECKING: import a\nelse: import b", ["runtime a", "typing b"]),
        ("if TYPE_CHECKING and x: import a\nelse: import b", ["typing a", "runtime b"]),
        ("if TYPE_CHECKING or x: import a\nelse: import b", ["conditional a", "conditional b"]),
        ("if not TYPE_CHECKING and x: import a", ["conditional a"]),
        (
            "if x: import a\nelif TYPE_CHECKING: import b\nelse: import c",
            ["conditional a", "typing b", "conditional c"],
        ),
        ("if TYPE_CHECKING: import a\nelif x: import b", ["typing a", "conditional b"]),
        ("if TYPE_CHECKING:\n  if x: import a\n  def f():\n    import b", ["typing a", "typing b"]),
        ("def f():\n  if TYPE_CHECKING: import a\n  else: import b", ["typing a", "deferred b"]),
        ("while TYPE_CHECKING: import a", ["typing a"]),
        ("if TYPE_CHECKING:\n  lazy import a", ["typing a"]),
        ("def f(TYPE_CHECKING):\n  if TYPE_CHECKING: import a", ["deferred a"]),
        ("if self.TYPE_CHECKING: import a\n", ["typing a"]),
        ("def f(self):\n  if self.TYPE_CHECKING: import a\n", ["deferred a"]),
        ("TYPE_CHECKING = x()\nif TYPE_CHECKING: import a\n", ["conditional a"]),
    ],
)
def test_typing_only(source: str, sites: list[str]) -> None:
    found = [site for site in written(read_imports(source.encode())) if "typing:" not in site and "_ext" not in site]
    assert [site for site in found if site != "runtime typing"] == sites


@pytest.mark.parametrize(
    ("source", "sites"),
    [
        ("if False: import a\nelse: import b", ["runtime b"]),
        ("if 0: import a", []),
        ("if not True: import a", []),
        ("if True: import a\nelse: import b", ["runtime a"]),
        ("if None: import a\nelif '': import b\nelse: import c", ["runtime c"]),
        ("if False and x: import a", []),
        ("if TYPE_CHECKING and False: import a", []),
        ("while False: import a\nelse: import b", ["conditional b"]),
        ("while True: import a\nelse: import b", ["conditional a"]),
        ("x = __import__('a') if False else __import__('b')", ["dynamic b"]),
    ],
)
def test_dead_code_imports_nothing(source: str, sites: list[str]) -> None:
    assert written(read_imports(source.encode())) == sites


@pytest.mark.parametrize("source", ["import a", "if x: import a", "if TYPE_CHECKING: import a", "lazy import a"])
def test_all_is_stub_in_a_stub(source: str) -> None:
    assert written(read(source, is_stub=True)) == ["stub a"]


@pytest.mark.parametrize(
    ("source", "names", "modules", "statements"),
    [
        ("import  a . b  as c, d", ["a . b", "d"], ["a . b", "d"], ["import  a . b  as c, d"] * 2),
        ("from a import b as c", ["b"], ["a"], ["from a import b as c"]),
        ("from . . x . y import z", ["z"], [". . x . y"], ["from . . x . y import z"]),
        ("from .import x; y", ["x"], ["."], ["from .import x"]),
        ("from.import_ import(\nx,\n)\n", ["x"], [".import_"], ["from.import_ import(\nx,\n)"]),
        ("from \\\n..\\\n a import *", ["*"], ["..\\\n a"], ["from \\\n..\\\n a import *"]),
        ("é = 'ü'; from ñ import ö as ä", ["ö"], ["ñ"], ["from ñ import ö as ä"]),
        ("lazy from é.ü import ö", ["ö"], ["é.ü"], ["lazy from é.ü import ö"]),
        ("lazy import a.b as c", ["a.b"], ["a.b"], ["lazy import a.b as c"]),
        ("\ufeffif x: import a", ["a"], ["a"], ["import a"]),
    ],
)
def test_exact_places(source: str, names: list[str], modules: list[str], statements: list[str]) -> None:
    sites = read_imports(source.encode()).sites
    text = source.removeprefix("\ufeff")
    assert [text_of(text, site.span) for site in sites] == names
    assert [text_of(text, site.module_span) for site in sites] == modules
    assert [text_of(text, site.statement) for site in sites] == statements


@pytest.mark.parametrize(
    ("source", "sites"),
    [
        ("import importlib\nimportlib.import_module('a.b')", ["a.b"]),
        ("import importlib as il\nil.import_module('a.b')", ["a.b"]),
        ("import importlib.util\nimportlib.import_module('a.b')", ["a.b"]),
        ("from importlib import import_module as im\nim(name='a.b')", ["a.b"]),
        ("from importlib import import_module\nf = import_module\nf('a.b')", ["a.b"]),
        ("from importlib import import_module\nclass A:\n  def f(self): return import_module('a.b')", ["a.b"]),
        ("from importlib import import_module\nimport_module('a' '.b')", ["a.b"]),
        ("from importlib import import_module\nimport_module('..a.b', __package__)", ["..a.b"]),
        ("from importlib import import_module\nimport_module('..a.b', package=__spec__.parent)", ["..a.b"]),
        ("from importlib import import_module\nimport_module('..a', package='shop.lower')", ["shop.a"]),
        ("from importlib import import_module\nimport_module('.a', 'shop.lower')", ["shop.lower.a"]),
        ("from importlib import import_module\nimport_module('..a', __name__)", [".a"]),
        ("__import__('a.b')", ["a.b"]),
        ("__import__('a', fromlist=['b', '*'])", ["a", "a.b"]),
        ("__import__('a', globals(), locals(), [], 2)", ["..a"]),
        ("import builtins\nbuiltins.__import__('a')", ["a"]),
        ("import pkgutil\npkgutil.resolve_name('a.b:c')", ["a.b.c"]),
        ("from pkgutil import resolve_name as r\nr('a.b')", ["a.b"]),
        ("from werkzeug.utils import import_string\nimport_string('a.b:c')", ["a.b.c"]),
        ("from django.utils import module_loading as m\nm.import_string('a.b.c')", ["a.b.c"]),
        ("x = f\"{__import__('a.b')}\"", ["a.b"]),
        ("exec('import a, b.c')", ["a", "b.c"]),
        ("exec('from a.b import c, d as e\\nfrom . import f')", [".f", "a.b.c", "a.b.d"]),
        ("exec('def f():\\n  from a import *')", ["a"]),
        ("eval('__import__(\"a.b\").c')", ["a.b"]),
        ("eval(' f(x)')\neval(expression)\neval(f'{x} + 1')", []),
        ("import runpy\nrunpy.run_module('a.b', run_name='__main__')", ["a.b"]),
        ("import runpy\nrunpy.run_module(mod_name='a.b')", ["a.b"]),
        ("from pydoc import locate\nlocate('a.b.C')", ["a.b.C"]),
        ("import lazy_loader as lazy\nlazy.load('a.b')", ["a.b"]),
        ("def import_module(x): pass\nimport_module('a.b')", []),
        ("from importlib import import_module\ndef f(import_module): import_module('a.b')", []),
        ("from importlib import import_module\nimport_module = fake\nimport_module('a.b')", []),
        ("from importlib import import_module\ndef f():\n  import_module = fake\n  import_module('a.b')", []),
        ("from shop import import_module\nimport_module('a.b')", []),
        ("import_string('a.b')\nself.import_module('a.b')", []),
        ("__import__ = fake\n__import__('a.b')", []),
    ],
)
def test_dynamic_imports(source: str, sites: list[str]) -> None:
    found = read_imports(source.encode())
    assert [text.removeprefix("dynamic ") for text in written(found, "dynamic")] == sites
    assert found.blind_spots == ()


def test_a_package_counts_dots_from_its_own_name() -> None:
    source = "from importlib import import_module\nimport_module('..a', __name__)"
    assert written(read(source, is_package=True), "dynamic") == ["dynamic ..a"]


@pytest.mark.parametrize(
    ("arguments", "sites"),
    [
        ("__name__, ['a', 'b']", [".a", ".b"]),
        ("__name__, submodules={'a'}, submod_attrs={'b': ['f'], 'c.d': ['g']}", [".a", ".b", ".c.d"]),
        ("__name__, None, {'a': names}", [".a"]),
        ("__name__", []),
    ],
)
def test_a_package_loads_modules_when_they_are_used(arguments: str, sites: list[str]) -> None:
    source = f"import lazy_loader\n__getattr__, __dir__, __all__ = lazy_loader.attach({arguments})"
    found = read(source, is_package=True)
    assert [text.removeprefix("dynamic ") for text in written(found, "dynamic")] == sites
    assert found.blind_spots == ()
    assert [spot.what[:19] for spot in read(source).blind_spots] == ["lazy_loader.attach("]


def test_dynamic_imports_for_the_type_checker_are_typing() -> None:
    assert written(read("if TYPE_CHECKING: __import__('a')")) == ["typing a"]
    assert written(read("def f():\n  __import__('a')")) == ["dynamic a"]


def test_a_dynamic_import_stands_on_the_text_of_its_literal() -> None:
    source = "import importlib\nx = importlib.import_module(r'''a.b''')\ny = __import__('a' '.c')\n"
    first, second = (site for site in read(source).sites if site.kind is ImportKind.DYNAMIC)
    assert text_of(source, first.span) == "a.b"
    assert text_of(source, first.statement) == "x = importlib.import_module(r'''a.b''')"
    assert text_of(source, second.span) == "'a' '.c'"


@pytest.mark.parametrize(
    ("source", "spots"),
    [
        ("from importlib import import_module\nimport_module(name)", ["import_module(name)"]),
        ("import importlib as i\nx = i.import_module(\n    f'a.{b}',\n)", ["i.import_module( f'a.{b}', )"]),
        ("__import__(*x)", ["__import__(*x)"]),
        ("from importlib import import_module\nimport_module('.a', package)", ["import_module('.a', package)"]),
        ("__import__('a', level=n)", ["__import__('a', level=n)"]),
        ("exec(code)", ["exec(code)"]),
        ("exec('import a; b(')", ["exec('import a; b(')"]),
        ("exec('import_module(a)')", ["exec('import_module(a)')"]),
        ("exec('x = 1')", []),
        ("eval('__import__(a)')", ["eval('__import__(a)')"]),
        ("eval(f'__import__({a!r})')", ["eval(f'__import__({a!r})')"]),
        ("eval('__imp' 'ort__(' + a + ')')", ["eval('__imp' 'ort__(' + a + ')')"]),
        (
            "import runpy\nrunpy.run_module(a)\nrunpy.run_path('a.py')",
            ["runpy.run_module(a)", "runpy.run_path('a.py')"],
        ),
        (
            "from importlib import util\ns = util.find_spec('a')\nutil.LazyLoader(s.loader)\nm = util.module_from_spec(s)",
            ["util.module_from_spec(s)"],
        ),
        ("from importlib.machinery import SourceFileLoader as L\nL('a', b).load_module()", ["L('a', b)"]),
        ("import imp\nimp.load_source('a', b)", ["imp.load_source('a', b)"]),
        ("import lazy_loader\nlazy_loader.load(a)", ["lazy_loader.load(a)"]),
        ("eval(code)\nsession.exec(code)", []),
        ("def exec(x): pass\nexec(code)", []),
        ("print(f'{exec(code)}')", ["exec(…)"]),
        ("exec(" + "x" * 100 + ")", ["exec(" + "x" * 54 + "…"]),
        ("if False: exec(code)", []),
    ],
)
def test_blind_spots(source: str, spots: list[str]) -> None:
    assert [spot.what for spot in read_imports(source.encode()).blind_spots] == spots


@pytest.mark.parametrize(
    ("source", "uses"),
    [
        ("import shop\nshop.upper.target.f()", ["shop.upper.target.f"]),
        ("import shop\nshop.a.b; shop.a.b(); shop.a", ["shop.a.b", "shop.a"]),
        ("import shop.a\nshop.b.c", ["shop.b.c"]),
        ("import shop.a as s\ns.b.c", ["shop.a.b.c"]),
        ("from shop import upper as u\nu.x.y", ["shop.upper.x.y"]),
        ("from . import upper\nupper.t", [".upper.t"]),
        ("from ..shop import upper\nupper.t", ["..shop.upper.t"]),
        ("import shop\nshop\nother.shop.x\nf().shop.x", []),
        ("import shop\nshop.a().b", ["shop.a"]),
        (
            "import shop\nclass A(shop.b.C):\n  x: shop.d.E = shop.f[shop.g]",
            ["shop.b.C", "shop.d.E", "shop.f", "shop.g"],
        ),
        ("import shop\n@shop.a\ndef f(x: shop.b = shop.c, *y: shop.d) -> shop.e: pass", list("bcdea")),
        ("import shop\ndef f(): shop.a\nlambda: shop.b\n[shop.c for x in shop.d]", list("abcd")),
        ("import shop\ndef f(shop): shop.a", []),
        ("import shop\ndef f(*shop): shop.a\nlambda shop: shop.b\nlambda **shop: shop.c", []),
        ("import shop\ndef f():\n  shop = 1\n  shop.a", []),
        ("import shop\ndef f():\n  for shop in x: shop.a", []),
        ("import shop\n[shop.a for shop in shop.b]", ["shop.b"]),
        ("import shop\ndef f():\n  import other as shop\n  shop.a", ["other.a"]),
        ("import shop\ndef f():\n  with x as shop: shop.a\n  try: pass\n  except E as y: y.b", []),
        ("import shop\ndef f():\n  match x:\n    case {'a': 1, **shop}: shop.a", []),
        ("import shop\ndef f():\n  def g():\n    shop.a\n  shop = 1", []),
        ("import shop\ndef f():\n  global shop\n  shop.a", ["shop.a"]),
        ("import shop\nclass A:\n  shop = 1\n  shop.a\n  def f(self): shop.b", ["shop.b"]),
        ("import shop\nshop = shop.make()\nshop.a", ["shop.make"]),
        ("def f(): shop.a\nimport shop", ["shop.a"]),
        ("try: import a as x\nexcept E: import b as x\nx.c", ["a.c", "b.c"]),
        ("try: import shop\nexcept E: shop = None\nshop.a", ["shop.a"]),
        ("def f():\n  import shop\n  shop.a\nshop.b", ["shop.a"]),
        ("import shop\nprint(f'{shop.a.b!r:>{shop.c}}')", ["shop.a.b", "shop.c"]),
        ("import shop\nif (shop := 1): shop.a", []),
        ("import shop\ndel shop\nshop.a", []),
        ("import shop\ndef f[shop](x: shop.a): shop.b", []),
        ("import shop\ntype X[T: shop.a] = shop.b[T]", ["shop.a", "shop.b"]),
        ("import shop\nclass A[T](shop.a.B[T]): pass", ["shop.a.B"]),
    ],
)
def test_attribute_use(source: str, uses: list[str]) -> None:
    found = [site.module for site in read_imports(source.encode()).sites if site.kind is ImportKind.ATTRIBUTE]
    assert sorted(found) == sorted(f"shop.{use}" if len(use) == 1 else use for use in uses)


def test_attribute_use_stands_on_the_whole_chain_at_its_first_place() -> None:
    source = "import shop\nif é == (shop . upper\n  .f()):\n    shop.upper.f()\n"
    [site] = [site for site in read(source).sites if site.kind is ImportKind.ATTRIBUTE]
    assert site.name is None
    assert text_of(source, site.span) == "shop . upper\n  .f"
    assert site.module_span == site.span
    assert site.statement.start.line == 2
    assert site.statement.end.line == 3


def test_attribute_use_in_an_f_string_is_found_in_its_text() -> None:
    source = 'import shop\nx = f"""shop.upper is\n {shop.lower.x} and {shop.upper}"""\n'
    texts = [text_of(source, site.span) for site in read(source).sites]
    assert texts == ["shop", "shop.upper", "shop.lower.x"]


def test_use_of_a_typing_import_is_typing() -> None:
    source = """\
        if TYPE_CHECKING:
            import shop
            import other
            other.used_here
        import other
        def f(x: shop.a.T, y: other.b): other.used_here
        """
    assert written(read(source), "typing") == ["typing shop", "typing other", "typing shop.a.T"]
    assert written(read(source), "attribute") == ["attribute other.b", "attribute other.used_here"]


@pytest.mark.parametrize(
    ("source", "exports"),
    [
        ("x = 1", None),
        ("__all__ = ['a', 'b']", ("a", "b")),
        ("__all__ = ('a',) + ('b',)", ("a", "b")),
        ("__all__: list[str] = ['a']", ("a",)),
        ("__all__ = []", ()),
        ("__all__ = ['a']\n__all__ += ['b']\n__all__.extend(('c',))\n__all__.append('d')", ("a", "b", "c", "d")),
        ("__all__ = ['a']\n__all__ = __all__ + ['b', 'a']", ("a", "b")),
        ("__all__ = ['a']\n__all__ = ['b']", ("b",)),
        ("__all__ = ['a']\nif x:\n  __all__ += ['b']\nelse:\n  __all__ = ['c']", ("a", "b", "c")),
        ("__all__ = ['a'] + other.__all__\n__all__ += more", ("a",)),
        ("__all__ = [name for name in dir()]", None),
        ("__all__ = other.__all__", None),
        ("def f():\n  __all__ = ['a']", None),
        ("if False: __all__ = ['a']", None),
    ],
)
def test_exports(source: str, exports: tuple[str, ...] | None) -> None:
    assert read_imports(source.encode()).exports == exports


@pytest.mark.parametrize(
    "source",
    [
        "def f[T: int = str](x: T) -> T: import a",
        "class A[*Ts, **P]:\n  def f(self): import a",
        "type X = int\ndef f(): import a",
        "x = f'{'a'}' f\"{f\"{y}\"}\"\ndef f(): import a",
        "try: pass\nexcept A, B:\n  def f(): import a",
        "x = t'{y}'\ndef f(): import a",
        "lazy import b\ndef f(): import a",
    ],
)
def test_newer_syntax_is_simply_read(source: str) -> None:
    assert "deferred a" in written(read_imports(source.encode()))


@pytest.mark.parametrize(
    ("source", "reason", "line"),
    [
        ("import a\ndef f(:\n    pass\n", "cannot be parsed: ", 2),
        ("import a\nx = (1,\n", "cannot be parsed: '(' was never closed", 2),
        ("if x:\nimport a\n", "cannot be parsed: expected an indented block", 2),
        ("import a\n  import b\n", "cannot be parsed: unexpected indent", 2),
        ("from {{ x }} import y\n", "cannot be parsed: invalid syntax", 1),
        ("print 'x'\n", "cannot be parsed: Missing parentheses", 1),
        ("type X = int\nx = = 1\n", "cannot be parsed: invalid syntax", 2),
        ("é = '\\N{nothing}'\n", "cannot be parsed: (unicode error)", 1),
        ("\nx\0", "holds NUL bytes", 2),
    ],
)
def test_broken_files_are_named(source: str, reason: str, line: int) -> None:
    with pytest.raises(UnreadableSourceError) as caught:
        read_imports(source.encode())
    assert caught.value.reason.startswith(reason)
    assert caught.value.line == line


def test_columns_of_errors_count_code_points() -> None:
    with pytest.raises(UnreadableSourceError) as caught:
        read_imports("é = 'ü' ?".encode())
    assert (caught.value.line, caught.value.column) == (1, 8)


@pytest.mark.parametrize(
    "source",
    ["import a\nx = " + " + ".join(["y"] * 6000), "import a\nx = y" + "()" * 5000],
    ids=["terms", "calls"],
)
def test_expressions_too_deep_for_python_are_read_and_marked(source: str) -> None:
    limit = sys.getrecursionlimit()
    if sys.version_info[:2] == (3, 12):
        # Its parser has a limit of its own, which no setting raises: the file is reported, and nothing crashes.
        with pytest.raises(UnreadableSourceError, match="nested too deeply"):
            read_imports(source.encode())
        return
    found = read_imports(source.encode())
    assert written(found) == ["runtime a"]
    # How deep is too deep differs from one Python to the next.
    assert found.nested_too_deeply is not _compiles(source)
    assert sys.getrecursionlimit() == limit


def _compiles(source: str) -> bool:
    try:
        compile(source, "deep.py", "exec")
    except (RecursionError, MemoryError, SyntaxError):
        return False
    return True


@pytest.mark.parametrize(
    "source",
    [
        "if x: pass\n" + "elif y: pass\n" * 1000 + "else:\n import a",
        "x = " + " + ".join(["y"] * 800) + "\nif z: import a",
    ],
    ids=["elif", "terms"],
)
def test_what_python_can_read_is_not_too_deep(source: str) -> None:
    found = read_imports(source.encode())
    assert written(found) == ["conditional a"]
    assert not found.nested_too_deeply


@pytest.mark.parametrize(
    "source",
    [
        "(" * 100_000,
        "type X = int\nx = " + "(" * 5000 + ")" * 5000,
        "type X = int\nx = " + "not " * 20_000 + "y",
        "type X = int\nx = " + "-" * 20_000 + "y",
        "type X = int\nx = " + "lambda: " * 5000 + "y",
        "type X = int\nx = " + "y ** " * 5000 + "y",
        "type X = int\nx = y" + "()" * 5000,
        "type X = int\nx = y" + ".z" * 5000,
        "x = " + "not " * 20_000 + "y",
    ],
    ids=["brackets", "newer-brackets", "newer-not", "newer-minus", "newer-lambda", "power", "calls", "dots", "not"],
)
def test_no_nesting_kills_the_process(source: str) -> None:
    try:
        read_imports(source.encode())
    except UnreadableSourceError:
        return
    assert _compiles(source)


def test_no_warning_of_the_parser_leaks() -> None:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        read("import a\nx = '\\d'\nassert (1, 'x')\ny = 1 is 1\nexec(r\"x = '\\d'\")\n")
    assert caught == []
