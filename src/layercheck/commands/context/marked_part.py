"""The part of a file that is ours: between two comments, so that it can be made again and the rest stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck.commands.init.changes import Change, read_text
from layercheck.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

BEGIN = "<!-- layercheck context: begin. Made by `layercheck context --write`; changes in here are lost. -->"
END = "<!-- layercheck context: end -->"
_BEGIN = "<!-- layercheck context: begin"
"""How the first comment is known, whatever an earlier version wrote behind it."""


def plan_change(file: Path, part: str) -> Change | None:
    """Plan to put `part`, which holds the comments, into a file: in the place of the old one, else at its end.

    None where nothing would change. Raises UsageError where the comments are not a pair, or the file cannot be read.
    """
    try:
        before = read_text(file)
    except FileNotFoundError:
        return Change(file, None, part)
    except OSError as error:
        raise UsageError(f"{file}: cannot be read: {error.strerror}") from error
    after = _replace(file, before, part)
    return None if after == before else Change(file, before, after)


def _replace(file: Path, text: str, part: str) -> str:
    newline = "\r\n" if "\r\n" in text else "\n"
    part = part.replace("\n", newline)
    start, end = text.find(_BEGIN), text.find(END)
    if start == end == -1:
        gap = "" if not text else newline if text.endswith("\n") else newline * 2
        return text + gap + part
    if text.count(_BEGIN) != 1 or text.count(END) != 1 or end < start:
        raise UsageError(f"{file}: the comments around the context are no pair; leave one of each, or none")
    behind = text[end + len(END) :]
    return text[:start] + part.removesuffix(newline) + behind
