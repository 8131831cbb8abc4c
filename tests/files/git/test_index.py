from __future__ import annotations

import os
from typing import TYPE_CHECKING

from layercheck.files.git.index import find_tracked, read_fingerprint
from tests.repositories import git, make_repository
from tests.running import write_tree

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_most_projects_need_no_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_repository(write_tree(tmp_path, {"a_module.py": "", ".env.example": ""}))
    program = write_tree(tmp_path, {"bin/git": f"#!/bin/sh\ntouch {tmp_path}/asked\n"}) / "bin/git"
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")

    assert read_fingerprint(tmp_path, [".env", "a_module"]) == "[]"
    assert find_tracked(tmp_path, [".env", "a_module"]) == frozenset()
    assert not (tmp_path / "asked").exists()

    find_tracked(tmp_path, [".env.example"])
    assert (tmp_path / "asked").exists()


def test_the_glance_only_suspects(tmp_path: Path) -> None:
    make_repository(write_tree(tmp_path, {"other.env": "", ".env": ""}))

    assert read_fingerprint(tmp_path, [".env", "env", "no"]) == "['.env', 'env']"
    assert find_tracked(tmp_path, [".env", "env", "no"]) == {".env"}


def test_where_git_is_not_installed_nothing_is_tracked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_repository(write_tree(tmp_path, {".env": ""}))
    monkeypatch.setenv("PATH", str(tmp_path))

    assert find_tracked(tmp_path, [".env"]) == frozenset()


def test_a_repository_without_an_index_tracks_nothing(tmp_path: Path) -> None:
    git(write_tree(tmp_path, {".env": ""}), "init", "--quiet")

    assert read_fingerprint(tmp_path, [".env"]) == ""
    assert find_tracked(tmp_path, [".env"]) == frozenset()


def test_an_index_of_another_form_tells_by_its_time(tmp_path: Path) -> None:
    make_repository(write_tree(tmp_path, {"a/.env": "", "a/x": "", "b": ""}))
    git(tmp_path, "update-index", "--index-version=4")
    before = read_fingerprint(tmp_path / "a", [".env"])
    assert find_tracked(tmp_path / "a", [".env", "x.y"]) == {".env"}

    os.utime(tmp_path / ".git/index", ns=(1, 1))

    assert before.startswith("written ")
    assert read_fingerprint(tmp_path / "a", [".env"]) != before


def test_paths_are_told_from_the_project(tmp_path: Path) -> None:
    make_repository(write_tree(tmp_path, {"a/.env": "", "a/é.py": "", ".envs": ""}))

    assert find_tracked(tmp_path / "a", [".env", "é.py", "../.envs"]) >= {".env", "é.py"}
