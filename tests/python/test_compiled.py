from __future__ import annotations

import importlib.util
import sys
import sysconfig
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings, strategies as st

from layercheck.python import outline
from layercheck.python.imports import scan, skeleton
from layercheck.python.imports.skeleton_search import search_skeleton
from layercheck.python.text.code_parts import search_texts
from layercheck.python.text.encoding import as_utf_8

if TYPE_CHECKING:
    from layercheck.python.compiled.scanner import Scanner

ROOT = Path(__file__).parents[2]
LIBRARY = Path(sysconfig.get_path("stdlib"))
PIECES = [
    *(
        "import a",
        "from b import c, d as e",
        "from .x import (",
        "    y,",
        "    z as w,  # why",
        ")",
        "import p as q, r.s",
    ),
    *("    import f", "\tfrom g import *", "x = 1; import h", "if i: import j", "from k \\", "  import l", "import(m)"),
    *(
        "# import n",
        '"""from o import p"""',
        "important = reimport",
        "import a, as b",
        "from t import(as u, v,)",
        "ïmport ä",
    ),
    *(
        "lazy import z",
        "from . import a",
        "from ..b import c; import d",
        "import",
        "from",
        "import a as as b",
        "import ()",
    ),
    *(
        "class A(B, C[D], table=True):",
        "class E[T](",
        "    F,",
        "class G: pass",
        "class  H ( I ) :",
        "class J",
        "classes = K()",
    ),
    *(
        "def f(request):",
        "    async def g(self, request: Request):",
        "def h(self,",
        "  request)",
        "def test_i(): ...",
        "def j[T](x)",
    ),
    *(
        "@app.get('/')",
        "    @k",
        "\t@l.m()",
        "@1",
        "n = o.p(q)",
        "r: S = declarative_base()",
        "t == u()",
        "v: int",
        "= w()",
    ),
    *(
        "    app = FastAPI()",
        "    _app_: A = Flask(x)",
        "\tapplication = y.z(",
        "db.create_all()",
        "a.b",
        "e: " + "f" * 90 + " = g()",
    ),
    *(
        "exec(x)",
        "builtins.exec",
        "executor",
        "x.exec()",
        "__import__('a')",
        "import_module",
        "resolve_name",
        "__all__ = []",
    ),
    *(
        "# layercheck: ignore",
        "# LayerCheck",
        "# noqa: LC101",
        "LC",
        "(",
        ")",
        "[}",
        "'('",
        '"""',
        "'''",
        "\\",
        '"\\"("',
        "<<<<<<< a",
        "f'{exec(x)}'",
        "rF'''",
        'Tr"',
        "f#",
    ),
    *(
        "if TYPE_CHECKING:",
        "elif MYPY:",
        "        import m",
        "\t    from n import o",
        "try: import a",
        "except E:",
        "  finally:",
        "else: pass",
        "    class L:",
        "match z:",
        "\tcase [1, *_]:",
        "async  with k as l:",
        "async import",
        "for i in j: # import",
        "    while x: import y",
        "with m(",
        "    raise E \\",
        "        from e",
    ),
    *("iför", "defé f():", "x = 'é' # import", "def é(): import é", "éimport a", "import a\xa0", "\v", "\x1c"),
    "",
]


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Scanner:
    """Compile the searches, as the wheel does."""
    hook = _load("hatch_build", ROOT / "hatch_build.py")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        try:
            built = hook.compile_scanner(tmp_path_factory.mktemp("compiled"))
        except Exception as error:  # noqa: BLE001  (as the hook)
            pytest.skip(f"nothing can be compiled here: {error}")
    scanner: Scanner = _load("_scanner", built)
    return scanner


def _load(name: str, path: Path) -> Any:
    specification = importlib.util.spec_from_file_location(name, path)
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    sys.modules[name] = module
    specification.loader.exec_module(module)
    return module


def _check(compiled: Scanner, source: bytes) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scan, "scanner", None)
        expected = scan.scan_source(source)
        patch.setattr(scan, "scanner", compiled)
        assert scan.scan_source(source) == expected
    text = source.replace(b"\r\n", b"\n")
    assert compiled.find_outline(text) == outline.search_outline(text)
    assert compiled.drop_texts(source) == search_texts(source)
    assert compiled.cut_skeleton(source.decode()) == search_skeleton(source.decode())


@settings(max_examples=1500, deadline=None, derandomize=True)
@given(text=st.lists(st.sampled_from(PIECES), max_size=12).map("\n".join))
def test_both_find_the_same_in_lines(compiled: Scanner, text: str) -> None:
    _check(compiled, text.encode())


@settings(max_examples=1500, deadline=None, derandomize=True)
@given(text=st.lists(st.sampled_from([*PIECES, *" \t\n.,:=(@"]), max_size=12).map("".join))
def test_both_find_the_same_in_pieces(compiled: Scanner, text: str) -> None:
    _check(compiled, text.encode())


def test_both_find_the_same_in_real_files(compiled: Scanner) -> None:
    for path in sorted(LIBRARY.glob("*.py")):
        _check(compiled, as_utf_8(path.read_bytes()))


def test_what_cannot_be_encoded_is_left_to_python(compiled: Scanner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(skeleton, "scanner", compiled)

    assert skeleton.cut_skeleton("x = '\ud800'\nimport a\n") == "\nimport a\n"
