from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from layercheck.reporters.source_lines import LineReader, count_utf8, count_utf16

if TYPE_CHECKING:
    from pathlib import Path


def test_reads_lines_from_1(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_bytes(b"# coding: latin-1\r\n\xe9\rx\x0cy")
    reader = LineReader(tmp_path)
    assert [reader.read("a.py", line) for line in (1, 2, 3, 4)] == ["# coding: latin-1", "é", "x\x0cy", None]


def test_a_file_that_is_none_has_no_lines(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    reader = LineReader(tmp_path)
    assert [reader.read(path, 1) for path in ("gone.py", "folder", "\x00", "\udcff")] == [None] * 4


@pytest.mark.parametrize(
    ("line", "column", "utf_8", "utf_16"),
    [
        ("abc", 2, 2, 2),
        ("é用😀x", 0, 0, 0),
        ("é用😀x", 1, 2, 1),
        ("é用😀x", 3, 9, 4),
        ("é用😀x", 4, 10, 5),
        ("é用😀x", 6, 12, 7),  # behind the end
        (None, 7, 7, 7),
    ],
)
def test_columns_in_other_units(line: str | None, column: int, utf_8: int, utf_16: int) -> None:
    assert (count_utf8(line, column), count_utf16(line, column)) == (utf_8, utf_16)
