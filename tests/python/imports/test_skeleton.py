from __future__ import annotations

import sysconfig
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings, strategies as st

from layercheck.errors import UnreadableSourceError
from layercheck.model.imports import Depth
from layercheck.python.imports.reader import read_imports
from layercheck.python.imports.skeleton import cut_skeleton

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
    "elif TYPE_CHECKING:",
    "    finally:",
    "    if y: import d",
    "match z:",
    "    case [1, *_]:",
    "for i in j: # import",
    "\twith k as l:",
    "    for m in n",
    "    from e",
    "TYPE_CHECKING = False",
    "from o import (p,",
    "    q)",
    "",
]


def _read(data: bytes, depth: Depth) -> FileImports | None:
    try:
        return read_imports(data, depth=depth)
    except UnreadableSourceError:
        return None


@pytest.mark.parametrize(
    ("text", "skeleton"),
    [
        ("x = 1\nimport a\n", "\nimport a\n"),
        ("def f():\n    pass\nimport a\n", "\n\nimport a\n"),
        ("def f():\n    x = 1\n    import a\n", "def f():\n\n    import a\n"),
        ("try:\n    import a\nexcept E:  # no\n    a = None\n", "try:\n    import a\nexcept E: pass\n\n"),
        ("if x:\n    y()\nelse:\n    import a\n", "if x: pass\n\nelse:\n    import a\n"),
        ("def f(\n    x,\n):\n    import a\n", "def f(\n    x,\n):\n    import a\n"),
        ('"""import b"""\nfrom a import (\n    b,  # c\n)\n', "\nfrom a import (\n    b,  # c\n)\n"),
        ('x = """\ndef f():\n"""\nimport a\n', "\n\n\nimport a\n"),
        ("x = [\n    y\n    for y in z\n    if y\n]\nimport a\n", "\n\n\n\n\nimport a\n"),
        ("raise E \\\n    from e\nimport a\n", "\n\nimport a\n"),
        ("except_ = match = 1\nimport a\n", "\nimport a\n"),
        ("try: import a\nexcept E: a = 1\n", "try: import a\nexcept E: a = 1\n"),
    ],
)
def test_only_imports_and_what_stands_around_them_are_left(text: str, skeleton: str) -> None:
    assert cut_skeleton(text) == skeleton


@pytest.mark.parametrize(
    "text",
    [
        "x = 1; import a\n",
        "lazy import a\n",
        "TYPE_CHECKING = True\nif TYPE_CHECKING:\n    import a\n",
        "C = typing.TYPE_CHECKING\nif C:\n    import a\n",
        "import a\r\n",
        "\fimport a\n",
    ],
)
def test_where_a_line_does_not_tell_there_is_no_skeleton(text: str) -> None:
    assert cut_skeleton(text) is None


@pytest.mark.parametrize("line", ["if (", "    if (", "    from (", "class C("])
def test_brackets_that_are_never_closed_are_looked_at_once(line: str) -> None:
    text = "def f():\n" + f"{line}\n" * 30_000 + "    import a\n"

    started = time.process_time()
    cut_skeleton(text)
    assert time.process_time() - started < 5


@settings(max_examples=800, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(LINES), max_size=14).map("\n".join))
def test_a_skeleton_holds_the_same_imports(text: str) -> None:
    whole = _read(text.encode(), Depth.STATEMENTS)
    excerpt = _read(text.encode(), Depth.EXCERPT)

    # A syntax error in what is left out is not seen.
    assert whole is None or (excerpt is not None and excerpt.sites == whole.sites)


def test_the_skeleton_of_a_real_file_holds_the_same_imports() -> None:
    for path in sorted(LIBRARY.glob("[a-m]*.py")):
        whole = _read(path.read_bytes(), Depth.STATEMENTS)
        excerpt = _read(path.read_bytes(), Depth.EXCERPT)

        assert whole is not None
        assert excerpt is not None
        assert (path, excerpt.sites) == (path, whole.sites)
