"""Two branches, each with a baseline of its own, merged by git line by line."""

from __future__ import annotations

import tempfile
from pathlib import Path
from subprocess import CalledProcessError
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings, strategies as st

from tests.baseline.backends import FILE, FORBIDDEN, baseline, check_on, known_in, problems, write_backend
from tests.repositories import commit_all, git, make_repository
from tests.running import run_here

if TYPE_CHECKING:
    from tests.baseline.backends import Edge

sides = st.sets(st.sampled_from(FORBIDDEN[::3]), max_size=6)


def lines_of(imports: set[Edge]) -> set[str]:
    return {f"LC101 {importer} -> {imported}" for importer, imported in imports}


def work_on(root: Path, branch: str, imports: set[Edge]) -> None:
    """Change the code on a branch, and bring its baseline up to date."""
    git(root, "checkout", "--quiet", "-b", branch, "main")
    write_backend(root, imports)
    baseline(root, "--prune", "--all")
    commit_all(root, branch)


def merge(root: Path, imports: set[Edge]) -> None:
    """Merge the baselines by git alone; the code is what people have made of it."""
    git(root, "checkout", "--quiet", "ours")
    git(root, "merge", "--quiet", "--no-commit", "--no-ff", "-X", "ours", "theirs")
    write_backend(root, imports)
    commit_all(root, "merge")


@given(start=sides, ours=sides, theirs=sides)
@settings(max_examples=8, deadline=None)
def test_merge_and_prune_is_what_either_side_accepted_and_is_still_there(
    start: set[Edge], ours: set[Edge], theirs: set[Edge]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = write_backend(Path(folder) / "project", start)
        (root / ".gitattributes").write_text(f"{FILE} merge=union\n", "utf-8")
        baseline(root, "--all")
        make_repository(root)
        work_on(root, "theirs", theirs)
        work_on(root, "ours", ours)
        accepted = lines_of(ours) | lines_of(theirs)
        # What both sides kept, and what one of them added, is in the code; a mended import stays mended.
        today = (ours & theirs) | (ours - start) | (theirs - start)

        merge(root, today)

        assert not [each for each in problems(check_on(root)) if each.startswith("LC1")]
        baseline(root, "--prune")
        assert known_in(root) == accepted & lines_of(today)
        assert problems(check_on(root, is_ci=True)) == []


def test_without_union_a_conflict_is_named_and_never_read_as_empty(tmp_path: Path) -> None:
    root = write_backend(tmp_path, {FORBIDDEN[0]})
    baseline(root, "--all")
    make_repository(root)
    work_on(root, "theirs", {FORBIDDEN[0], FORBIDDEN[1]})
    work_on(root, "ours", {FORBIDDEN[0], FORBIDDEN[2]})
    with pytest.raises(CalledProcessError):
        git(root, "merge", "--quiet", "theirs")

    for command in (["check"], ["baseline", "--prune"], ["baseline", "--all"]):
        before = (root / FILE).read_bytes()
        outcome = run_here(*command, "--no-cache", root)
        assert outcome.code == 2
        assert f"{root / FILE}:4: a conflict marker of git" in outcome.err
        assert (root / FILE).read_bytes() == before
