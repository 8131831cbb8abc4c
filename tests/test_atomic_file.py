from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import pytest

from layercheck.atomic_file import replace_file

if TYPE_CHECKING:
    from pathlib import Path


def test_a_link_stays_and_its_target_is_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"old")
    (tmp_path / "link").symlink_to("file")
    replace_file(tmp_path / "link", b"new")
    assert ((tmp_path / "link").is_symlink(), (tmp_path / "file").read_bytes()) == (True, b"new")


def test_a_link_can_be_replaced_itself(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"old")
    for target in ("file", "nowhere"):
        (tmp_path / "link").unlink(missing_ok=True)
        (tmp_path / "link").symlink_to(target)
        replace_file(tmp_path / "link", b"new", follow_link=False)
        assert not (tmp_path / "link").is_symlink()
    assert (tmp_path / "file").read_bytes() == b"old"
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("is_linked", [False, True])
def test_a_pipe_is_never_replaced_by_a_file(tmp_path: Path, is_linked: bool) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to("pipe")
    with pytest.raises(OSError, match="is not a regular file"):
        replace_file(tmp_path / ("link" if is_linked else "pipe"), b"new")
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link", "pipe"]
