from __future__ import annotations

import sysconfig
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings, strategies as st

from layercheck.errors import UnreadableSourceError
from layercheck.model.imports import Depth
from layercheck.python.imports.excerpt import cut_out_definitions
from layercheck.python.imports.reader import read_imports

if TYPE_CHECKING:
    from layercheck.model.imports import FileImports

LIBRARY = Path(sysconfig.get_path("stdlib"))
LINES = [
    "import a",
    "    import b",
    "def f():",
    "class C:",
    "@decorated",
    "async def g(): pass",
    "    pass",
    '    """text',
    '    text"""',
    '"""',
    "'''",
    '    x = \'"""\'',
    "):",
    "(",
    "if x:",
    "else:",
    "try:",
    "except E:",
    "# def h():",
    "from . import c; x = 1",
    "x = \\",
    "",
]


def _read(data: bytes, depth: Depth) -> FileImports | None:
    try:
        return read_imports(data, depth=depth)
    except UnreadableSourceError:
        return None


@pytest.mark.parametrize(
    "text",
    [
        "def f():\n    pass\n",
        "@a\n@b(1)\nasync def f(\n    x,\n):\n    '''Doc.\n\n    More.\n    '''\n",
        "class C(\n    Base,\n):\n    x = 1\n# def g():\n    y = 2\n",
    ],
)
def test_definitions_without_imports_leave_empty_lines(text: str) -> None:
    assert cut_out_definitions(f"import a\n{text}x = 1\n") == "import a\n" + "\n" * text.count("\n") + "x = 1\n"


@pytest.mark.parametrize(
    "text",
    [
        "def f():\n    import a\n",
        'def f():\n    """Doc.\n',
        "def f():\n    '''a'''\n    \"\"\"b\"\"\"\n",
        "x = 1\n",
        "definitely = 1\n",
        "if x:\n    def f(): pass\n",
    ],
)
def test_all_else_stays(text: str) -> None:
    assert cut_out_definitions(text) == text


@settings(max_examples=400, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(LINES), max_size=14).map("\n".join))
def test_an_excerpt_holds_the_same_imports(text: str) -> None:
    whole = _read(text.encode(), Depth.STATEMENTS)
    excerpt = _read(text.encode(), Depth.EXCERPT)

    # A syntax error in what was cut out is not seen.
    assert whole is None or (excerpt is not None and excerpt.sites == whole.sites)


def test_an_excerpt_of_a_real_file_holds_the_same_imports() -> None:
    for path in sorted(LIBRARY.glob("[a-m]*.py")):
        whole = _read(path.read_bytes(), Depth.STATEMENTS)
        excerpt = _read(path.read_bytes(), Depth.EXCERPT)

        assert whole is not None
        assert excerpt is not None
        assert (path, excerpt.sites) == (path, whole.sites)
