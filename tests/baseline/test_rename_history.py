from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from layercheck.baseline.module_renames import Changes
from layercheck.baseline.rename_history import History
from tests.repositories import commit_all, git, make_repository
from tests.running import write_tree

if TYPE_CHECKING:
    from pathlib import Path

FILE = "layercheck-baseline.txt"
LONG = "".join(f"line_{number} = {number}\n" for number in range(20))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project in a folder of a repository."""
    write_tree(
        tmp_path,
        {f"backend/{FILE}": "one\n", "backend/app/old.py": LONG, "backend/app/gone.py": "x = 1\n", "top.py": ""},
    )
    make_repository(tmp_path)
    return tmp_path / "backend"


def test_renames_deletions_and_new_files_tracked_or_not(root: Path) -> None:
    accepted = History(root).find_acceptance(FILE)
    (root / "app/old.py").rename(root / "app/né w.py")
    (root / "app/gone.py").unlink()
    write_tree(root, {"app/tracked.py": "y = 1\n", "notes.txt": "", "../outside.py": ""})
    commit_all(root, "changes")
    write_tree(root, {"app/untracked.py": ""})

    assert History(root).changes_since(accepted) == Changes(
        {"app/old.py": "app/né w.py"}, {"app/gone.py"}, {"app/tracked.py", "app/untracked.py"}
    )
    assert History(root).read(accepted, "app/old.py").decode() == LONG
    assert History(root).read(accepted, "app/none.py") == b""


def test_acceptance_is_the_last_change_of_the_file(root: Path) -> None:
    first = History(root).find_acceptance(FILE)
    write_tree(root, {FILE: "one\ntwo\n"})
    commit_all(root, "two")
    second = History(root).find_acceptance(FILE)
    write_tree(root, {"app/more.py": ""})
    commit_all(root, "something else")

    assert first != second
    assert History(root).find_acceptance(FILE) == second == git(root, "rev-parse", "HEAD~1").strip()


def test_a_file_that_moved_with_its_package_was_accepted_before(root: Path) -> None:
    write_tree(root, {f"app/{FILE}": "LC101 app.a -> app.b\n" * 5})
    commit_all(root, "accepted")
    accepted = git(root, "rev-parse", "HEAD").strip()
    (root / "app").rename(root / "shop")
    commit_all(root, "rename")

    assert History(root).find_acceptance(f"shop/{FILE}") == accepted


def test_a_file_that_git_does_not_know_counts_from_the_last_commit(root: Path) -> None:
    write_tree(root, {f"app/{FILE}": ""})

    assert History(root).find_acceptance(f"app/{FILE}") == git(root, "rev-parse", "HEAD").strip()


def test_a_shallow_clone_is_recognised(root: Path, tmp_path: Path) -> None:
    commit_all(root, "another")
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{tmp_path}", "clone")

    assert History(tmp_path / "clone").is_shallow
    assert not History(root).is_shallow


def test_without_a_repository_there_is_nothing_to_tell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    history = History(tmp_path)

    assert history.find_acceptance(FILE) == ""
    assert history.changes_since("HEAD") == Changes({}, set(), set())
    assert not history.is_shallow
    monkeypatch.setenv("PATH", "")
    assert history.find_acceptance(FILE) == ""


def test_a_repository_without_commits_has_no_history(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")

    assert History(tmp_path).find_acceptance(FILE) == ""


def test_a_hook_of_another_repository_does_not_mislead(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = History(root).find_acceptance(FILE)
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "nowhere"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "no-index"))

    assert History(root).find_acceptance(FILE) == expected


def test_programs_of_the_repository_are_not_run(root: Path) -> None:
    mark = root.parent / "was-run"
    script = write_tree(root.parent, {"evil.sh": f"#!/bin/sh\ntouch {mark}\n"}) / "evil.sh"
    script.chmod(0o755)
    for key in ("core.fsmonitor", "diff.external", "core.pager", "diff.python.textconv"):
        git(root, "config", key, str(script))
    write_tree(root, {"../.gitattributes": "*.py diff=python\n", "app/old.py": f"{LONG}more = 1\n"})

    History(root).changes_since(History(root).find_acceptance(FILE))

    assert not mark.exists()


def test_nothing_is_written(root: Path) -> None:
    # Its content is that of the index, its time is not: `git diff` likes to write that down.
    os.utime(root / "app/old.py", (1, 1))
    index = root.parent / ".git/index"
    before = index.read_bytes(), index.stat().st_mtime_ns

    History(root).changes_since(History(root).find_acceptance(FILE))

    assert (index.read_bytes(), index.stat().st_mtime_ns) == before
