from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, strategies as st

from layercheck.model.source import Location, Position, Span
from layercheck.reporters.snippets import Snippet, SnippetReader, cut_snippet

if TYPE_CHECKING:
    from pathlib import Path


def make_span(start: int, end: int, line: int = 1, last_line: int | None = None) -> Span:
    return Span(Position(line, start), Position(last_line or line, end))


def underline(line: str, start: int, end: int, width: int = 80) -> str:
    """The snippet as two lines, the way it looks."""
    snippet = cut_snippet(line, make_span(start, end), width)
    return f"{snippet.text}\n{' ' * snippet.start}{'^' * snippet.length}"


def test_underlines_the_span() -> None:
    assert underline("from app.api import x", 5, 12) == "from app.api import x\n     ^^^^^^^"


def test_tabs_take_as_many_columns_as_they_show() -> None:
    assert underline("\tfrom app.api import x", 6, 13) == "    from app.api import x\n         ^^^^^^^"


def test_wide_and_combining_characters_take_their_columns() -> None:
    assert underline("'用户'; import e\u0301x", 13, 16) == "'用户'; import e\u0301x\n" + " " * 15 + "^^"


def test_control_characters_are_shown() -> None:
    assert underline("x\x1b; import a", 11, 12) == "x\\x1b; import a\n" + " " * 14 + "^"


def test_a_span_that_goes_on_ends_with_the_line() -> None:
    snippet = cut_snippet("import a. \\", make_span(7, 3, line=4, last_line=5), 80)
    assert snippet == Snippet(4, "import a. \\", 7, 4)


def test_an_empty_span_gets_one_caret() -> None:
    assert underline("import a", 7, 7) == "import a\n       ^"


def test_a_span_beyond_the_line_points_at_its_end() -> None:
    assert underline("import a", 50, 60) == "import a\n        ^"


def test_long_lines_are_cut_around_the_span() -> None:
    line = "x = 1; " * 20 + "import shop" + "; y = 2" * 20
    assert underline(line, 147, 151, width=30) == "...1; import shop; y = 2; y...\n" + " " * 13 + "^" * 4


def test_the_beginning_of_a_long_line_is_kept_where_it_fits() -> None:
    assert underline("def f(): import shop" + "; y = 2" * 20, 16, 20, width=46) == (
        "def f(): import shop; y = 2; y = 2; y = ...\n" + " " * 16 + "^^^^"
    )


def test_a_line_that_begins_with_the_span_is_cut_at_its_end_only() -> None:
    assert underline("import shop" + "; y = 2" * 20, 7, 11, width=30) == "import shop; y = 2; y = ...\n       ^^^^"


@given(
    line=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n"), max_size=60),
    columns=st.tuples(st.integers(0, 70), st.integers(0, 70)),
    width=st.integers(20, 60),
)
def test_a_snippet_fits_and_underlines_within_it(line: str, columns: tuple[int, int], width: int) -> None:
    snippet = cut_snippet(line, make_span(min(columns), max(columns)), width)
    assert len(snippet.text) <= width + line.count("\u0301") + len(line)
    assert "\n" not in snippet.text
    assert snippet.length >= 1
    if line.isascii() and line.isprintable():
        assert len(snippet.text) <= width
        assert snippet.start <= len(snippet.text)


def test_a_megabyte_on_one_line_is_cut_too() -> None:
    assert len(cut_snippet("x" * 1_000_000, make_span(500_000, 900_000), 80).text) <= 80


def test_reads_the_line_of_a_location(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_bytes("# coding: latin-1\r\nname = 'é'\x0c\r\nimport b\r\n".encode("latin-1"))
    reader = SnippetReader(tmp_path, 80)
    assert reader.read(Location("a.py", make_span(8, 9, line=2))) == Snippet(2, "name = 'é'\\x0c", 8, 1)
    assert reader.read(Location("a.py", make_span(7, 8, line=3))) == Snippet(3, "import b", 7, 1)


@pytest.mark.parametrize("path", ["missing.py", "folder.py", "nul\0.py", "a.py/b.py"])
def test_what_cannot_be_read_has_no_lines(tmp_path: Path, path: str) -> None:
    (tmp_path / "a.py").write_text("x = 1\n")
    (tmp_path / "folder.py").mkdir()
    assert SnippetReader(tmp_path, 80).read(Location(path, make_span(0, 1))) is None


def test_a_line_that_is_no_longer_there_is_not_shown(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("x = 1\n")
    assert SnippetReader(tmp_path, 80).read(Location("a.py", make_span(0, 1, line=9))) is None


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.py")
    assert SnippetReader(tmp_path, 80).read(Location("pipe.py", make_span(0, 1))) is None


def test_a_whole_file_has_no_snippet(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("x = 1\n")
    assert SnippetReader(tmp_path, 80).read(Location("a.py")) is None
