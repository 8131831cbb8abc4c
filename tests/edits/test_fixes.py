from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import given, strategies as st

from layercheck.edits.fixes import apply_edits, fix_all
from layercheck.model.fix import Applicability, Edit, Fix
from layercheck.model.source import Location, Position, Span
from tests.reports import find, report_on

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from layercheck.model.report import Report


def edit(line: int, start: int, end: int, text: str, last_line: int | None = None) -> Edit:
    return Edit(Span(Position(line, start), Position(last_line or line, end)), text)


def replacing(
    old: str, new: str, path: Path, applicability: Applicability = Applicability.SAFE
) -> Callable[[], Report]:
    """Make a check that finds every place of a text and offers to replace it."""

    def check() -> Report:
        found = []
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            at = line.find(old)
            if at >= 0:
                change = edit(number, at, at + len(old), new)
                fix = Fix(f"Write {new}", (change,), applicability)
                found.append(find(number, location=Location(path.name, change.span), fix=fix))
        return report_on(*found)

    return check


@pytest.mark.parametrize(
    ("text", "edits", "changed"),
    [
        ("a = 1\n", [edit(1, 4, 5, "2")], "a = 2\n"),
        ("a\r\nb\rc\n", [edit(2, 0, 1, "x"), edit(3, 1, 1, "y")], "a\r\nx\rcy\n"),
        ("é = 1; b\n", [edit(1, 0, 1, "a"), edit(1, 7, 8, "")], "a = 1; \n"),
        ("a\nb\nc", [edit(1, 0, 0, "", last_line=3)], "c"),
    ],
)
def test_edits_change_their_places_and_nothing_else(text: str, edits: list[Edit], changed: str) -> None:
    assert apply_edits(text, edits) == changed


@given(st.text("ab\r\n", max_size=20), st.data())
def test_an_edit_that_puts_back_what_was_there_changes_nothing(text: str, data: st.DataObject) -> None:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    line = data.draw(st.integers(1, len(lines)))
    start = data.draw(st.integers(0, len(lines[line - 1])))
    end = data.draw(st.integers(start, len(lines[line - 1])))

    assert apply_edits(text, [edit(line, start, end, lines[line - 1][start:end])]) == text


def test_all_that_is_offered_is_applied(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_bytes("# ä\r\nx = old\r\ny = old\r\n".encode())
    path.chmod(0o750)

    done = fix_all(tmp_path, replacing("old", "new", path), unsafe=False)

    assert done == (2, frozenset({"a.py"}), {}, {})
    assert path.read_bytes() == "# ä\r\nx = new\r\ny = new\r\n".encode()
    assert path.stat().st_mode & 0o777 == 0o750


def test_unsafe_fixes_wait_to_be_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_text("x = old\n")
    check = replacing("old", "new", path, Applicability.UNSAFE)

    assert fix_all(tmp_path, check, unsafe=False).fixes == 0
    assert fix_all(tmp_path, check, unsafe=True).fixes == 1
    assert path.read_text() == "x = new\n"


def test_a_fix_that_breaks_the_syntax_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_text("x = old\n")

    done = fix_all(tmp_path, replacing("old", "(", path), unsafe=False)

    assert list(done.left) == ["a.py"]
    assert path.read_text() == "x = old\n"


def test_fixes_that_overlap_are_applied_one_after_the_other(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_text("x = [old]\n")
    inner = replacing("old", "new", path)

    def check() -> Report:
        report = inner()
        around = [
            msgspec.structs.replace(each, fix=Fix("Shorten", (edit(1, 4, 9, "old"),))) for each in report.findings
        ]
        return report_on(*(around if "[" in path.read_text() else []), *report.findings)

    assert fix_all(tmp_path, check, unsafe=False).fixes == 2
    assert path.read_text() == "x = new\n"


def test_fixes_that_come_to_no_end_leave_the_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_text("x = a\n")

    def check() -> Report:
        return replacing("a", "b", path)() if "a" in path.read_text() else replacing("b", "a", path)()

    done = fix_all(tmp_path, check, unsafe=False)

    assert done == (0, frozenset(), {}, {"LC101": "its fixes of a.py come to no end"})
    assert path.read_text() == "x = a\n"


@pytest.mark.parametrize(
    ("edits", "problem"),
    [
        ((edit(3, 0, 1, "y"),), "changes a place outside of the file: line 3, column 0"),
        ((edit(1, 0, 99, "y"),), "changes a place outside of the file: line 1, column 0"),
        ((edit(1, 0, 3, "y"), edit(1, 2, 5, "z")), "changes line 1 twice: its edits overlap"),
        ((), "changes nothing"),
    ],
)
def test_a_fix_that_cannot_be_used_changes_nothing(tmp_path: Path, edits: tuple[Edit, ...], problem: str) -> None:
    path = tmp_path / "a.py"
    path.write_text("x = old\n")
    report = replacing("old", "new", path)()
    faulty = msgspec.structs.replace(report.findings[0], fix=Fix("Break", edits))

    done = fix_all(tmp_path, lambda: report_on(faulty), unsafe=False)

    assert done.faulty == {faulty.code: f"it has a fix of a.py that {problem}"}
    assert path.read_text() == "x = old\n"


def test_a_fix_that_changes_nothing_is_tried_once(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_text("x = old\n")

    done = fix_all(tmp_path, replacing("old", "old", path), unsafe=False)

    assert done == (0, frozenset(), {"a.py": "the fixes that are offered for it change nothing"}, {})
