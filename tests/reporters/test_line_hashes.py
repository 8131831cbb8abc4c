from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, strategies as st

from layercheck.reporters.line_hashes import LineHasher, hash_lines

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("text", "hashes"),
    [
        ("", ["c129715d7a2bc9a3:1"]),
        (" a\nb\n  \t\tc\n d", ["271789c17abda88f:1", "54703d4cd895b18:1", "180aee12dab6264:1", "a23a3dc5e078b07b:1"]),
        (
            "Lorem ipsum dolor sit amet.\n" * 10,
            [
                *(f"a7f2ff13bc495cf2:{number}" for number in range(1, 7)),
                "a7f2ff1481e87703:1",
                "a9cf91f7bbf1862b:1",
                "55ec222b86bcae53:1",
                "cc97dc7b1d7d8f7b:1",
                "c129715d7a2bc9a3:1",
            ],
        ),
    ],
)
def test_hashes_are_those_of_github(text: str, hashes: list[str]) -> None:
    assert hash_lines(text) == hashes


@given(st.text(st.sampled_from("ab \t\r\n\ufeff é😀"), max_size=300))
def test_hashes_are_what_the_definition_says(text: str) -> None:
    units = [ord(unit) for unit in _as_utf_16(text.replace("\r\n", "\n").replace("\r", "\n")) if unit not in " \t"]
    padded = [*units, 0xFFFF, *[0] * 100]
    starts = [0, *(index + 1 for index, unit in enumerate(units) if unit == ord("\n"))]
    values = [
        sum(unit * 37 ** (99 - place) for place, unit in enumerate(padded[start : start + 100])) % 2**64
        for start in starts
    ]
    assert hash_lines(text) == [f"{value:x}:{values[: index + 1].count(value)}" for index, value in enumerate(values)]


def _as_utf_16(text: str) -> str:
    data = text.encode("utf-16-le")
    return "".join(chr(int.from_bytes(data[index : index + 2], "little")) for index in range(0, len(data), 2))


def test_a_file_that_cannot_be_read_has_no_hashes(tmp_path: Path) -> None:
    (tmp_path / "folder.py").mkdir()
    hasher = LineHasher(tmp_path)
    assert hasher.hash_line("gone.py", 1) is None
    assert hasher.hash_line("folder.py", 1) is None
    assert hasher.hash_line("\x00", 1) is None


def test_a_file_is_text_whatever_it_holds(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_bytes(b"\xff\r\nx\n")
    hasher = LineHasher(tmp_path)
    assert [hasher.hash_line("a.py", line) for line in (1, 2, 3)] == hash_lines("\ufffd\nx\n")
    assert hasher.hash_line("a.py", 4) is None
