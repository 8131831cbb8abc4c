"""Files that git does not check out are not deleted: a sparse checkout is judged for what is there, and says so."""

from __future__ import annotations

from contextlib import chdir
from typing import TYPE_CHECKING

import pytest

from tests.repositories import SHOP, UPWARD, GitRepository
from tests.running import run_here

if TYPE_CHECKING:
    from pathlib import Path

    from tests.running import Outcome

_BASELINE = "layercheck-baseline.txt"
_FILES = SHOP | {"app/models/upward.py": UPWARD}


def run_in(folder: Path, *arguments: str) -> Outcome:
    with chdir(folder):
        return run_here(*arguments)


@pytest.fixture
def sparse(tmp_path: Path) -> GitRepository:
    """A repository with one accepted finding, in a file that is then not checked out."""
    repository = GitRepository.make(tmp_path / "shop", _FILES)
    assert run_in(repository.root, "baseline", "--all").code == 0
    repository.commit()
    repository.git("sparse-checkout", "set", "app/api", "app/services")
    assert not (repository.root / "app/models").exists()
    return repository


def test_an_entry_about_a_file_that_is_not_checked_out_is_not_stale(
    sparse: GitRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", "1")
    run = run_in(sparse.root, "check", "--no-ci", "--no-cache")
    assert (run.code, "LC004" in run.out) == (0, False)
    assert "not judged, not checked out (sparse checkout): 3 files" in run.out
    assert run.out.splitlines()[-1] == "No layer is broken in 5 modules; not judged: 3 not checked out."


def test_prune_refuses_to_judge_what_is_not_there(sparse: GitRepository) -> None:
    before = (sparse.root / _BASELINE).read_text()
    run = run_in(sparse.root, "baseline", "--prune")
    assert (run.code, (sparse.root / _BASELINE).read_text()) == (2, before)
    assert "3 are not checked out (sparse checkout), app/models/__init__.py for one" in run.err


def test_a_comparison_leaves_out_on_both_sides_what_is_not_checked_out(sparse: GitRepository) -> None:
    change = sparse.compare()
    assert [len(found) for found in change.findings.by_verdict().values()] == [0] * len(change.findings.by_verdict())
    assert not change.edges
    run = run_in(sparse.root, "diff", "HEAD")
    assert "3 files not checked out (sparse checkout) left out on both sides" in run.out


def test_settings_about_what_is_not_checked_out_are_not_idle(sparse: GitRepository) -> None:
    sparse.write(
        {
            "layercheck.toml": 'layers = ["app.api", "app.services", "app.models"]\nstrict = ["app.models"]\n'
            'exclude = ["app/models/user.py"]\n'
        }
    )
    assert run_in(sparse.root, "check", "--no-cache").code == 0


def test_a_comment_about_what_is_not_checked_out_is_not_unused(tmp_path: Path) -> None:
    comment = "from app.api import users  # layercheck: ignore[LC101] -- until the rewrite\n"
    repository = GitRepository.make(tmp_path / "shop", SHOP | {"app/services/upward.py": comment})
    assert "LC002" not in run_in(repository.root, "check").out
    repository.git("sparse-checkout", "set", "app/services", "app/models")
    assert "LC002" not in run_in(repository.root, "check").out


def test_the_message_about_nothing_to_check_names_the_sparse_checkout(tmp_path: Path) -> None:
    repository = GitRepository.make(tmp_path / "shop", _FILES)
    repository.git("sparse-checkout", "set", "docs")
    (repository.root / "app/__init__.py").unlink(missing_ok=True)
    run = run_in(repository.root, "check")
    assert run.code == 2
    assert "8 are not checked out: `git sparse-checkout add FOLDER` adds more" in run.err


@pytest.mark.parametrize("arguments", [["check"], ["init", "--yes"]])
def test_a_configuration_that_is_not_checked_out_is_not_left_aside(tmp_path: Path, arguments: list[str]) -> None:
    repository = GitRepository.make(tmp_path / "shop", _FILES)
    repository.git("sparse-checkout", "set", "--no-cone", "/app/")
    run = run_in(repository.root, *arguments)
    assert (run.code, "layercheck.toml is not checked out (sparse checkout)" in run.err) == (2, True)


def test_a_file_that_is_only_deleted_is_gone(tmp_path: Path) -> None:
    repository = GitRepository.make(tmp_path / "shop", _FILES)
    repository.git("update-index", "--index-version", "4")
    assert run_in(repository.root, "baseline", "--all").code == 0
    (repository.root / "app/models/upward.py").unlink()
    run = run_in(repository.root, "check", "--no-cache")
    assert "LC004" in run.out
    assert "not checked out" not in run.out


def test_a_report_from_the_cache_knows_of_the_sparse_checkout(tmp_path: Path) -> None:
    repository = GitRepository.make(tmp_path / "shop", _FILES)
    assert run_in(repository.root, "check").code == 1
    repository.git("sparse-checkout", "set", "app/api", "app/services")
    run = run_in(repository.root, "check")
    assert (run.code, "3 files" in run.out) == (0, True)
    assert run_in(repository.root, "check").out == run.out
    repository.git("sparse-checkout", "disable")
    assert run_in(repository.root, "check").code == 1
