"""Which repositories, revisions and work trees can be compared, and what is said of those that cannot."""

from __future__ import annotations

import os
import shutil
from contextlib import chdir
from typing import TYPE_CHECKING

import pytest

from layercheck.errors import HistoryError
from tests.repositories import SHOP, UPWARD, GitRepository, told
from tests.running import run_here, write_tree

if TYPE_CHECKING:
    from pathlib import Path

BROKEN = {**SHOP, "app/services/users.py": UPWARD}
FINDING = "LC101 app.services.users -> app.api.users"
INTRODUCED = {"introduced": [FINDING]}


def _snapshot(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and ".layercheck_cache" not in path.parts
    }


def test_without_a_base_the_work_is_compared_with_where_it_left_main(tmp_path: Path) -> None:
    repository = GitRepository.make(tmp_path)
    repository.git("checkout", "-q", "-b", "feature")
    repository.commit({"app/services/users.py": UPWARD})
    repository.git("checkout", "-q", "main")
    # What main got meanwhile is not ours.
    repository.commit({"app/models/user.py": UPWARD})
    repository.git("checkout", "-q", "feature")

    change = repository.compare(None)

    assert told(change.findings) == INTRODUCED
    assert change.base.name == "merge base with main"
    assert change.base.commit == repository.git("merge-base", "main", "HEAD")


def test_three_dots_ask_for_where_another_branch_was_left(tmp_path: Path) -> None:
    repository = GitRepository.make(tmp_path)
    repository.git("checkout", "-q", "-b", "feature")
    repository.commit({"app/services/users.py": UPWARD})
    repository.git("branch", "release", "main")
    repository.git("checkout", "-q", "release")
    repository.commit({"app/models/user.py": UPWARD})
    repository.git("checkout", "-q", "feature")

    assert told(repository.compare("release...").findings) == INTRODUCED
    assert "resolved" in told(repository.compare("release").findings)


def test_after_a_merge_of_main_only_our_part_is_judged(tmp_path: Path) -> None:
    repository = GitRepository.make(tmp_path)
    repository.git("checkout", "-q", "-b", "feature")
    repository.commit({"app/services/users.py": UPWARD})
    repository.git("checkout", "-q", "main")
    repository.commit({"app/models/user.py": UPWARD})
    repository.git("checkout", "-q", "feature")
    repository.git("merge", "-q", "--no-edit", "main")

    found = told(repository.compare(None).findings)

    assert found == {"introduced": [FINDING], "carried": ["LC101 app.models.user -> app.api.users"]}


def test_the_remote_main_comes_before_the_local_one(tmp_path: Path) -> None:
    origin = GitRepository.make(tmp_path / "origin")
    origin.git("clone", "-q", str(origin.root), str(tmp_path / "clone"))
    clone = GitRepository(tmp_path / "clone")
    clone.commit({"app/services/users.py": UPWARD})

    change = clone.compare(None)

    assert change.base.name == "merge base with origin/HEAD"
    assert told(change.findings) == INTRODUCED


def test_a_detached_head_is_a_head(tmp_path: Path) -> None:
    repository = GitRepository.make(tmp_path)
    commit = repository.commit(BROKEN)
    repository.git("checkout", "-q", "--detach", commit)
    repository.git("branch", "-f", "main", "HEAD~1")

    assert told(repository.compare(None).findings) == INTRODUCED


@pytest.mark.parametrize("state", ["unstaged", "staged", "untracked"])
def test_the_work_tree_counts_whatever_git_knows_of_it(tmp_path: Path, state: str) -> None:
    repository = GitRepository.make(tmp_path)
    path = "app/services/other.py" if state == "untracked" else "app/services/users.py"
    repository.write({path: UPWARD})
    if state == "staged":
        repository.git("add", path)

    before = repository.git("status", "--porcelain")
    change = repository.compare()

    assert [each.location.path for each in change.findings.introduced] == [path]
    assert repository.git("status", "--porcelain") == before


def test_nothing_is_written_but_the_cache(tmp_path: Path) -> None:
    repository = GitRepository.make(tmp_path)
    repository.write(BROKEN)
    os.utime(tmp_path / "app/models/user.py")  # git would refresh its index for this one
    before = _snapshot(tmp_path)

    repository.compare(cache=True)

    assert _snapshot(tmp_path) == before
    assert (tmp_path / ".layercheck_cache/blobs.msgpack").is_file()


def test_the_project_may_lie_below_the_top_of_the_repository(tmp_path: Path) -> None:
    files = {f"backend/{path}": text for path, text in SHOP.items()}
    repository = GitRepository.make(tmp_path, {**files, "frontend/app.js": ""})
    repository.write({"backend/app/services/users.py": UPWARD})

    change = repository.compare(folder="backend")

    assert told(change.findings) == INTRODUCED
    assert change.findings.introduced[0].location.path == "app/services/users.py"


def test_the_command_may_be_given_in_a_folder_of_the_project(tmp_path: Path) -> None:
    repository = GitRepository.make(tmp_path)
    repository.write(BROKEN)

    with chdir(tmp_path / "app/models"):
        outcome = run_here("diff", "HEAD", "--quiet")

    assert outcome.code == 1
    assert "services/users.py:1:21: error[LC101]" in outcome.out


def test_a_renamed_project_folder_is_found_again(tmp_path: Path) -> None:
    repository = GitRepository.make(tmp_path, {f"server/{path}": text for path, text in BROKEN.items()})
    repository.git("mv", "server", "backend")

    assert told(repository.compare(folder="backend").findings) == {"carried": [FINDING]}


def test_a_new_project_has_nothing_to_be_compared_with(tmp_path: Path) -> None:
    repository = GitRepository.make(tmp_path, {"README": "nothing yet"})
    repository.write({f"backend/{path}": text for path, text in SHOP.items()})

    with pytest.raises(HistoryError, match="holds no folder backend, nor one like it"):
        repository.compare(folder="backend")


def test_a_base_in_which_nothing_is_recognised_is_told(tmp_path: Path) -> None:
    repository = GitRepository.make(tmp_path, {"layercheck.toml": "", "one.py": ""})
    repository.write(SHOP)

    with pytest.raises(HistoryError, match=r"nothing to compare with in HEAD .*no layers were recognised"):
        repository.compare()


def test_a_linked_work_tree_is_a_work_tree(tmp_path: Path) -> None:
    repository = GitRepository.make(tmp_path / "main")
    repository.git("worktree", "add", "-q", "-b", "feature", str(tmp_path / "linked"))
    linked = GitRepository(tmp_path / "linked")
    linked.commit(BROKEN)

    assert told(linked.compare(None).findings) == INTRODUCED


def test_a_hook_of_another_repository_does_not_lead_astray(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = GitRepository.make(tmp_path / "other", {"README": ""})
    repository = GitRepository.make(tmp_path / "ours")
    repository.write(BROKEN)
    monkeypatch.setenv("GIT_DIR", str(other.root / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(other.root / ".git/index"))

    assert told(repository.compare().findings) == INTRODUCED


def test_submodules_and_repositories_inside_are_left_out(tmp_path: Path) -> None:
    library = GitRepository.make(tmp_path / "library", {"app/services/extra.py": UPWARD})
    repository = GitRepository.make(tmp_path / "ours")
    repository.git("submodule", "--quiet", "add", str(library.root), "app/vendored")
    repository.commit()
    GitRepository.make(repository.root / "scratch", BROKEN)

    assert told(repository.compare().findings) == {}
    assert told(repository.compare("HEAD~1").findings) == {}


def test_links_are_followed_as_on_disk(tmp_path: Path) -> None:
    repository = GitRepository.make(tmp_path, {f"backend/{path}": text for path, text in SHOP.items()})
    write_tree(tmp_path, {"shared/base.py": "from app.api import users\n"})
    (tmp_path / "backend/app/services/base.py").symlink_to("../../../shared/base.py")
    (tmp_path / "backend/app/services/more").symlink_to("../../../shared")
    (tmp_path / "backend/app/services/again").symlink_to("../models")
    (tmp_path / "backend/app/services/dead.py").symlink_to("nowhere.py")
    repository.commit()

    findings = repository.compare(folder="backend").findings

    assert sorted(told(findings)) == ["carried"]
    assert {each.location.path for each in findings.carried} == {
        "app/services/base.py",
        "app/services/dead.py",
        "app/services/more/base.py",
    }


def test_no_ignore_file_has_a_say_over_what_is_committed(tmp_path: Path) -> None:
    repository = GitRepository.make(tmp_path, {**BROKEN, ".gitignore": "/generated/\n"})
    repository.write({"generated/services/more.py": UPWARD, ".gitignore": "/generated/\nusers.py\n"})

    findings = repository.compare().findings

    # To ignore a file that git tracks takes no finding away; the folder that is ignored was never looked at.
    assert FINDING in told(findings)["carried"]
    assert "introduced" not in told(findings)


def test_names_that_are_no_text_are_survived(tmp_path: Path) -> None:
    repository = GitRepository.make(tmp_path, BROKEN)
    (tmp_path / os.fsdecode(b"app/models/na\xefve.py")).write_text("x = 1\n")
    (tmp_path / os.fsdecode(b"caf\xe9")).mkdir()
    (tmp_path / os.fsdecode(b"caf\xe9/notes.txt")).write_text("")
    repository.commit()

    with chdir(tmp_path):
        outcome = run_here("diff", "HEAD", "-v", "--no-cache")
        as_json = run_here("diff", "HEAD", "--output-format", "json", "--no-cache")

    assert outcome.code == 0, outcome.err
    assert "na\\xefve.py" in outcome.out
    assert as_json.report["summary"]["carried"] == 2


def test_an_unknown_revision_is_told(tmp_path: Path) -> None:
    repository = GitRepository.make(tmp_path)

    with pytest.raises(HistoryError, match="git knows no revision 'nonsense' here"):
        repository.compare("nonsense")


@pytest.mark.parametrize("revision", ["--all", "-h", "", "main..HEAD", "HEAD:app", "a b", "main\n"])
def test_what_is_no_single_commit_is_refused(tmp_path: Path, revision: str) -> None:
    repository = GitRepository.make(tmp_path)

    with pytest.raises(HistoryError):
        repository.compare(revision)


def test_a_repository_without_a_commit_is_told(tmp_path: Path) -> None:
    write_tree(tmp_path, SHOP)
    GitRepository(tmp_path).git("init", "-q")

    with pytest.raises(HistoryError, match="there is no commit yet"):
        GitRepository(tmp_path).compare(None)


def test_a_repository_without_a_main_branch_is_told(tmp_path: Path) -> None:
    repository = GitRepository.make(tmp_path)
    repository.git("branch", "-m", "main", "trunk")

    with pytest.raises(HistoryError, match=r"there is no main branch to compare with .* name a base"):
        repository.compare(None)


def test_unrelated_histories_are_told(tmp_path: Path) -> None:
    repository = GitRepository.make(tmp_path)
    repository.git("checkout", "-q", "--orphan", "other")
    repository.commit(BROKEN)

    with pytest.raises(HistoryError, match=r"main and the head have no commit in common$"):
        repository.compare(None)


def _clone_shallow(origin: GitRepository, target: Path, *options: str) -> GitRepository:
    origin.git("clone", "-q", "--depth=1", *options, f"file://{origin.root}", str(target))
    return GitRepository(target)


def test_a_shallow_clone_without_the_base_says_how_to_get_it(tmp_path: Path) -> None:
    origin = GitRepository.make(tmp_path / "origin")
    first = origin.git("rev-parse", "HEAD")
    origin.git("checkout", "-q", "-b", "feature")
    origin.commit(BROKEN)
    origin.git("checkout", "-q", "main")
    clone = _clone_shallow(origin, tmp_path / "clone", "--branch=feature")

    for base in (None, first, "main", "HEAD~1"):
        with pytest.raises(HistoryError, match=r"git fetch --unshallow(.|\n)*fetch-depth: 0"):
            clone.compare(base)


def test_a_shallow_clone_of_both_ends_has_no_common_past(tmp_path: Path) -> None:
    origin = GitRepository.make(tmp_path / "origin")
    origin.git("checkout", "-q", "-b", "feature")
    origin.commit(BROKEN)
    origin.git("checkout", "-q", "main")
    origin.commit()
    clone = _clone_shallow(origin, tmp_path / "clone", "--no-single-branch", "--branch=feature")

    with pytest.raises(HistoryError, match=r"no commit in common\n.*--unshallow"):
        clone.compare(None)
    assert told(clone.compare("origin/main").findings) == INTRODUCED


def test_a_shallow_clone_compares_what_it_has(tmp_path: Path) -> None:
    origin = GitRepository.make(tmp_path / "origin")
    clone = _clone_shallow(origin, tmp_path / "clone")
    clone.write(BROKEN)

    change = clone.compare(None)

    assert told(change.findings) == INTRODUCED
    assert "the base is the current commit" in change.notes[0]


def test_a_clone_of_one_branch_has_nothing_to_compare_with(tmp_path: Path) -> None:
    origin = GitRepository.make(tmp_path / "origin")
    origin.git("checkout", "-q", "-b", "feature")
    origin.commit(BROKEN)
    shallow = _clone_shallow(origin, tmp_path / "shallow", "--branch=feature")
    whole = _clone_shallow(origin, tmp_path / "whole", "--branch=feature", "--single-branch", "--depth=100")

    for clone in (shallow, whole):
        with pytest.raises(HistoryError, match="there is nothing to compare"):
            clone.compare(None)


def test_a_folder_without_a_repository_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_tree(tmp_path, SHOP)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))

    with pytest.raises(HistoryError, match="is not in a git repository"):
        GitRepository(tmp_path).compare()


def test_a_machine_without_git_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repository = GitRepository.make(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(HistoryError, match="git is not installed"):
        repository.compare()


def test_a_missing_content_is_told(tmp_path: Path) -> None:
    repository = GitRepository.make(tmp_path)
    blob = repository.git("rev-parse", "HEAD:app/models/user.py")
    (tmp_path / ".git/objects" / blob[:2] / blob[2:]).unlink()

    with pytest.raises(HistoryError, match=f"the content {blob[:12]} of a file of the base is missing"):
        repository.compare()


def test_a_repository_of_the_new_hashes_is_read(tmp_path: Path) -> None:
    repository = GitRepository(tmp_path)
    repository.git("init", "-q", "--initial-branch=main", "--object-format=sha256")
    repository.commit(SHOP)
    repository.write(BROKEN)

    assert told(repository.compare().findings) == INTRODUCED


def test_a_link_to_the_project_leads_to_the_project(tmp_path: Path) -> None:
    GitRepository.make(tmp_path / "real", {f"backend/{path}": text for path, text in SHOP.items()}).write(
        {"backend/app/services/users.py": UPWARD}
    )
    (tmp_path / "link").symlink_to("real/backend")

    assert told(GitRepository(tmp_path / "link").compare().findings) == INTRODUCED


def test_a_moved_repository_keeps_its_cache(tmp_path: Path) -> None:
    GitRepository.make(tmp_path / "old").compare(cache=True)
    shutil.move(tmp_path / "old", tmp_path / "new")

    assert GitRepository(tmp_path / "new").compare(cache=True).effort.read == 0
