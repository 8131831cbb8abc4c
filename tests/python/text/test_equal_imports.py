"""Many equal import statements in a row: the first thousand are read, where they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from layercheck.model.imports import Depth
from layercheck.python.imports.reader import read_imports
from layercheck.python.imports.scan import scan_source
from layercheck.python.imports.scan_flags import REPEATED
from layercheck.python.text.equal_imports import blank_equal_imports
from tests.running import check_folder, of_rule, write_project

if TYPE_CHECKING:
    from pathlib import Path

_LINE = b"from app.api import x\n"
_MANY = 20_000
_FIRST = 1000


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
@pytest.mark.parametrize("statement", [b"import app.api", b"    from app.api import x, y as z", b"from .. import *"])
def test_keeps_the_first_thousand_and_the_place_of_all_else(statement: bytes, end: bytes) -> None:
    line = statement + end
    left = blank_equal_imports(b"a = 1\n" + line * _MANY + b"b = 2\n")
    lines = left.split(b"\n")
    assert lines[: _FIRST + 1] == [b"a = 1", *[line[:-1]] * _FIRST]
    assert not b"".join(lines[_FIRST + 1 : _MANY + 1]).strip()
    assert lines[_MANY + 1 :] == [b"b = 2", b""]
    assert len(left) == len(b"a = 1\n" + line * _MANY + b"b = 2\n")


@pytest.mark.parametrize(
    "text",
    [
        _LINE * 900,
        b"".join(b"from app.api import x%d\n" % at for at in range(_MANY)),
        (_LINE + b"# layercheck: ignore[LC101] it has to\n") * _MANY,
        b"from app.api import x  # layercheck: ignore[LC101] it has to\n" * _MANY,
        b"from app.api import x; x()\n" * _MANY,
        b"from app.api import (x)\n" * _MANY,
        b"from app.api import x, \\\n" * _MANY,
        b"x = call()\n" * 2 * _MANY,
    ],
)
def test_leaves_all_that_is_not_a_plain_import_again(text: bytes) -> None:
    assert blank_equal_imports(text) == text


def test_several_runs_each_keep_theirs() -> None:
    other = b"    import app.db\n"
    left = blank_equal_imports(_LINE * _MANY + b"def f():\n" + other * _MANY)
    assert (left.count(_LINE), left.count(other)) == (_FIRST, _FIRST)


@pytest.mark.parametrize("depth", list(Depth))
def test_imports_after_the_run_have_their_lines(depth: Depth) -> None:
    sites = read_imports(_LINE * _MANY + b"from app.db import y\n", depth=depth).sites
    assert [site.module for site in sites] == ["app.api"] * _FIRST + ["app.db"]
    assert [site.span.start.line for site in sites[-2:]] == [_FIRST, _MANY + 1]


def test_the_scan_suspects_the_same_as_of_one() -> None:
    assert scan_source(_LINE * _MANY + b"    import app.db\n" * _MANY).imports == ("app.api:x", "app.db")


def test_the_size_that_counts_is_that_of_the_text_as_utf_8() -> None:
    scan = scan_source(b"# coding: latin-1\n" + _LINE * 2 * _FIRST + b"# " + b"\xe9" * 150_000)

    assert scan.flags & REPEATED


def test_a_file_that_is_not_read_whole_is_an_error(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"app/api/a.py": "", "app/services/b.py": "", "app/models/c.py": _LINE * _MANY}
    root = write_project(tmp_path, files)
    (error,) = of_rule(check_folder(root, cache=True), "LC001")
    again = of_rule(check_folder(root, cache=True), "LC001")
    write_project(root, {"app/models/c.py": _LINE * _FIRST})

    assert error.message == (
        "this file repeats an import statement more than 1,000 times in a row, and only the first 1,000 are"
        " counted; remove the others"
    )
    assert again == [error]
    assert not of_rule(check_folder(root, cache=True), "LC001")
