from __future__ import annotations

import os
import stat
import threading
from pathlib import Path

import pytest

from layercheck.cli.output_files import is_writable, require_writable, write_file
from layercheck.errors import UsageError
from tests.running import without_privileges


def test_writes_a_new_file_with_the_usual_permissions(tmp_path: Path) -> None:
    (tmp_path / "usual").touch()
    require_writable(tmp_path / "out.txt")
    assert [path.name for path in tmp_path.iterdir()] == ["usual"]

    write_file(tmp_path / "out.txt", "é\n")

    assert (tmp_path / "out.txt").read_bytes() == b"\xc3\xa9\n"
    assert (tmp_path / "out.txt").stat().st_mode == (tmp_path / "usual").stat().st_mode
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.txt", "usual"]


def test_a_file_is_replaced_and_keeps_its_permissions(tmp_path: Path) -> None:
    file = tmp_path / "out.txt"
    file.write_text("old")
    file.chmod(0o640)
    with file.open() as reader:
        write_file(file, "new")
        assert reader.read() == "old"  # whoever reads sees one or the other, never a mixture

    assert file.read_text() == "new"
    assert stat.S_IMODE(file.stat().st_mode) == 0o640


def test_a_link_stays_and_what_it_leads_to_is_written(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "folder" / "out.txt")
    require_writable(link)
    write_file(link, "x")

    assert link.is_symlink()
    assert (tmp_path / "folder" / "out.txt").read_text() == "x"


def test_a_device_is_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_text()))
    reader.start()
    require_writable(pipe)
    write_file(pipe, "x")
    reader.join()

    assert read == ["x"]
    assert pipe.is_fifo()


def test_what_no_encoding_can_hold_becomes_an_escape(tmp_path: Path) -> None:
    write_file(tmp_path / "out.txt", "a\udcff")
    assert (tmp_path / "out.txt").read_text() == "a\\udcff"


@pytest.mark.parametrize("name", ["missing/out.txt", ".", "file/out.txt", "x" * 300, "\x00"])
def test_what_cannot_be_written(name: str, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match="cannot be written"):
        require_writable(tmp_path / name)


def test_permissions_decide(tmp_path: Path) -> None:
    readonly = tmp_path / "readonly"
    readonly.write_text("")
    readonly.chmod(0o444)
    (tmp_path / "open").write_text("")
    (tmp_path / "open").chmod(0o666)
    tmp_path.chmod(0o555)
    with without_privileges(tmp_path):
        assert not is_writable(Path("new"))
        assert not is_writable(Path("readonly"))
        assert is_writable(Path("open"))
        write_file(Path("open"), "x")

    assert (tmp_path / "open").read_text() == "x"


def test_a_file_that_stops_being_writable_is_told_and_leaves_no_trace(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    require_writable(folder / "out.txt")
    folder.rmdir()
    with pytest.raises(UsageError, match="cannot be written: No such file"):
        write_file(folder / "out.txt", "x")
    assert list(tmp_path.iterdir()) == []
