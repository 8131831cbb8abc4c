"""Real git repositories."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_IDENTITY = ("-c", "user.name=Tester", "-c", "user.email=tester@example.org", "-c", "commit.gpgsign=false")


def git(folder: Path, *arguments: str) -> str:
    """Run git in a folder and return what it printed; raises CalledProcessError when it fails."""
    command = ["git", *_IDENTITY, "-c", "init.defaultBranch=main", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=True).stdout


def make_repository(folder: Path) -> Path:
    """Make a repository of a folder with everything in it committed, caches left out."""
    git(folder, "init", "--quiet")
    (folder / ".git/info/exclude").write_text(".layercheck_cache/\n", "utf-8")
    commit_all(folder, "start")
    return folder


def commit_all(folder: Path, message: str) -> None:
    """Commit everything as it is."""
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", message)
