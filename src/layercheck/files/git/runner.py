"""Questions to git: commits, trees and blobs of one repository; nothing is ever written to it."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from layercheck.errors import HistoryError
from layercheck.files.git.process import ALLOW_FETCH, git_command, git_environment, run_git

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from types import TracebackType
    from typing import Self

_MAIN_BRANCHES = (
    "refs/remotes/origin/HEAD",
    "refs/remotes/origin/main",
    "refs/remotes/origin/master",
    "refs/heads/main",
    "refs/heads/master",
)
"""Where a project's main line may be, the most telling first."""
_SUBMODULE = 0o160000
_SKIPPED = b"S "

SHALLOW_ADVICE = (
    "this clone is shallow, its history is cut off: `git fetch --unshallow` fetches the rest "
    "(GitHub: `fetch-depth: 0` at actions/checkout; GitLab: `GIT_DEPTH: 0`)"
)


class TreeFile(NamedTuple):
    """One file of a commit."""

    mode: int
    blob: str
    """The id of its content."""


class MainBranch(NamedTuple):
    """The main line of a repository."""

    name: str
    """As people write it: `origin/main`."""
    commit: str


class Repository:
    """The git repository around a folder."""

    def __init__(self, folder: Path, prefix: str) -> None:
        self._folder = folder
        self.prefix = prefix
        """The folder as seen from the top of the repository; empty for the top itself."""

    @classmethod
    def around(cls, folder: Path) -> Repository:
        """Find the repository that a folder lies in. Raises HistoryError where there is none."""
        finder = cls(folder, "")
        process = finder._run(["rev-parse", "--is-inside-work-tree", "--show-prefix"])
        if process.returncode:
            reason = _reason_in(process.stderr)
            if "not a git repository" in reason:
                raise HistoryError(f"{folder} is not in a git repository")
            raise HistoryError(f"git refuses to look at {folder}: {reason}")
        inside, _, prefix = process.stdout.partition(b"\n")
        if inside != b"true":
            raise HistoryError(f"{folder} is not in a git working tree")
        return cls(folder, os.fsdecode(prefix.removesuffix(b"\n")).rstrip("/"))

    def commit_of(self, revision: str) -> str | None:
        """Find the commit that a revision (branch, tag, hash, `HEAD~2`) names; None where it names none."""
        process = self._run(["rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"])
        return None if process.returncode else process.stdout.decode("ascii").strip()

    def main_branch(self) -> MainBranch | None:
        """Find the main branch, the remote's before the local one."""
        listed = self._ask("for-each-ref", "--format=%(refname) %(objectname)", *_MAIN_BRANCHES)
        found = dict(line.split(" ") for line in os.fsdecode(listed).splitlines())
        for name in _MAIN_BRANCHES:
            if name in found:
                return MainBranch(name.removeprefix("refs/remotes/").removeprefix("refs/heads/"), found[name])
        return None

    def count_branches(self) -> int:
        """Count the commits that branches name, those of remotes included."""
        listed = self._ask("for-each-ref", "--format=%(objectname)", "refs/heads", "refs/remotes")
        return len(set(listed.split()))

    @property
    def has_remote(self) -> bool:
        """Whether it was cloned, or is pushed somewhere."""
        return bool(self._ask("for-each-ref", "--count=1", "--format=%(refname)", "refs/remotes").strip())

    def merge_base(self, commit: str, other: str) -> str | None:
        """Find where two lines of history parted; None where they have nothing in common (that is still here)."""
        process = self._run(["merge-base", commit, other])
        return process.stdout.decode("ascii").strip() or None

    @property
    def is_shallow(self) -> bool:
        """Whether the beginning of the history is missing."""
        return self._ask("rev-parse", "--is-shallow-repository").strip() == b"true"

    def files_of(self, commit: str) -> dict[str, TreeFile]:
        """List the files of a commit, by their path from the top of the repository; submodules hold none."""
        files = {}
        for entry in self._ask("ls-tree", "-r", "-z", "--full-tree", commit).split(b"\0")[:-1]:
            about, _, path = entry.partition(b"\t")
            mode, _, blob = about.decode("ascii").split(" ")
            if int(mode, 8) != _SUBMODULE:
                files[os.fsdecode(path)] = TreeFile(int(mode, 8), blob)
        return files

    def staged_files(self) -> dict[str, TreeFile]:
        """List the files of the index, by their path from the top of the repository; submodules hold none.

        Raises HistoryError where a merge has left conflicts in it.
        """
        files = {}
        listed = self._ask("ls-files", "--stage", "-z", "--full-name", ":/", index=self._index_of_hook())
        for entry in listed.split(b"\0")[:-1]:
            about, _, path = entry.partition(b"\t")
            mode, blob, stage = about.decode("ascii").split(" ")
            if stage != "0":
                raise HistoryError(f"{os.fsdecode(path)} has conflicts that are not resolved in the index")
            if int(mode, 8) != _SUBMODULE:
                files[os.fsdecode(path)] = TreeFile(int(mode, 8), blob)
        return files

    def files_that_may_differ(self, commit: str) -> list[str]:
        """List the files in which the work tree may differ from a commit, by their path from the top of the repository.

        Untracked ones are among them, and such as were only touched: git would have to run the filters of the repository
        to find out.
        """
        options = ("--no-renames", "--name-only", "-z", "--ignore-submodules=dirty")
        tracked = self._ask("diff-index", *options, commit)
        untracked = self._ask("ls-files", "--others", "--exclude-standard", "-z", "--full-name", ":/")
        return sorted({os.fsdecode(path) for path in (tracked + untracked).split(b"\0") if path})

    def tracked_files(self, paths: Iterable[str]) -> frozenset[str]:
        """Find those of some files that are in the index; they are told, and found, from our folder."""
        listed = self._ask("--literal-pathspecs", "ls-files", "--cached", "-z", "--", *paths)
        return frozenset(os.fsdecode(path) for path in listed.split(b"\0")[:-1])

    def skipped_files(self) -> frozenset[str]:
        """List the files below our folder that git marks as not checked out, as found from there."""
        entries = self._ask("ls-files", "-t", "-z").split(b"\0")[:-1]
        return frozenset(os.fsdecode(entry[2:]) for entry in entries if entry.startswith(_SKIPPED))

    def _index_of_hook(self) -> str:
        """Find the index of the commit that a hook runs for (`git commit FILE` has one of its own); empty: the usual one."""
        index = os.environ.get("GIT_INDEX_FILE", "")
        if not index:
            return ""
        is_ours = Repository(Path.cwd(), "").top == self.top
        return os.path.abspath(index) if is_ours else ""  # noqa: PTH100  (resolve() follows links)

    @property
    def top(self) -> str:
        """The folder at the top of the work tree, as git writes it; empty outside of one."""
        return os.fsdecode(self._run(["rev-parse", "--show-toplevel"]).stdout.rstrip(b"\n"))

    def size_of(self, blobs: Iterable[str]) -> int:
        """Add up the bytes of some contents; those that this clone lacks count as nothing."""
        asked = "".join(f"{blob}\n" for blob in blobs).encode()
        answers = self._run(["cat-file", "--batch-check=%(objectsize)"], asked).stdout.split(b"\n")
        return sum(int(answer) for answer in answers if answer.isdigit())

    def open_blobs(self) -> BlobReader:
        """Start to read contents; to be used in a `with` statement."""
        return BlobReader(self._folder)

    def _ask(self, *arguments: str, index: str = "") -> bytes:
        process = self._run(arguments, index=index)
        if process.returncode:
            raise HistoryError(f"git {arguments[0]} failed: {_reason_in(process.stderr)}")
        return process.stdout

    def _run(
        self, arguments: Sequence[str], asked: bytes = b"", *, index: str = ""
    ) -> subprocess.CompletedProcess[bytes]:
        try:
            return run_git(self._folder, arguments, asked, index=index)
        except FileNotFoundError as error:
            raise HistoryError("git is not installed or not on the PATH") from error
        except ValueError as error:
            raise HistoryError(f"not a valid revision: {error}") from error


class BlobReader:
    """Reads contents by id, all through one process that runs until the end of the `with` statement."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        # By process of ours: one that was forked off must not read from the pipe of its parent.
        self._processes: dict[int, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        for process in self._processes.values():
            process.communicate()

    def read(self, blob: str) -> bytes:
        """Read one content. Raises HistoryError where this clone does not have it."""
        process = self._processes.get(os.getpid()) or self._launch()
        assert process.stdin is not None  # noqa: S101  (both are pipes)
        assert process.stdout is not None  # noqa: S101
        process.stdin.write(f"{blob}\n".encode())
        process.stdin.flush()
        header = process.stdout.readline().split()
        if len(header) != 3:
            raise HistoryError(
                f"the content {blob[:12]} of a file of the base is missing in this clone: fetch it with"
                f" `git fetch --refetch --filter=blob:limit=1g`, or set {ALLOW_FETCH}=1 to let git fetch what is missing"
            )
        data = process.stdout.read(int(header[2]))
        process.stdout.read(1)
        return data

    def _launch(self) -> subprocess.Popen[bytes]:
        # Most second runs need no content at all.
        process = subprocess.Popen(  # noqa: S603  (no shell, and nothing of the user's in the command)
            git_command(["cat-file", "--batch"]),
            cwd=self._folder,
            env=git_environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._processes[os.getpid()] = process
        return process


def _reason_in(output: bytes) -> str:
    lines = output.decode("utf-8", "backslashreplace").strip().splitlines()
    return lines[0] if lines else "it gives no reason"
