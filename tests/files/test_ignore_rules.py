from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck.files.disk_folders import discover
from layercheck.files.ignore_rules import IgnoreRules
from tests.running import write_tree

if TYPE_CHECKING:
    from pathlib import Path


def _left(root: Path, files: list[str], ignores: dict[str, str], *, exclude: tuple[str, ...] = ()) -> list[str]:
    write_tree(root, {**dict.fromkeys(files, ""), **ignores})
    return list(discover(root, exclude=exclude).files)


def test_a_pattern_counts_from_the_folder_of_its_file(tmp_path: Path) -> None:
    files = ["x.py", "a/x.py", "a/b/x.py"]

    assert _left(tmp_path, files, {"a/.gitignore": "/x.py\n"}) == ["a/b/x.py", "x.py"]


def test_a_deeper_file_has_the_last_word(tmp_path: Path) -> None:
    ignores = {".gitignore": "*_gen.py\n", "a/.gitignore": "!keep_gen.py\n", "a/b/.gitignore": "keep_gen.py\n"}
    files = ["keep_gen.py", "a/keep_gen.py", "a/other_gen.py", "a/b/keep_gen.py"]

    assert _left(tmp_path, files, ignores) == ["a/keep_gen.py"]


def test_a_negation_takes_a_file_back_but_not_out_of_an_ignored_folder(tmp_path: Path) -> None:
    ignores = {".gitignore": "*.py\n!x.py\nout/\n!out/x.py\n"}

    assert _left(tmp_path, ["x.py", "y.py", "a/x.py", "out/x.py"], ignores) == ["a/x.py", "x.py"]


def test_everything_but_one_folder(tmp_path: Path) -> None:
    ignores = {".gitignore": "/*\n!/app/\n"}

    assert _left(tmp_path, ["x.py", "app/x.py", "lib/x.py"], ignores) == ["app/x.py"]


def test_the_files_above_count_up_to_the_top_of_the_repository(tmp_path: Path) -> None:
    write_tree(
        tmp_path,
        {
            ".gitignore": "a.py\n",
            "repository/.git/config": "",
            "repository/.gitignore": "b.py\n/backend/c.py\n/d.py\n",
            **{f"repository/backend/{name}.py": "" for name in "abcd"},
        },
    )

    assert list(discover(tmp_path / "repository" / "backend").files) == ["a.py", "d.py"]


def test_without_a_repository_nothing_above_counts(tmp_path: Path) -> None:
    write_tree(tmp_path, {".gitignore": "x.py\n", "backend/x.py": ""})

    assert list(discover(tmp_path / "backend").files) == ["x.py"]


def test_a_walk_that_starts_deeper_knows_the_files_on_the_way(tmp_path: Path) -> None:
    write_tree(
        tmp_path,
        {".gitignore": "a.py\n", "one/.gitignore": "b.py\n", "one/two/.gitignore": "c.py\n"}
        | {f"one/two/{name}.py": "" for name in "abcd"},
    )

    assert list(discover(tmp_path, below="one/two").files) == ["one/two/d.py"]


def test_exclude_cannot_be_taken_back_by_gitignore(tmp_path: Path) -> None:
    ignores = {".gitignore": "!old/\n!old/x.py\n"}

    assert _left(tmp_path, ["x.py", "old/x.py"], ignores, exclude=("old",)) == ["x.py"]


def test_exclude_knows_negation(tmp_path: Path) -> None:
    files = ["app/x.py", "app/x_gen.py", "app/keep_gen.py"]

    assert _left(tmp_path, files, {}, exclude=("*_gen.py", "!keep_gen.py")) == ["app/keep_gen.py", "app/x.py"]


def test_comments_and_odd_bytes_in_a_gitignore_do_no_harm(tmp_path: Path) -> None:
    write_tree(tmp_path, {".gitignore": b"# caf\xe9\n\n   \n\xff\xfe.py\r\ny.py\r\n", "x.py": "", "y.py": ""})

    assert list(discover(tmp_path).files) == ["x.py"]


def test_a_gitignore_that_is_a_folder_is_passed_by(tmp_path: Path) -> None:
    write_tree(tmp_path, {".gitignore/x": "", "x.py": ""})

    assert list(discover(tmp_path).files) == ["x.py"]


def test_a_pattern_that_is_no_pattern_is_passed_by(tmp_path: Path) -> None:
    assert _left(tmp_path, ["x.py", "y.py"], {".gitignore": "!\n[\n/\n**\\\ny.py\n"}) == ["x.py"]


def test_what_the_configuration_excludes_can_be_asked_alone(tmp_path: Path) -> None:
    write_tree(tmp_path, {".gitignore": "x.py\n"})
    rules = IgnoreRules.for_project(tmp_path, ["old/"]).entering("", str(tmp_path))

    assert rules.ignores("x.py")
    assert not rules.excludes("x.py")
    assert rules.excludes("old/")
