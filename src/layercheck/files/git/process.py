"""The one place that runs git: nothing of the repository is run by it, and nothing is fetched.

A stranger's repository may configure programs that git would start: hooks, monitors, external diffs, filters, pagers,
ssh commands for missing objects, or a second repository in a folder of the work tree.
"""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

from layercheck.config.switches import is_switched_on

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

ALLOW_FETCH = "LAYERCHECK_ALLOW_FETCH"
"""Set to 1 in the environment, lets git fetch what a partial clone (`--filter=blob:none`) lacks."""

_SETTINGS = (
    # A folder of the work tree that is itself a bare repository is not believed.
    "safe.bareRepository=explicit",
    "core.fsmonitor=false",
    f"core.hooksPath={os.devnull}",
    "core.pager=cat",
    # Otherwise `git diff` writes the index when a file was touched, whatever --no-optional-locks says.
    "diff.autoRefreshIndex=false",
    "log.showSignature=false",
)
_OFFLINE = ("protocol.allow=never", "core.sshCommand=false")
_COMPARING = frozenset({"diff", "diff-index"})
"""Commands that read the files of the work tree, through the filters that attributes name."""
_OF_REPOSITORY = frozenset({"local", "worktree"})
# Only these say nothing about which repository is meant, or which programs are run.
_KEPT_VARIABLES = frozenset(
    {
        *("GIT_CEILING_DIRECTORIES", "GIT_DISCOVERY_ACROSS_FILESYSTEM"),
        *("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM"),
    },
)


def git_command(arguments: Sequence[str]) -> list[str]:
    """Make the command line for some arguments of git."""
    settings = _SETTINGS if may_fetch() else (*_SETTINGS, *_OFFLINE)
    options = [word for setting in settings for word in ("-c", setting)]
    return ["git", "--no-optional-locks", "--no-pager", *options, *arguments]


def git_environment(index: str = "") -> dict[str, str]:
    """Make the environment for git; `index` is the file of an index that is not the usual one."""
    kept = {name: value for name, value in os.environ.items() if name[:4] != "GIT_" or name in _KEPT_VARIABLES}
    # Messages in English, which are recognised, and no questions about passwords.
    kept |= {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0"}
    if not may_fetch():
        kept |= {"GIT_NO_LAZY_FETCH": "1", "GIT_ALLOW_PROTOCOL": "none"}
    return kept | ({"GIT_INDEX_FILE": index} if index else {})


def may_fetch() -> bool:
    """Return whether the user lets git fetch what a partial clone lacks. Raises UsageError."""
    return is_switched_on(ALLOW_FETCH, os.environ)


def run_git(
    folder: Path, arguments: Sequence[str], asked: bytes = b"", *, index: str = "", timeout: float | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run git in a folder. Raises OSError without git, ValueError for NUL bytes, and subprocess.TimeoutExpired."""
    reads_files = not _COMPARING.isdisjoint(arguments)
    return subprocess.run(  # noqa: S603  (no shell; revisions stand behind --end-of-options, paths behind --)
        git_command(arguments),
        cwd=folder,
        env=git_environment(index) | (_without_filters(folder) if reads_files else {}),
        input=asked,
        capture_output=True,
        check=False,
        timeout=timeout,
    )


def _without_filters(folder: Path) -> dict[str, str]:
    """Make the settings, as variables, that switch off the filters which the settings of the repository define."""
    listed = run_git(folder, ["config", "--null", "--show-scope", "--name-only", "--get-regexp", r"^filter\."]).stdout
    words = os.fsdecode(listed).split("\0")
    scoped = zip(words[::2], words[1::2], strict=False)
    filters = dict.fromkeys(name.rpartition(".")[0] for scope, name in scoped if scope in _OF_REPOSITORY)
    off = {"clean": "", "smudge": "", "process": "", "required": "false"}
    settings = [(f"{name}.{key}", value) for name in filters for key, value in off.items()]
    # Names with `=` cannot be written behind `-c`.
    variables = {"GIT_CONFIG_COUNT": str(len(settings))}
    for at, (key, value) in enumerate(settings):
        variables |= {f"GIT_CONFIG_KEY_{at}": key, f"GIT_CONFIG_VALUE_{at}": value}
    return variables
