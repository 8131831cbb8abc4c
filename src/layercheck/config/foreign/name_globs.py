"""Converts globs of other tools, for module names and for paths, to regular expressions."""

from __future__ import annotations

import re
from functools import lru_cache

_SYNTAX = re.compile(
    r"\*\*|\*|\?|\[(?P<not>[!^])?(?P<set>[^\]]+)\]|\{(?P<choice>[^{}]*)\}|(?P<literal>[^*?\[\]{}]+)|.", re.DOTALL
)
_LONGEST = 500
_MOST_STARS = 8
"""The largest number of wildcards; with more, a match may take hours."""


def has_wildcards(text: str) -> bool:
    """Return whether a name contains wildcards."""
    return re.search(r"[*?\[\]{}]", text) is not None


@lru_cache(maxsize=1024)
def translate_glob(text: str, separator: str) -> re.Pattern[str]:
    """Compile a glob that matches whole names: `*` stays between two separators, `**` does not.

    A final `**` also matches nothing: `app.**` includes `app`. Raises ValueError for an invalid glob.
    """
    if len(text) > _LONGEST or text.count("*") > _MOST_STARS:
        raise ValueError(f"{text!r} has too many wildcards")
    own = re.escape(separator)
    any_parts = f"(?:[^{own}]+{own})*"
    pieces: list[str] = []
    parts = text.split(separator)
    for at, part in enumerate(parts):
        if part == "**" and at == len(parts) - 1:
            pieces.append(f"(?:{own}.+)?" if pieces else ".*")
            continue
        if part == "**" and pieces[-1:] == [any_parts]:
            continue
        if pieces and pieces[-1] != any_parts:
            pieces.append(own)
        pieces.append(any_parts if part == "**" else "".join(_translate(each, own) for each in _SYNTAX.finditer(part)))
    try:
        return re.compile("".join(pieces))
    except re.error as error:
        raise ValueError(f"{text!r} is no glob: {error}") from None


def _translate(piece: re.Match[str], separator: str) -> str:
    if piece["literal"]:
        return re.escape(piece["literal"])
    if piece["set"]:
        return f"[{'^' if piece['not'] else ''}{re.escape(piece['set']).replace(re.escape('-'), '-')}]"
    if piece["choice"] is not None:
        return f"(?:{'|'.join(map(re.escape, piece['choice'].split(',')))})"
    return {"*": f"[^{separator}]*", "?": f"[^{separator}]", "**": ".*"}.get(piece[0], re.escape(piece[0]))
