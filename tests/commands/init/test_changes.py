from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from layercheck.commands.init.changes import Change, read_text
from layercheck.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (None, "a\n"),
        (None, "a"),
        ("", "a\n"),
        ("a\nb\nc\n", "a\nb\nc\nd\n"),
        ("a\nb", "a\nb\nc\n"),
        ("a\nb", "a\nb\nc"),
        ("a\r\nb\r\n", "a\r\nb\r\nc\r\n"),
        ("a\x0cb\n", "a\x0cb\nc\n"),
    ],
)
def test_git_applies_the_diff(tmp_path: Path, before: str | None, after: str) -> None:
    path = tmp_path / "inside" / "file.toml"
    path.parent.mkdir()
    change = Change(path, before, after)
    if before is not None:
        path.write_bytes(before.encode())

    subprocess.run(["git", "apply"], cwd=tmp_path, input=change.diff(tmp_path).encode(), check=True)

    assert read_text(path) == after


def test_a_change_is_written_byte_for_byte(tmp_path: Path) -> None:
    path = tmp_path / "file.toml"

    Change(path, None, "a\r\nb\udcff\n").write()

    assert path.read_bytes() == b"a\r\nb\xff\n"


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be written"):
        Change(tmp_path / "missing" / "file.toml", None, "a").write()
