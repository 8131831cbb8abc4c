from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from layercheck.baseline.baseline_file import HEADER, parse_texts, remove_file, write_file
from layercheck.baseline.baseline_text import read_texts
from layercheck.baseline.entry import Entry, Notes
from layercheck.errors import BaselineError
from layercheck.files.file_source import DiskSource
from tests.running import without_privileges, write_tree

if TYPE_CHECKING:
    from pathlib import Path

    from layercheck.baseline.baseline_file import Baseline

CODES = {"LC101": "layer-order", "LC102": "skipped-layer"}
FILE = "layercheck-baseline.txt"


def read(root: Path, text: str | bytes, *more: str) -> Baseline:
    (root / FILE).write_bytes(text if isinstance(text, bytes) else text.encode())
    return parse_texts(root, read_texts(root, [FILE, *more], DiskSource(root).read), CODES)


def mistakes_in(root: Path, text: str | bytes) -> list[str]:
    with pytest.raises(BaselineError) as caught:
        read(root, text)
    return [str(problem).removeprefix(f"{root / FILE}") for problem in caught.value.problems]


def test_entries_comments_and_blank_lines(tmp_path: Path) -> None:
    baseline = read(tmp_path, "# ours\n\nLC102 c -> d  # why\nLC101 a -> b\n# ours\n  # more\n")

    assert [(known.entry, known.path, known.line) for known in baseline.known] == [
        (Entry("LC102", "c", "d", notes=Notes("why")), FILE, 3),
        (Entry("LC101", "a", "b"), FILE, 4),
    ]
    assert baseline.headers == {FILE: ("# ours", "# more")}


@pytest.mark.parametrize("text", ["LC101 a -> b", "LC101 a -> b\r\n", b"\xef\xbb\xbfLC101 a -> b\n"])
def test_editors_may_leave_their_marks(tmp_path: Path, text: str | bytes) -> None:
    assert [known.entry for known in read(tmp_path, text).known] == [Entry("LC101", "a", "b")]


def test_an_empty_file_accepts_nothing(tmp_path: Path) -> None:
    assert read(tmp_path, "").known == ()


def test_lines_that_a_merge_left_twice_are_one_entry(tmp_path: Path) -> None:
    baseline = read(
        tmp_path, "LC101 a -> b # until=2028-01-01\nLC101 a -> b\nLC101 a -> b # until=2027-01-01 owner=me\n"
    )

    assert [known.entry.notes for known in baseline.known] == [Notes(owner="me", until=dt.date(2027, 1, 1))]


def test_the_same_entry_in_two_files_is_one(tmp_path: Path) -> None:
    write_tree(tmp_path, {f"app/{FILE}": "LC101 a -> b\n"})

    assert [known.path for known in read(tmp_path, "LC101 a -> b\n", f"app/{FILE}").known] == [FILE]


def test_every_mistake_is_named_with_its_line(tmp_path: Path) -> None:
    assert mistakes_in(tmp_path, "LC101 a -> b\nLC10 a -> b\nnonsense\n\nLC101 a b\n") == [
        ":2: LC10 is not a rule whose findings can be accepted; did you mean LC101?",
        ":3: expected a line such as `LC101 app.models.user -> app.services.mail`, found 'nonsense'",
        ":5: expected one module or file after LC101, found 2",
    ]


@pytest.mark.parametrize("marker", ["<<<<<<< HEAD", "=======", ">>>>>>> theirs", "||||||| 1234567", "<<<<<<<"])
def test_conflict_markers_of_git_are_named(tmp_path: Path, marker: str) -> None:
    (problem,) = mistakes_in(tmp_path, f"LC101 a -> b\n{marker}\r\nLC101 c -> d\n")

    assert problem.startswith(":2: a conflict marker of git")


@pytest.mark.parametrize(
    "data",
    [b"LC101 a -> b\n\xff\xfe\n", b"LC101 a -> b\nLC101 a\0 -> b\n", "LC101 a -> b\nLC101 a -> b\u202e\n".encode()],
)
def test_a_damaged_file_is_not_read(tmp_path: Path, data: bytes) -> None:
    (problem,) = mistakes_in(tmp_path, data)

    assert problem.startswith(":2: the character")


def test_utf_16_is_not_read(tmp_path: Path) -> None:
    assert mistakes_in(tmp_path, "LC101 a -> b\n".encode("utf-16"))


def test_a_long_list_of_mistakes_is_cut(tmp_path: Path) -> None:
    found = mistakes_in(tmp_path, "nonsense\n" * 500)

    assert len(found) == 21
    assert found[-1] == "… and 480 more"


def test_a_folder_is_no_baseline(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()
    with pytest.raises(BaselineError, match=f"{FILE}: cannot be read: Is a directory"):
        read_texts(tmp_path, [FILE], DiskSource(tmp_path).read)


def test_a_file_that_may_not_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / FILE).touch(0o000)
    with without_privileges(tmp_path), pytest.raises(BaselineError, match="cannot be read: Permission denied"):
        read_texts(tmp_path, [FILE], DiskSource(tmp_path).read)


def test_written_lines_are_sorted_and_there_once(tmp_path: Path) -> None:
    entries = [Entry("LC102", "a", "b"), Entry("LC101", "c", "d"), Entry("LC101", "c", "d"), Entry("LC101", "a", "z")]

    assert write_file(tmp_path, FILE, HEADER, entries)
    assert (tmp_path / FILE).read_text() == "\n".join(
        [*HEADER, "LC101 a -> z", "LC101 c -> d", "LC102 a -> b", ""],
    )
    assert not write_file(tmp_path, FILE, HEADER, reversed(entries))
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


@pytest.mark.parametrize(("header", "left"), [(["# ours"], "# ours\n"), ([], "\n".join((*HEADER, "")))])
def test_a_file_without_entries_stays_for_the_sake_of_merges(tmp_path: Path, header: list[str], left: str) -> None:
    read(tmp_path, "# ours\nLC101 a -> b\n")

    write_file(tmp_path, FILE, header, [])

    assert (tmp_path / FILE).read_text() == left


def test_a_file_whose_entries_went_elsewhere_goes(tmp_path: Path) -> None:
    read(tmp_path, "LC101 a -> b\n")

    remove_file(tmp_path, FILE)
    remove_file(tmp_path, FILE)

    assert list(tmp_path.iterdir()) == []


def test_line_ends_mode_and_links_are_kept(tmp_path: Path) -> None:
    real = write_tree(tmp_path, {"elsewhere/kept.txt": "LC101 a -> b\r\n"}) / "elsewhere/kept.txt"
    real.chmod(0o640)
    (tmp_path / FILE).symlink_to(real)

    assert write_file(tmp_path, FILE, [], [Entry("LC101", "c", "d"), Entry("LC101", "a", "b")])
    assert real.read_bytes() == b"LC101 a -> b\r\nLC101 c -> d\r\n"
    assert real.stat().st_mode & 0o777 == 0o640
    assert (tmp_path / FILE).is_symlink()


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(BaselineError, match="cannot be written: No such file or directory"):
        write_file(tmp_path / "gone", FILE, [], [Entry("LC101", "a", "b")])
