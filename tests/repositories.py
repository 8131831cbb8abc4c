"""Real git repositories in temporary folders; no network, nobody's configuration."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

from layercheck.commands.diff.comparison import compare
from layercheck.commands.diff.sides import Question
from layercheck.engine.project_target import find_target
from tests.running import PROJECT_FILES, write_tree

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from layercheck.commands.diff.change import Change, Findings
    from layercheck.model.finding import Finding

WITHOUT_CYCLES = 'ignore = ["LC150"]\n'
"""The upward import of most tests closes a cycle as well, of which they say nothing."""
SHOP: dict[str, str] = {
    "layercheck.toml": WITHOUT_CYCLES,
    **PROJECT_FILES,
    "app/__init__.py": "",
    "app/api/__init__.py": "",
    "app/api/users.py": "from app.services import users\n\n\ndef list_users():\n    return users.find()\n",
    "app/services/__init__.py": "",
    "app/services/users.py": "from app.models import user\n\n\ndef find():\n    return user.User\n",
    "app/models/__init__.py": "",
    "app/models/user.py": "class User:\n    name = ''\n",
}
"""A small backend that keeps its layers."""
UPWARD = "from app.api import users\n"
"""What breaks LC101 in a service or a model."""


class GitRepository:
    """One repository; `root` is its top."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @classmethod
    def make(cls, root: Path, files: Mapping[str, str | bytes] = SHOP) -> GitRepository:
        """Make a repository whose first commit holds `files`."""
        root.mkdir(parents=True, exist_ok=True)
        repository = cls(root)
        repository.git("init", "--quiet", "--initial-branch=main")
        repository.commit(files)
        return repository

    def git(self, *arguments: str, folder: Path | None = None) -> str:
        """Run git, and return what it prints."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")} | {
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
        }
        about = ["-c", "user.name=Tester", "-c", "user.email=tester@example.org", "-c", "protocol.file.allow=always"]
        process = subprocess.run(
            ["git", *about, *arguments], cwd=folder or self.root, env=environment, capture_output=True, check=True
        )
        return process.stdout.decode("utf-8", "surrogateescape").strip()

    def write(self, files: Mapping[str, str | bytes]) -> None:
        """Write files into the work tree."""
        write_tree(self.root, files)

    def commit(self, files: Mapping[str, str | bytes] | None = None) -> str:
        """Write files, commit all there is, and return the id of the commit."""
        self.write(files or {})
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message=change")
        return self.git("rev-parse", "HEAD")

    def compare(
        self, base: str | None = "HEAD", head: str | None = None, *, folder: str = "", cache: bool = False
    ) -> Change:
        """Compare in this process."""
        root = self.root / folder
        return compare(Question(find_target([root]), base, head, root / ".layercheck_cache" if cache else None))


def ends(finding: Finding) -> str:
    """Write a finding briefly: `LC101 app.services.users -> app.api.users`."""
    return f"{finding.code} {finding.subject}" + (f" -> {finding.object}" if finding.object else "")


def told(findings: Findings) -> dict[str, list[str]]:
    """Write findings briefly by verdict, without those verdicts that none has."""
    return {str(verdict): [ends(each) for each in found] for verdict, found in findings.by_verdict().items() if found}


def git(folder: Path, *arguments: str) -> str:
    """Run git in a folder and return what it printed; raises CalledProcessError when it fails."""
    return GitRepository(folder).git(*arguments)


def make_repository(folder: Path) -> Path:
    """Make a repository of a folder with everything in it committed, caches left out."""
    git(folder, "init", "--quiet", "--initial-branch=main")
    (folder / ".git/info/exclude").write_text(".layercheck_cache/\n", "utf-8")
    commit_all(folder, "start")
    return folder


def commit_all(folder: Path, message: str) -> None:
    """Commit everything as it is."""
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", message)
