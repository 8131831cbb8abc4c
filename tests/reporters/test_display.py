from __future__ import annotations

import pytest

from layercheck.model.source import Location, Position, Span
from layercheck.reporters.display import WayUp, escape_surrogates, make_printable, show_path, show_place


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("app/é.py", "app/é.py"),
        ("app/\udcff.py", r"app/\xff.py"),
        ("app/\ud800.py", r"app/\ud800.py"),
    ],
)
def test_shows_what_utf_8_cannot_hold_as_escapes(text: str, shown: str) -> None:
    assert escape_surrogates(text) == shown
    assert make_printable(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\nb.py", r"a\x0ab.py"),
        ("\x1b[31mred", r"\x1b[31mred"),
        ("\x9b31m", r"\x9b31m"),
        ("abc\u202edef", r"abc\u202edef"),
        ("a\u2028b", r"a\u2028b"),
    ],
)
def test_foreign_text_can_forge_neither_lines_nor_colours(text: str, shown: str) -> None:
    assert make_printable(text) == shown


@pytest.mark.parametrize(
    ("path", "prefix", "shown"),
    [
        ("app/a.py", "", "app/a.py"),
        ("app/a.py", "backend", "backend/app/a.py"),
        ("app/a.py", "../..", "../../app/a.py"),
        ("app/a.py", "/srv/backend", "/srv/backend/app/a.py"),
        ("", "", "."),
        ("", "backend", "backend"),
    ],
)
def test_shows_paths_from_where_the_user_stands(path: str, prefix: str, shown: str) -> None:
    assert show_path(path, prefix) == shown


@pytest.mark.parametrize(
    ("path", "folder", "shown"),
    [
        ("app/models/user.py", "app/models", "user.py"),
        ("app/models/user.py", "app", "models/user.py"),
        ("app/services/user.py", "app/models", "../services/user.py"),
        ("app/models.py", "app/models", "../models.py"),
        ("setup.py", "app/models", "../../setup.py"),
        ("../README.md", "app/models", "../../../README.md"),
        ("app/models", "app/models", "."),
        ("app", "app/models", ".."),
        ("", "app/models", "../.."),
        (".", "app", ".."),
    ],
)
def test_shows_paths_from_a_folder_of_the_project(path: str, folder: str, shown: str) -> None:
    assert show_path(path, WayUp(folder)) == shown


def test_a_way_up_reads_like_any_prefix() -> None:
    assert WayUp("app/models") == "../.."


def test_columns_are_1_based() -> None:
    assert show_place(Location("a.py", Span(Position(3, 0), Position(3, 4))), "") == "a.py:3:1"


def test_a_whole_file_is_pointed_at_by_its_beginning() -> None:
    assert show_place(Location("a.py"), "") == "a.py:1:1"
