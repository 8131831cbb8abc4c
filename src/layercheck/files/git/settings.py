"""Where git keeps the index of a repository, and where its settings and ignore files of the user are."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

from layercheck.regular_file import read_regular_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

INCLUDE = b"[include"
"""How settings begin that name further ones, in small letters."""
_POINTER = "gitdir: "
_LONGEST_POINTER = 4096
_SYSTEM_SETTINGS = "/etc/gitconfig"


def git_folder(top: Path) -> Path:
    """Find the folder in which git keeps the index of a repository; for a further work tree it lies elsewhere."""
    place = top / ".git"
    try:
        pointer = read_regular_file(place).decode("utf-8", "surrogateescape").strip()
    except OSError:
        return place
    return top / pointer.removeprefix(_POINTER) if _is_pointer(pointer) else place


def _is_pointer(text: str) -> bool:
    return text.startswith(_POINTER) and "\0" not in text and len(text) < _LONGEST_POINTER


def personal_ignores(top: Path) -> Iterator[Path]:
    """List the ignore files of the user, for this clone and for all, the one with the last word first."""
    yield _shared_folder(top) / "info" / "exclude"
    # Most users set nothing of the kind, and to ask git would cost a process.
    if hold_any(list_settings(top), b"excludesfile", INCLUDE):
        from layercheck.files.git.process import run_git  # noqa: PLC0415  (processes, see above)

        with contextlib.suppress(OSError):
            answer = run_git(top, ["config", "--path", "--get", "core.excludesFile"]).stdout
            if answer.strip():
                yield Path(os.fsdecode(answer.removesuffix(b"\n")))
                return
    yield _user_folder() / "ignore"


def hold_any(settings: Iterable[Path], *words: bytes) -> bool:
    """Tell whether a word, in small letters, stands in one of some settings of git; in any letters there."""
    for file in settings:
        with contextlib.suppress(OSError):
            text = read_regular_file(file).lower()
            if any(word in text for word in words):
                return True
    return False


def list_settings(top: Path) -> list[Path]:
    """List the settings of git that may name an ignore file: those of the repository, and those of the user."""
    given = os.environ.get
    of_user = [Path.home() / ".gitconfig", _user_folder() / "config"]
    of_system = [] if given("GIT_CONFIG_NOSYSTEM") else [Path(given("GIT_CONFIG_SYSTEM") or _SYSTEM_SETTINGS)]
    of_repository = [_shared_folder(top) / "config", git_folder(top) / "config.worktree"]
    return [*of_repository, *([Path(chosen)] if (chosen := given("GIT_CONFIG_GLOBAL")) else of_user), *of_system]


def _shared_folder(top: Path) -> Path:
    """Find what a further work tree shares with the first one."""
    shared = git_folder(top)
    with contextlib.suppress(OSError):
        pointer = read_regular_file(shared / "commondir").decode("utf-8", "surrogateescape").strip()
        shared = shared if "\0" in pointer else shared / pointer
    return shared


def _user_folder() -> Path:
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "git"
