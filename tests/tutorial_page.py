"""A page whose commands are run: files are written, commands are run in order, and what they print is compared."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING, NamedTuple

from tests.running import clean_environment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_BLOCK = re.compile(r"(?:^`([\w./-]+)`:\n\n)?^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_GAP = re.compile(r"^…\n", re.MULTILINE)


class Command(NamedTuple):
    """Commands of the page, what they printed, and what the page says that they print."""

    text: str
    printed: str
    shown: str | None

    def missing(self) -> list[str]:
        """List the shown parts that were not printed; `…` on a line of its own stands for anything."""
        return [part for part in _GAP.split(self.shown or "") if part not in self.printed]


def follow(page: str, folder: Path) -> Iterator[Command]:
    """Do what a page says, in a folder: write its files, run its commands."""
    environment = _make_environment(folder)
    work = folder / "work"
    work.mkdir()
    blocks = [(match[1], match[2], match[3]) for match in _BLOCK.finditer(page)]
    for (path, language, text), (_, next_language, next_text) in zip(blocks, [*blocks[1:], ("", "", "")], strict=True):
        if path:
            (work / path).parent.mkdir(parents=True, exist_ok=True)
            (work / path).write_text(text, "utf-8")
        elif language == "bash" and "pip install" not in text:
            printed = _run(text, work, environment)
            work = work / (folder / "folder").read_text("utf-8").strip()
            yield Command(text, printed, next_text if next_language == "text" else None)


def _run(text: str, folder: Path, environment: dict[str, str]) -> str:
    script = f'{text}\npwd > "$FOLDER_FILE"\n'
    command = ["bash", "--noprofile", "--norc", "-c", script]
    process = subprocess.run(
        command,
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=True,
    )
    return process.stdout


def _make_environment(folder: Path) -> dict[str, str]:
    """Put `layercheck` on the path, and give git an author."""
    program = folder / "bin" / "layercheck"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m layercheck "$@"\n', "utf-8")
    program.chmod(0o755)
    author = {f"GIT_{who}_{what}": "a@b" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    alone = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "XDG_CACHE_HOME": str(folder / "cache")}
    path = f"{program.parent}{os.pathsep}{os.environ['PATH']}"
    kept = {name: value for name, value in clean_environment().items() if name != "CI"}
    return kept | author | alone | {"PATH": path, "FOLDER_FILE": str(folder / "folder"), "COLUMNS": "120"}
