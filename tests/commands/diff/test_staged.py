from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.repositories import SHOP, UPWARD, WITHOUT_CYCLES, GitRepository
from tests.running import run_apart, write_tree

if TYPE_CHECKING:
    from pathlib import Path

    from tests.running import Outcome

SERVICE = "app/services/users.py"
CLEAN = SHOP[SERVICE]


def check(repository: GitRepository, *arguments: str, folder: str = ".", **environment: str) -> Outcome:
    return run_apart("check", "--staged", *arguments, folder=repository.root / folder, environment=environment)


def findings(repository: GitRepository, *arguments: str, **environment: str) -> list[tuple[str, str, int]]:
    return check(repository, "--output-format", "json", *arguments, **environment).findings


def test_what_is_staged_is_judged_and_not_what_lies_on_disk(tmp_path: Path) -> None:
    repository = GitRepository.make(tmp_path)
    repository.write({SERVICE: UPWARD})
    assert findings(repository) == []
    repository.git("add", "--all")
    repository.write({SERVICE: CLEAN})
    assert findings(repository) == [("LC101", SERVICE, 1)]


def test_the_line_that_is_shown_is_the_staged_one(tmp_path: Path) -> None:
    repository = GitRepository.make(tmp_path)
    repository.write({SERVICE: UPWARD})
    repository.git("add", "--all")
    repository.write({SERVICE: "# another line\n"})
    outcome = check(repository)
    assert outcome.code == 1
    assert f"1 | {UPWARD.strip()}" in outcome.out


def test_new_removed_and_renamed_files(tmp_path: Path) -> None:
    repository = GitRepository.make(tmp_path, {**SHOP, "app/services/old.py": UPWARD})
    repository.write({"app/services/untracked.py": UPWARD})
    repository.git("mv", "app/services/old.py", "app/services/new.py")
    assert findings(repository) == [("LC101", "app/services/new.py", 1)]
    repository.git("rm", "--quiet", "--cached", "app/services/new.py")
    assert findings(repository) == []
    repository.git("reset", "--quiet", "--hard")
    (tmp_path / "app/services/old.py").unlink()
    assert findings(repository) == [("LC101", "app/services/old.py", 1)]


def test_a_named_file_need_not_be_on_disk(tmp_path: Path) -> None:
    repository = GitRepository.make(tmp_path, {**SHOP, SERVICE: UPWARD, "app/services/other.py": UPWARD})
    (tmp_path / SERVICE).unlink()
    assert findings(repository, SERVICE) == [("LC101", SERVICE, 1)]
    repository.git("rm", "--quiet", "--cached", SERVICE)
    assert check(repository, SERVICE).code == 2
    assert check(repository, SERVICE, "--force-exclude").code == 0


def test_the_configuration_is_the_staged_one(tmp_path: Path) -> None:
    repository = GitRepository.make(tmp_path, {**SHOP, SERVICE: UPWARD})
    repository.write({"layercheck.toml": 'ignore = ["LC101", "LC150"]\n'})
    assert findings(repository) == [("LC101", SERVICE, 1)]
    repository.git("add", "--all")
    repository.write({"layercheck.toml": WITHOUT_CYCLES})
    assert findings(repository) == []


def test_a_project_below_the_top(tmp_path: Path) -> None:
    files = {f"back/{path}": text for path, text in SHOP.items()}
    repository = GitRepository.make(tmp_path, {**files, f"back/{SERVICE}": UPWARD, "other.py": ""})
    outcome = check(repository, "--output-format", "json", folder="back")
    assert outcome.findings == [("LC101", SERVICE, 1)]
    assert findings(repository, f"back/{SERVICE}") == [("LC101", SERVICE, 1)]


def test_several_projects(tmp_path: Path) -> None:
    files = {f"{folder}/{path}": text for folder in ("a", "b") for path, text in SHOP.items()}
    repository = GitRepository.make(tmp_path, {**files, f"a/{SERVICE}": UPWARD, f"b/{SERVICE}": UPWARD})
    repository.write({f"a/{SERVICE}": "", f"b/{SERVICE}": ""})
    outcome = check(repository, f"a/{SERVICE}", f"b/{SERVICE}")
    assert outcome.code == 1
    assert f"a/{SERVICE}:1:21" in outcome.out
    assert f"b/{SERVICE}:1:21" in outcome.out
    assert UPWARD.strip() in outcome.out


def test_the_baseline_is_the_staged_one(tmp_path: Path) -> None:
    repository = GitRepository.make(tmp_path, {**SHOP, SERVICE: UPWARD})
    assert run_apart("baseline", "--all", folder=tmp_path).code == 0
    assert findings(repository) == [("LC101", SERVICE, 1)]
    repository.git("add", "--all")
    assert findings(repository) == []
    (tmp_path / "layercheck-baseline.txt").unlink()
    assert findings(repository, SERVICE) == []


def test_a_second_run_reads_no_contents_and_says_the_same(tmp_path: Path) -> None:
    repository = GitRepository.make(tmp_path, {**SHOP, SERVICE: UPWARD})
    assert findings(repository) == findings(repository) == [("LC101", SERVICE, 1)]


def test_the_index_of_the_commit_is_the_one_that_counts(tmp_path: Path) -> None:
    """`git commit FILE` commits from an index of its own, and tells its hooks by a variable."""
    repository = GitRepository.make(tmp_path)
    repository.write({SERVICE: UPWARD})
    index = tmp_path / ".git/other"
    index.write_bytes((tmp_path / ".git/index").read_bytes())
    repository.git("add", "--all")
    assert findings(repository, GIT_INDEX_FILE=".git/other") == []
    assert findings(repository, GIT_INDEX_FILE=os.fspath(index)) == []
    assert findings(repository) == [("LC101", SERVICE, 1)]


def test_the_index_of_another_repository_does_not_lead_astray(tmp_path: Path) -> None:
    other = GitRepository.make(tmp_path / "other")
    repository = GitRepository.make(tmp_path / "own", {**SHOP, SERVICE: UPWARD})
    outcome = run_apart(
        "check",
        "--staged",
        repository.root,
        "--output-format",
        "json",
        folder=other.root,
        environment={"GIT_INDEX_FILE": ".git/index"},
    )
    assert outcome.findings == [("LC101", SERVICE, 1)]


def test_a_plain_hook_of_git_stops_the_commit(tmp_path: Path) -> None:
    import subprocess
    import sys

    from tests.running import clean_environment

    repository = GitRepository.make(tmp_path)
    hook = tmp_path / ".git/hooks/pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\nexec {sys.executable} -m layercheck check --staged\n")
    hook.chmod(0o755)
    environment = clean_environment() | {"GIT_CONFIG_GLOBAL": os.devnull}
    commit = ["git", "-c", "user.name=T", "-c", "user.email=t@example.org", "commit", "-m", "x"]

    def run(*arguments: str) -> int:
        command = [*commit, *arguments]
        return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=False).returncode

    repository.write({SERVICE: UPWARD, "app/api/more.py": ""})
    repository.git("add", "app/api/more.py")
    assert run("app/api/more.py") == 0
    assert run("-a") == 1
    assert run(SERVICE) == 1
    repository.git("add", "--all")
    repository.write({SERVICE: CLEAN})
    assert run() == 1


def test_conflicts_are_told(tmp_path: Path) -> None:
    repository = GitRepository.make(tmp_path)
    repository.git("switch", "--quiet", "--create", "side")
    repository.commit({SERVICE: "x = 1\n"})
    repository.git("switch", "--quiet", "main")
    repository.commit({SERVICE: "x = 2\n"})
    with pytest.raises(Exception, match="merge"):
        repository.git("merge", "side")
    outcome = check(repository)
    assert outcome.code == 2
    assert f"{SERVICE} has conflicts that are not resolved" in outcome.err


def test_what_makes_no_sense_is_refused(tmp_path: Path) -> None:
    repository = GitRepository.make(tmp_path / "repository")
    assert check(repository, "--add-ignore", "x").code == 2
    assert check(repository, "--since", "HEAD").code == 2
    write_tree(tmp_path / "elsewhere", SHOP)
    outcome = run_apart("check", "--staged", folder=tmp_path / "elsewhere")
    assert outcome.code == 2
    assert "is not in a git repository" in outcome.err


def test_a_project_of_which_nothing_is_staged(tmp_path: Path) -> None:
    repository = GitRepository.make(tmp_path, {"README.md": ""})
    write_tree(tmp_path / "back", SHOP)
    outcome = check(repository, folder="back")
    assert outcome.code == 2
    assert "is staged or committed" in outcome.err
