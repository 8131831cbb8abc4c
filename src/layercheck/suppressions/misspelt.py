"""Directives that were meant and are none: such a comment would do less than its author believes, without a word."""

from __future__ import annotations

import re

_SETTING = re.compile(r"(?:(?<=\s)|\A)(?P<key>[^\W\d][\w-]*)\s*=\s*(?P<value>[^\s,;]*)")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_UNTIL_DAY = re.compile(rf"(?:(?<=\s)|\A)(?P<word>until\s*+:?)\s*+(?P<day>{_DAY.pattern})", re.IGNORECASE)
_FIRST_WORD = re.compile(r"[A-Za-z_-]+")


def find_misspelt_until(reason: str) -> str:
    """Find what was meant as `until=2027-03-01` in a text without it, and say what is wrong; empty where nothing was."""
    if day := _UNTIL_DAY.search(reason):
        return f"`{day[0]}` is part of the reason; write `until={day['day']}`"
    for setting in _SETTING.finditer(reason):
        if _DAY.fullmatch(setting["value"]) or _is_like(setting["key"], "until"):
            return f"there is no `{setting['key']}=`; did you mean `until={setting['value']}`?"
    return ""


def is_like_ignore(note: str) -> bool:
    """Return whether the first word of a note is `ignore` with a typing error."""
    word = _FIRST_WORD.match(note)
    return word is not None and _is_like(word[0].partition("-")[0], "ignore")


def _is_like(word: str, known: str) -> bool:
    # Seldom needed, and not by a comment as it should be.
    from difflib import get_close_matches  # noqa: PLC0415

    return bool(get_close_matches(word.lower(), [known], cutoff=0.75))
